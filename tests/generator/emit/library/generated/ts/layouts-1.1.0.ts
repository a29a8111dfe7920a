import type { RecordCodec, ValueCodec } from 'vgi-gen/runtime/v1';
import {
  binaryValue,
  carriesNull,
  componentFromPath,
  date32Value,
  enumValue,
  int32Value,
  int64Value,
  ipcValue,
  listValue,
  optional,
  pathFromComponent,
  recordCodec,
  required,
  structValue,
  timestampValue,
  utf8Value,
} from 'vgi-gen/runtime/v1';
import { bookAdapter } from '../../adapters.ts';
import { sortingValue } from './codecs.ts';
import type { Genre } from './enums.ts';
import type { BookGetParams, MemberFindParams } from './params.ts';
import type { Author, Book, Edition, Member } from './types.ts';

/** `Genre` in the form that it had up to 1.1.0. */
export const genreV1_1_0Value: ValueCodec<Genre> = /* @__PURE__ */ enumValue(['NOVEL', 'ESSAY'], { novel: 'NOVEL' });

/** `Edition` in the form that it had up to 1.1.0. */
export const editionV1_1_0Value: ValueCodec<Edition> = /* @__PURE__ */ structValue({
  columns: {
    year: /* @__PURE__ */ required(int32Value),
    printedOn: /* @__PURE__ */ carriesNull(date32Value),
  },
});

/** `Book` in the form that it had up to 1.1.0. */
export const bookV1_1_0Codec: RecordCodec<Book> = /* @__PURE__ */ recordCodec({
  name: 'Book',
  contract: 'by_name',
  prefix: '/////3gCAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAgAAAA0AAAAUAAAAIQAAADEAAAAXAEAAHgBAACcAQAAuAEAABIAEgAEABAAEQAIAAAADAAAAAAAFAAAABAAAAC8AQAAvAEAAAAFAAAFAAAAdGl0bGUAAAA0AAAAEAAAAJwBAACcAQAAAAUAAAoAAABzaGVsZl9uYW1lAAASABYABAAUABUACAAMABAAAAAAABQAAAAUAAAAZAEAACQAAABgAQAAAQUAAAUAAABnZW5yZQAKABEABAAMABAAAAAAAA4AAAAAAAAAAAAAAEABAAAAAAAAsAAAABAAAAA8AQAAGAAAAAAMAAAIAAAAZWRpdGlvbnMAAAAAAQAAAAQAAADcAAAAEAAAABQBAAAUAAAAAQ0AAAQAAABpdGVtAAAAAAIAAAAIAAAAJAAAAAgBAAAQAAAA7AAAAMgAAAAAAgAABAAAAHllYXIAAAAAKAEAABAAAADcAAAAqAAAAAAIAAAKAAAAcHJpbnRlZF9vbgAATAEAABAAAADAAAAAhAAAAAAEAAAGAAAAYXV0aG9yAABsAQAAEAAAAKQAAABkAAAAAAIAAAwAAABjb3BpZXNfb3duZWQAAAAAlAEAABAAAAB4AAAAPAAAAAAEAAAFAAAAY292ZXIAAAC0AQAAEAAAABwAAAAcAAAAAAUAAAcAAABzb3J0aW5nAAQABAAEAAAAAAAAAAgACQAEAAgACAAAABAAAAABAAAAIAAAACQAAAAcAAAAIAAAAAEABgAGAAQABgAAAAAAAABAAAAAOAAAAEAAAAABAAAAAAAAAP////+4AAAAFAAAAAwAEwAQABIADAAEAAAAAAAQAAAAIAAAAAAAAAAUAAAABAACAAgAEAAEAAwAAAAAAAwAAAAAAAAAAAAAABQAAAAKABQABAAMABAAAAAAAAAAEAAAAAIAAAAAAAAADAAAACAAAAAAAAAAAQAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAwAAAAAAAAAEAAAAAAAAAAKAAAAAAAAAAAAAAAFAAAACgAAAAAAAABOT1ZFTEVTU0FZAAAAAAAA',
  columns: {
    title: /* @__PURE__ */ required(utf8Value),
    shelfName: /* @__PURE__ */ required(utf8Value),
    genre: /* @__PURE__ */ optional(genreV1_1_0Value),
    editions: /* @__PURE__ */ required(/* @__PURE__ */ listValue(editionV1_1_0Value)),
    author: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => authorV1_1_0Codec)),
    copiesOwned: /* @__PURE__ */ required(int64Value),
    cover: /* @__PURE__ */ carriesNull(binaryValue),
    sorting: /* @__PURE__ */ required(sortingValue),
  },
  write: (w, c, v: Book) => {
    const earlier = bookAdapter.toEarlier(v);
    c.title.write(w, v.title);
    c.shelfName.write(w, componentFromPath(v.shelf));
    c.genre.write(w, v.genre);
    c.editions.write(w, v.editions);
    c.author.write(w, v.author);
    c.copiesOwned.write(w, earlier.copiesOwned);
    c.cover.write(w, v.cover);
    c.sorting.write(w, v.sorting);
  },
  read: (r, c): Book =>
    bookAdapter.fromEarlier(
      {
        title: c.title.read(r),
        shelf: pathFromComponent(c.shelfName.read(r)),
        genre: c.genre.read(r),
        editions: c.editions.read(r),
        author: c.author.read(r),
        stock: new Map(),
        cover: c.cover.read(r),
        sorting: c.sorting.read(r),
      },
      {
        copiesOwned: c.copiesOwned.read(r),
      },
    ),
});

