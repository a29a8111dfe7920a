import type { RecordCodec } from 'vgi-gen/runtime/v1';
import {
  binaryValue,
  carriesNull,
  componentFromPath,
  int32Value,
  int64Value,
  ipcValue,
  optional,
  pathFromComponent,
  recordCodec,
  required,
  utf8Value,
} from 'vgi-gen/runtime/v1';
import { bookAdapter } from '../../adapters.ts';
import { sortingValue } from './codecs.ts';
import { Genre } from './enums.ts';
import { authorV1_1_0Codec, genreV1_1_0Value } from './layouts-1.1.0.ts';
import type { BookGetParams } from './params.ts';
import type { Book, Member } from './types.ts';

/** `Book` in the form that it had up to 1.0.0. */
export const bookV1_0_0Codec: RecordCodec<Book> = /* @__PURE__ */ recordCodec({
  name: 'Book',
  contract: 'by_name',
  prefix: '/////7ABAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAcAAAAwAAAATAAAAIAAAAC8AAAA2AAAAPwAAAAYAQAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAABwBAAAcAQAAAAUAAAUAAAB0aXRsZQAAADQAAAAQAAAA/AAAAPwAAAAABQAACgAAAHNoZWxmX25hbWUAABIAFgAEABQAFQAIAAwAEAAAAAAAFAAAABQAAADEAAAAIAAAAMAAAAABBQAABQAAAGdlbnJlAAoAEQAEAAwAEAAKAAAAAAAAAAAAAACkAAAAAAAAAKwAAAAQAAAAoAAAAIQAAAAABAAABgAAAGF1dGhvcgAAzAAAABAAAACEAAAAZAAAAAACAAAMAAAAY29waWVzX293bmVkAAAAAPQAAAAQAAAAWAAAADwAAAAABAAABQAAAGNvdmVyAAAAFAEAABAAAAAcAAAAHAAAAAAFAAAHAAAAc29ydGluZwAEAAQABAAAAAAAAAAIAAkABAAIAAgAAAAQAAAAAQAAACAAAAAYAAAAQAAAAAEAAAD/////uAAAABQAAAAMABMAEAASAAwABAAAAAAAEAAAACAAAAAAAAAAFAAAAAQAAgAIABAABAAMAAAAAAAMAAAAAAAAAAAAAAAUAAAACgAUAAQADAAQAAAAAAAAABAAAAACAAAAAAAAAAwAAAAgAAAAAAAAAAEAAAACAAAAAAAAAAAAAAAAAAAAAAAAAAMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAMAAAAAAAAABAAAAAAAAAACgAAAAAAAAAAAAAABQAAAAoAAAAAAAAATk9WRUxFU1NBWQAAAAAAAA==',
  columns: {
    title: /* @__PURE__ */ required(utf8Value),
    shelfName: /* @__PURE__ */ required(utf8Value),
    genre: /* @__PURE__ */ optional(genreV1_1_0Value),
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
        editions: [],
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

/** `Member` in the form that it had up to 1.0.0. */
export const memberV1_0_0Codec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'Member',
  contract: 'by_name',
  prefix: '/////8AAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAMAAAAgAAAAPAAAAFQAAAASABIABAAQABEACAAAAAwAAAAAABQAAAAQAAAAXAAAAFwAAAAABAAABAAAAGNhcmQAAAAANAAAABAAAABEAAAAPAAAAAAFAAADAAAAcGluAFAAAAAQAAAAIAAAACAAAAABBAAACQAAAGZhdm91cml0ZQAEAAQAAAAGAAAAAAAAAA4AAAA=',
  columns: {
    card: /* @__PURE__ */ required(binaryValue),
    pin: /* @__PURE__ */ required(utf8Value),
    favourite: /* @__PURE__ */ optional(/* @__PURE__ */ ipcValue(() => bookV1_0_0Codec)),
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

/** `book_get` in the form that it had up to 1.0.0. */
export const bookGetParamsV1_0_0Codec: RecordCodec<BookGetParams> = /* @__PURE__ */ recordCodec({
  name: 'book_get',
  contract: 'by_name',
  prefix: '/////9gAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAMAAAAgAAAAPAAAAFwAAAASABIABAAQABEACAAAAAwAAAAAABQAAAAQAAAAYAAAAGAAAAAABQAABQAAAHRpdGxlAAAANAAAABAAAABAAAAAQAAAAAEFAAAKAAAAc2hlbGZfbmFtZQAAWAAAABAAAAAsAAAAHAAAAAACAAAFAAAAbGltaXQABAAEAAAABgAAAAAAAAAIAAkABAAIAAgAAAAgAAAAAQAAAAAAAAA=',
  columns: {
    title: /* @__PURE__ */ required(utf8Value),
    shelfName: /* @__PURE__ */ optional(utf8Value),
    limit: /* @__PURE__ */ required(int32Value),
  },
  write: (w, c, v: BookGetParams) => {
    c.title.write(w, v.title);
    c.shelfName.write(w, componentFromPath(v.shelf));
    c.limit.write(w, v.limit);
  },
  read: (r, c): BookGetParams => ({
    title: c.title.read(r),
    shelf: pathFromComponent(c.shelfName.read(r)),
    limit: c.limit.read(r),
    genre: Genre.NOVEL,
  }),
});

/** `Book` in the form that it had up to 1.0.0. */
export const bookGetResultV1_0_0Codec: RecordCodec<Book | undefined> = /* @__PURE__ */ recordCodec({
  name: 'Book',
  contract: 'by_name',
  prefix: '/////3gAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAEAAAAYAAAAEgASAAQAEAARAAgAAAAMAAAAAAAUAAAAEAAAABwAAAAcAAAAAQQAAAYAAAByZXN1bHQAAAQABAAEAAAAAAAAAAAAAAA=',
  columns: { result: /* @__PURE__ */ optional(/* @__PURE__ */ ipcValue(() => bookV1_0_0Codec)) },
  write: (w, c, v: Book | undefined) => c.result.write(w, v),
  read: (r, c): Book | undefined => c.result.read(r),
});

/** `book_add` in the form that it had up to 1.0.0. */
export const bookAddParamsV1_0_0Codec: RecordCodec<Book> = /* @__PURE__ */ recordCodec({
  name: 'book_add',
  contract: 'by_name',
  prefix: requestPrefix,
  columns: { request: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => bookV1_0_0Codec)) },
  write: (w, c, v: Book) => c.request.write(w, v),
  read: (r, c): Book => c.request.read(r),
});

/** `member_join` in the form that it had up to 1.0.0. */
export const memberJoinParamsV1_0_0Codec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'member_join',
  contract: 'by_name',
  prefix: requestPrefix,
  columns: { request: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => memberV1_0_0Codec)) },
  write: (w, c, v: Member) => c.request.write(w, v),
  read: (r, c): Member => c.request.read(r),
});

/** `Member` in the form that it had up to 1.0.0. */
export const memberResultV1_0_0Codec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'Member',
  contract: 'by_name',
  prefix: resultPrefix,
  columns: { result: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => memberV1_0_0Codec)) },
  write: (w, c, v: Member) => c.result.write(w, v),
  read: (r, c): Member => c.result.read(r),
});

/** `Member` in the form that it had up to 1.0.0. */
export const memberFindResultV1_0_0Codec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'Member',
  contract: 'by_name',
  prefix: resultPrefix,
  columns: { result: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => memberV1_0_0Codec)) },
  write: (w, c, v: Member) => c.result.write(w, v),
  read: (r, c): Member => c.result.read(r),
});

/** `browse` in the form that it had up to 1.0.0. */
export const leafThroughParamsV1_0_0Codec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'browse',
  contract: 'by_name',
  prefix: requestPrefix,
  columns: { request: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => memberV1_0_0Codec)) },
  write: (w, c, v: Member) => c.request.write(w, v),
  read: (r, c): Member => c.request.read(r),
});

