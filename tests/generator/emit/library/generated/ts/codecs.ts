import type { RecordCodec, ValueCodec } from 'vgi-gen/runtime/v1';
import {
  binaryValue,
  carriesNull,
  date32Value,
  enumTextValue,
  enumValue,
  int32Value,
  int64Value,
  ipcValue,
  listValue,
  mapValue,
  nullable,
  optional,
  recordCodec,
  required,
  structValue,
  timestampValue,
  utf8Value,
} from 'vgi-gen/runtime/v1';
import type { Genre, Sorting } from './enums.ts';
import type { Author, Book, Edition, Member, Shelves } from './types.ts';

export const genreValue: ValueCodec<Genre> = /* @__PURE__ */ enumValue(['NOVEL', 'ESSAY', 'ATLAS'], { novel: 'NOVEL' });

export const sortingValue: ValueCodec<Sorting> = /* @__PURE__ */ enumTextValue(['by_title', 'newest']);

export const editionValue: ValueCodec<Edition> = /* @__PURE__ */ structValue({
  columns: {
    year: /* @__PURE__ */ required(int32Value),
    printedOn: /* @__PURE__ */ optional(date32Value),
  },
});

export const bookCodec: RecordCodec<Book> = /* @__PURE__ */ recordCodec({
  name: 'Book',
  contract: 'by_name',
  prefix: '/////xADAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAgAAAA0AAAAUAAAAKQAAADkAAAAfAEAAJgBAAAkAgAAQAIAABIAEgAEABAAEQAIAAAADAAAAAAAFAAAABAAAABEAgAARAIAAAAFAAAFAAAAdGl0bGUAAAA0AAAAEAAAACwCAAAUAAAAAAwAAAUAAABzaGVsZgAAAAEAAAAEAAAAXAAAABAAAAD8AQAA/AEAAAEFAAAEAAAAaXRlbQAAEgAWAAQAFAAVAAgADAAQAAAAEgAAABQAAADMAQAAJAAAAMgBAAABBQAABQAAAGdlbnJlAAoAEQAEAAwAEAAAAAAADgAAAAAAAAAAAAAArAEAAAAAAADQAAAAEAAAAJABAAAYAAAAAAwAAAgAAABlZGl0aW9ucwAAAAABAAAABAAAAPwAAAAQAAAAfAEAABQAAAABDQAABAAAAGl0ZW0AAAAAAgAAAAgAAAAkAAAAKAEAABAAAABUAQAAMAEAAAACAAAEAAAAeWVhcgAAAABIAQAAEAAAAEQBAAAQAQAAAQgAAAoAAABwcmludGVkX29uAABsAQAAEAAAACgBAADsAAAAAAQAAAYAAABhdXRob3IAAIwBAAAQAAAAFAEAABQAAAAAEQAABQAAAHN0b2NrAAAAAQAAAAQAAAC0AQAAEAAAAMQAAAAUAAAAAA0AAAcAAABlbnRyaWVzAAIAAAAIAAAAIAAAAOABAAAQAAAAeAAAAHgAAAAABQAAAwAAAGtleQD8AQAAEAAAAKwAAABcAAAAAQIAAAUAAAB2YWx1ZQAAABwCAAAQAAAAeAAAADwAAAABBAAABQAAAGNvdmVyAAAAPAIAABAAAAAcAAAAHAAAAAAFAAAHAAAAc29ydGluZwAEAAQABAAAAAAAAAAMAAAACAAJAAQACAAIAAAAEAAAAAEAAAAkAAAAGAAAACAAAAABAAYABgAEAAYAAAAAAAAAQAAAAAYABQAEAAAACAAAAAAAAABEAAAAQAAAAAEAAAAAAAAA/////7gAAAAUAAAADAATABAAEgAMAAQAAAAAABAAAAAgAAAAAAAAABQAAAAEAAIACAAQAAQADAAAAAAADAAAAAAAAAAAAAAAFAAAAAoAFAAEAAwAEAAAAAAAAAAQAAAAAwAAAAAAAAAMAAAAIAAAAAAAAAABAAAAAwAAAAAAAAAAAAAAAAAAAAAAAAADAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAAA8AAAAAAAAAAAAAAAUAAAAKAAAADwAAAE5PVkVMRVNTQVlBVExBUwA=',
  columns: {
    title: /* @__PURE__ */ required(utf8Value),
    shelf: /* @__PURE__ */ required(/* @__PURE__ */ listValue(utf8Value)),
    genre: /* @__PURE__ */ optional(genreValue),
    editions: /* @__PURE__ */ required(/* @__PURE__ */ listValue(editionValue)),
    author: /* @__PURE__ */ required(/* @__PURE__ */ ipcValue(() => authorCodec)),
    stock: /* @__PURE__ */ required(/* @__PURE__ */ mapValue(utf8Value, int64Value)),
    cover: /* @__PURE__ */ optional(binaryValue),
    sorting: /* @__PURE__ */ required(sortingValue),
  },
  write: (w, c, v: Book) => {
    c.title.write(w, v.title);
    c.shelf.write(w, v.shelf);
    c.genre.write(w, v.genre);
    c.editions.write(w, v.editions);
    c.author.write(w, v.author);
    c.stock.write(w, v.stock);
    c.cover.write(w, v.cover);
    c.sorting.write(w, v.sorting);
  },
  read: (r, c): Book => ({
    title: c.title.read(r),
    shelf: c.shelf.read(r),
    genre: c.genre.read(r),
    editions: c.editions.read(r),
    author: c.author.read(r),
    stock: c.stock.read(r),
    cover: c.cover.read(r),
    sorting: c.sorting.read(r),
  }),
});