/** `Author` in the form that it had up to 1.1.0. */
export const authorV1_1_0Codec: RecordCodec<Author> = /* @__PURE__ */ recordCodec({
  name: 'Author',
  contract: 'by_name',
  prefix: '/////7gAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAIAAAAcAAAAOAAAABIAEgAEABAAEQAIAAAADAAAAAAAFAAAABAAAAA8AAAAPAAAAAAFAAAEAAAAbmFtZQAAAAA0AAAAEAAAACwAAAAcAAAAAAoAAAQAAABib3JuAAAEAAQAAAAGAAAAAAAAAAgACgAIAAQACAAAAAgAAAACAAAAAwAAAFVUQwAAAAAA',
  columns: {
    name: /* @__PURE__ */ required(utf8Value),
    born: /* @__PURE__ */ carriesNull(timestampValue),
  },
  write: (w, c, v: Author) => {
    c.name.write(w, v.name);
    c.born.write(w, v.born);
  },
  read: (r, c): Author => ({
    name: c.name.read(r),
    born: c.born.read(r),
    penNames: [],
  }),
});

/** `Member` in the form that it had up to 1.1.0. */
export const memberV1_1_0Codec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'Member',
  contract: 'by_name',
  prefix: '/////8AAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAMAAAAgAAAAPAAAAFQAAAASABIABAAQABEACAAAAAwAAAAAABQAAAAQAAAAXAAAAFwAAAAABAAABAAAAGNhcmQAAAAANAAAABAAAABEAAAAPAAAAAAFAAADAAAAcGluAFAAAAAQAAAAIAAAACAAAAABBAAACQAAAGZhdm91cml0ZQAEAAQAAAAGAAAAAAAAAA4AAAA=',
  columns: {
    card: /* @__PURE__ */ required(binaryValue),
    pin: /* @__PURE__ */ required(utf8Value),
    favourite: /* @__PURE__ */ optional(/* @__PURE__ */ ipcValue(() => bookV1_1_0Codec)),
  },
  write: (w, c, v: Member) => {
    c.card.write(w, v.card);
    c.pin.write(w, v.pin);
    c.favourite.write(w, v.favourite);
  },
  read: (r, c): Member => ({
    card: c.card.read(r),
    pin: c.pin.read(r),
    favourite: c.favourite.read(r),
  }),
});

const requestPrefix = '/////3gAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAEAAAAYAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAABwAAAAcAAAAAAQAAAcAAAByZXF1ZXN0AAQABAAEAAAAAAAAAAAAAAA=';
const resultPrefix = '/////3gAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAEAAAAYAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAABwAAAAcAAAAAAQAAAYAAAByZXN1bHQAAAQABAAEAAAAAAAAAAAAAAA=';

/** `book_get` in the form that it had up to 1.1.0. */
export const bookGetParamsV1_1_0Codec: RecordCodec<BookGetParams> = /* @__PURE__ */ recordCodec({
  name: 'book_get',
  contract: 'by_name',
  prefix: '/////zgBAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAQAAAAkAAAAQAAAAGAAAACMAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAALAAAACwAAAAAAUAAAUAAAB0aXRsZQAAADQAAAAQAAAAkAAAAJAAAAABBQAACgAAAHNoZWxmX25hbWUAAFgAAAAQAAAAfAAAAGwAAAAAAgAABQAAAGxpbWl0ABIAFgAEABQAFQAIAAwAEAAAABIAAAAUAAAAPAAAACAAAAA4AAAAAAUAAAUAAABnZW5yZQAKABEABAAMABAACgAAAAAAAAAAAAAAKAAAAAAABAAEAAAABgAAAAAAAAAIAAkABAAIAAgAAAAgAAAAAQAAABQAAAAQAAAAAQAAAAAAAAD/////uAAAABQAAAAMABMAEAASAAwABAAAAAAAEAAAACAAAAAAAAAAFAAAAAQAAgAIABAABAAMAAAAAAAMAAAAAAAAAAAAAAAUAAAACgAUAAQADAAQAAAAAAAAABAAAAACAAAAAAAAAAwAAAAgAAAAAAAAAAEAAAACAAAAAAAAAAAAAAAAAAAAAAAAAAMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAMAAAAAAAAABAAAAAAAAAACgAAAAAAAAAAAAAABQAAAAoAAAAAAAAATk9WRUxFU1NBWQAAAAAAAA==',
  columns: {
    title: /* @__PURE__ */ required(utf8Value),
    shelfName: /* @__PURE__ */ optional(utf8Value),
    limit: /* @__PURE__ */ required(int32Value),
    genre: /* @__PURE__ */ required(genreV1_1_0Value),
  },
  write: (w, c, v: BookGetParams) => {
    c.title.write(w, v.title);
    c.shelfName.write(w, componentFromPath(v.shelf));
    c.limit.write(w, v.limit);
    c.genre.write(w, v.genre);
  },
  read: (r, c): BookGetParams => ({
    title: c.title.read(r),
    shelf: pathFromComponent(c.shelfName.read(r)),
    limit: c.limit.read(r),
    genre: c.genre.read(r),
  }),
});

