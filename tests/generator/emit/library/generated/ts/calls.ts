import type { RecordCodec } from 'vgi-gen/runtime/v1';
import { binaryValue, int32Value, int64Value, ipcValue, listValue, optional, recordCodec, required, utf8Value } from 'vgi-gen/runtime/v1';
import { authorCodec, bookCodec, genreValue, memberCodec } from './codecs.ts';
import type {
  AppraiseParams,
  AuthorOfTheDayParams,
  BookCountParams,
  BookGetParams,
  CloseParams,
  DumpParams,
  ListTitlesParams,
  MemberForgetParams,
} from './params.ts';
import type { Author, Book, Member } from './types.ts';

const requestPrefix = '/////3gAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAEAAAAYAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAABwAAAAcAAAAAAQAAAcAAAByZXF1ZXN0AAQABAAEAAAAAAAAAAAAAAA=';
const resultPrefix = '/////3gAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAEAAAAYAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAABwAAAAcAAAAAAQAAAYAAAByZXN1bHQAAAQABAAEAAAAAAAAAAAAAAA=';

export const bookGetParamsCodec: RecordCodec<BookGetParams> = /* @__PURE__ */ recordCodec({
  name: 'book_get',
  contract: 'by_name',
  prefix: '/////2ABAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAQAAAAkAAAAQAAAAIQAAACwAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAANgAAADYAAAAAAUAAAUAAAB0aXRsZQAAADQAAAAQAAAAwAAAABQAAAABDAAABQAAAHNoZWxmAAAAAQAAAAQAAABcAAAAEAAAAJAAAACQAAAAAQUAAAQAAABpdGVtAAAAAHwAAAAQAAAAhAAAAHAAAAAAAgAABQAAAGxpbWl0ABIAFgAEABQAFQAIAAwAEAAAABIAAAAUAAAAQAAAACQAAAA8AAAAAAUAAAUAAABnZW5yZQAKABEABAAMABAAAAAAAA4AAAAAAAAAAAAAACwAAAAAAAQABAAAAAYAAAAAAAAADgAAAAgACQAEAAgACAAAACAAAAABAAAAFAAAABAAAAABAAAA/////7gAAAAUAAAADAATABAAEgAMAAQAAAAAABAAAAAgAAAAAAAAABQAAAAEAAIACAAQAAQADAAAAAAADAAAAAAAAAAAAAAAFAAAAAoAFAAEAAwAEAAAAAAAAAAQAAAAAwAAAAAAAAAMAAAAIAAAAAAAAAABAAAAAwAAAAAAAAAAAAAAAAAAAAAAAAADAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAAA8AAAAAAAAAAAAAAAUAAAAKAAAADwAAAE5PVkVMRVNTQVlBVExBUwA=',
  columns: {
    title: /* @__PURE__ */ required(utf8Value),
    shelf: /* @__PURE__ */ optional(/* @__PURE__ */ listValue(utf8Value)),
    limit: /* @__PURE__ */ required(int32Value),
    genre: /* @__PURE__ */ required(genreValue),
  },
  write: (w, c, v: BookGetParams) => {
    c.title.write(w, v.title);
    c.shelf.write(w, v.shelf);
    c.limit.write(w, v.limit);
    c.genre.write(w, v.genre);
  },
  read: (r, c): BookGetParams => ({
    title: c.title.read(r),
    shelf: c.shelf.read(r),
    limit: c.limit.read(r),
    genre: c.genre.read(r),
  }),
});

export const bookGetResultCodec: RecordCodec<Book | undefined> = /* @__PURE__ */ recordCodec({
  name: 'Book',
  contract: 'by_name',
  prefix: '/////3gAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAEAAAAYAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAABwAAAAcAAAAAQQAAAYAAAByZXN1bHQAAAQABAAEAAAAAAAAAAAAAAA=',
  columns: { result: /* @__PURE__ */ optional(/* @__PURE__ */ ipcValue(() => bookCodec)) },
  write: (w, c, v: Book | undefined) => c.result.write(w, v),
  read: (r, c): Book | undefined => c.result.read(r),
});

export const bookAddParamsCodec: RecordCodec<Book> = /* @__PURE__ */ recordCodec({
  name: 'book_add',
  contract: 'by_name',
  prefix: requestPrefix,
  columns: { request: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => bookCodec)) },
  write: (w, c, v: Book) => c.request.write(w, v),
  read: (r, c): Book => c.request.read(r),
});