export const authorCodec: RecordCodec<Author> = /* @__PURE__ */ recordCodec({
  name: 'Author',
  contract: 'by_name',
  prefix: '/////wgBAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAMAAAAgAAAAPAAAAFgAAAASABIABAAQABEACAAAAAwAAAAAABQAAAAQAAAAiAAAAIgAAAAABQAABAAAAG5hbWUAAAAANAAAABAAAAB4AAAAaAAAAAAKAAAEAAAAYm9ybgAAAABUAAAAEAAAAGwAAAAYAAAAAAwAAAkAAABwZW5fbmFtZXMAAAABAAAABAAAAIAAAAAQAAAAHAAAABwAAAABBQAABAAAAGl0ZW0AAAQABAAAAAYAAAAAAAAACAAKAAgABAAIAAAACAAAAAIAAAADAAAAVVRDACoAAAA=',
  columns: {
    name: /* @__PURE__ */ required(utf8Value),
    born: /* @__PURE__ */ carriesNull(timestampValue),
    penNames: /* @__PURE__ */ required(/* @__PURE__ */ listValue(/* @__PURE__ */ nullable(utf8Value))),
  },
  write: (w, c, v: Author) => {
    c.name.write(w, v.name);
    c.born.write(w, v.born);
    c.penNames.write(w, v.penNames);
  },
  read: (r, c): Author => ({
    name: c.name.read(r),
    born: c.born.read(r),
    penNames: c.penNames.read(r),
  }),
});

export const memberCodec: RecordCodec<Member> = /* @__PURE__ */ recordCodec({
  name: 'Member',
  contract: 'by_name',
  prefix: '/////8AAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAMAAAAgAAAAPAAAAFQAAAASABIABAAQABEACAAAAAwAAAAAABQAAAAQAAAAXAAAAFwAAAAABAAABAAAAGNhcmQAAAAANAAAABAAAABEAAAAPAAAAAAFAAADAAAAcGluAFAAAAAQAAAAIAAAACAAAAABBAAACQAAAGZhdm91cml0ZQAEAAQAAAAGAAAAAAAAAA4AAAA=',
  columns: {
    card: /* @__PURE__ */ required(binaryValue),
    pin: /* @__PURE__ */ required(utf8Value),
    favourite: /* @__PURE__ */ optional(/* @__PURE__ */ ipcValue(() => bookCodec)),
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

export const shelvesCodec: RecordCodec<Shelves> = /* @__PURE__ */ recordCodec({
  name: 'Shelves',
  contract: 'by_name',
  prefix: '/////zAAAAAQAAAACgALAAgACgAEAAAADAAAABAAAAAEAAEACAAIAAAABAAIAAAABAAAAAAAAAA=',
  columns: {},
  write: () => {},
  read: () => ({}),
});