/** `Book` in the form that it had up to 1.1.0. */
export const bookGetResultV1_1_0Codec: RecordCodec<Book | undefined> = /* @__PURE__ */ recordCodec({
  name: 'Book',
  contract: 'by_name',
  prefix: '/////3gAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAEAAAAYAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAABwAAAAcAAAAAQQAAAYAAAByZXN1bHQAAAQABAAEAAAAAAAAAAAAAAA=',
  columns: { result: /* @__PURE__ */ optional(/* @__PURE__ */ ipcValue(() => bookV1_1_0Codec)) },
  write: (w, c, v: Book | undefined) => c.result.write(w, v),
  read: (r, c): Book | undefined => c.result.read(r),
});

/** `book_add` in the form that it had up to 1.1.0. */
export const bookAddParamsV1_1_0Codec: RecordCodec<Book> = /* @__PURE__ */ recordCodec({
  name: 'book_add',
  contract: 'by_name',
  prefix: requestPrefix,
  columns: { request: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => bookV1_1_0Codec)) },
  write: (w, c, v: Book) => c.request.write(w, v),
  read: (r, c): Book => c.request.read(r),
});

/** `member_join` in the form that it had up to 1.1.0. */
export const memberJoinParamsV1_1_0Codec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'member_join',
  contract: 'by_name',
  prefix: requestPrefix,
  columns: { request: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => memberV1_1_0Codec)) },
  write: (w, c, v: Member) => c.request.write(w, v),
  read: (r, c): Member => c.request.read(r),
});

/** `Member` in the form that it had up to 1.1.0. */
export const memberResultV1_1_0Codec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'Member',
  contract: 'by_name',
  prefix: resultPrefix,
  columns: { result: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => memberV1_1_0Codec)) },
  write: (w, c, v: Member) => c.result.write(w, v),
  read: (r, c): Member => c.result.read(r),
});

export const memberFindParamsCodec: RecordCodec<MemberFindParams> = /* @__PURE__ */ recordCodec({
  name: 'member_find',
  contract: 'by_name',
  prefix: '/////3gAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAEAAAAYAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAABwAAAAcAAAAAAQAAAQAAABjYXJkAAAEAAQAAAAGAAAAAAAAAAAAAAA=',
  columns: {
    card: /* @__PURE__ */ required(binaryValue),
  },
  write: (w, c, v: MemberFindParams) => {
    c.card.write(w, v.card);
  },
  read: (r, c): MemberFindParams => ({
    card: c.card.read(r),
  }),
});

export const memberFindResultCodec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'Member',
  contract: 'by_name',
  prefix: resultPrefix,
  columns: { result: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => memberV1_1_0Codec)) },
  write: (w, c, v: Member) => c.result.write(w, v),
  read: (r, c): Member => c.result.read(r),
});

/** `Author` in the form that it had up to 1.1.0. */
export const authorResultV1_1_0Codec: RecordCodec<Author> = /* @__PURE__ */ recordCodec({
  name: 'Author',
  contract: 'by_name',
  prefix: resultPrefix,
  columns: { result: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => authorV1_1_0Codec)) },
  write: (w, c, v: Author) => c.result.write(w, v),
  read: (r, c): Author => c.result.read(r),
});

/** `browse` in the form that it had up to 1.1.0. */
export const leafThroughParamsV1_1_0Codec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'browse',
  contract: 'by_name',
  prefix: requestPrefix,
  columns: { request: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => memberV1_1_0Codec)) },
  write: (w, c, v: Member) => c.request.write(w, v),
  read: (r, c): Member => c.request.read(r),
});