export const bookCountParamsCodec: RecordCodec<BookCountParams> = /* @__PURE__ */ recordCodec({
  name: 'book_count',
  contract: 'by_name',
  prefix: '/////zAAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAAAAAA=',
  columns: {},
  write: () => {},
  read: () => ({}),
});

export const bookCountResultCodec: RecordCodec<bigint> = /* @__PURE__ */ recordCodec({
  name: 'book_count.result',
  contract: 'by_name',
  prefix: '/////4AAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAEAAAAYAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAACAAAAAoAAAAAAIAAAYAAAByZXN1bHQAAAgACQAEAAgACAAAAEAAAAABAAAAAAAAAA==',
  columns: { result: /* @__PURE__ */ required(int64Value) },
  write: (w, c, v: bigint) => c.result.write(w, v),
  read: (r, c): bigint => c.result.read(r),
});

export const memberJoinParamsCodec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'member_join',
  contract: 'by_name',
  prefix: requestPrefix,
  columns: { request: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => memberCodec)) },
  write: (w, c, v: Member) => c.request.write(w, v),
  read: (r, c): Member => c.request.read(r),
});

export const memberResultCodec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'Member',
  contract: 'by_name',
  prefix: resultPrefix,
  columns: { result: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => memberCodec)) },
  write: (w, c, v: Member) => c.result.write(w, v),
  read: (r, c): Member => c.result.read(r),
});

export const memberForgetParamsCodec: RecordCodec<MemberForgetParams> = /* @__PURE__ */ recordCodec({
  name: 'member_forget',
  contract: 'by_name',
  prefix: '/////3gAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAEAAAAYAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAABwAAAAcAAAAAAQAAAQAAABjYXJkAAAEAAQAAAAGAAAAAAAAAAAAAAA=',
  columns: {
    card: /* @__PURE__ */ required(binaryValue),
  },
  write: (w, c, v: MemberForgetParams) => {
    c.card.write(w, v.card);
  },
  read: (r, c): MemberForgetParams => ({
    card: c.card.read(r),
  }),
});

export const authorOfTheDayParamsCodec: RecordCodec<AuthorOfTheDayParams> = /* @__PURE__ */ recordCodec({
  name: 'author_of_the_day',
  contract: 'by_name',
  prefix: '/////zAAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAAAAAA=',
  columns: {},
  write: () => {},
  read: () => ({}),
});

export const authorResultCodec: RecordCodec<Author> = /* @__PURE__ */ recordCodec({
  name: 'Author',
  contract: 'by_name',
  prefix: resultPrefix,
  columns: { result: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => authorCodec)) },
  write: (w, c, v: Author) => c.result.write(w, v),
  read: (r, c): Author => c.result.read(r),
});

export const closeParamsCodec: RecordCodec<CloseParams> = /* @__PURE__ */ recordCodec({
  name: 'close',
  contract: 'by_name',
  prefix: '/////zAAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAAAAAA=',
  columns: {},
  write: () => {},
  read: () => ({}),
});

export const listTitlesParamsCodec: RecordCodec<ListTitlesParams> = /* @__PURE__ */ recordCodec({
  name: 'list_titles',
  contract: 'by_name',
  prefix: '/////3gAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAEAAAAYAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAABwAAAAcAAAAAAUAAAYAAABwcmVmaXgAAAQABAAEAAAAAAAAAAAAAAA=',
  columns: {
    prefix: /* @__PURE__ */ required(utf8Value),
  },
  write: (w, c, v: ListTitlesParams) => {
    c.prefix.write(w, v.prefix);
  },
  read: (r, c): ListTitlesParams => ({
    prefix: c.prefix.read(r),
  }),
});

export const dumpParamsCodec: RecordCodec<DumpParams> = /* @__PURE__ */ recordCodec({
  name: 'dump',
  contract: 'by_name',
  prefix: '/////zAAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAAAAAA=',
  columns: {},
  write: () => {},
  read: () => ({}),
});

export const appraiseParamsCodec: RecordCodec<AppraiseParams> = /* @__PURE__ */ recordCodec({
  name: 'appraise',
  contract: 'by_name',
  prefix: '/////zAAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAAAAAA=',
  columns: {},
  write: () => {},
  read: () => ({}),
});

export const leafThroughParamsCodec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'browse',
  contract: 'by_name',
  prefix: requestPrefix,
  columns: { request: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => memberCodec)) },
  write: (w, c, v: Member) => c.request.write(w, v),
  read: (r, c): Member => c.request.read(r),
});

