import { loadLayouts, RecordBatch } from 'vgi-gen/runtime/v1';
import { describe, expect, it } from 'vitest';
import { authorCodec, type Book, bookCodec, Genre, libraryProtocol, newAuthor, newBook } from './library/generated/ts/index.ts';
import { bookV1_0_0Codec } from './library/generated/ts/layouts-1.0.0.ts';
import { authorV1_1_0Codec, bookV1_1_0Codec } from './library/generated/ts/layouts-1.1.0.ts';

await loadLayouts(libraryProtocol, '1.0.0');

const book: Book = {
  title: 'Emma',
  shelf: ['attic'],
  genre: Genre.NOVEL,
  editions: [{ year: 1815, printedOn: -56_000 }, { year: 1996 }],
  author: { name: 'J. Austen', born: -6_145_000_000_000_000n, penNames: ['A Lady', null] },
  stock: new Map([
    ['new', 2n],
    ['worn', 3n],
  ]),
  cover: new Uint8Array([1, 2, 3]),
  sorting: 'newest',
};

const row = (bytes: Uint8Array): Record<string, unknown> => {
  const batch = RecordBatch.fromIpc(bytes);
  return Object.fromEntries(batch.schema.fields.map(({ name }, index) => [name, batch.column(index).get(0)]));
};

/** Byte values of decoded records are views of what was read; copies compare alike. */
const plain = (value: Book): Book => ({ ...value, cover: value.cover && new Uint8Array(value.cover) });

describe('a record of the current version', () => {
  it('comes back as it was', () => {
    expect(plain(bookCodec.decode(bookCodec.encode(book)))).toEqual(book);
  });

  it('keeps null apart from what is empty', () => {
    const bare = newBook({ title: '', shelf: [], author: newAuthor({ name: '' }) });
    expect(bookCodec.decode(bookCodec.encode(bare))).toEqual(bare);
    expect(bare).toMatchObject({ genre: undefined, editions: [], stock: new Map(), cover: undefined, sorting: 'by_title' });
  });
});

describe('a record for an older peer', () => {
  it('has the columns of its version: renamed, converted, adapted, without those that came later', () => {
    expect(row(bookV1_0_0Codec.encode(book))).toMatchObject({ title: 'Emma', shelf_name: 'attic', genre: 'NOVEL', copies_owned: 5n, sorting: 'newest' });
    expect(Object.keys(row(bookV1_0_0Codec.encode(book)))).toEqual(['title', 'shelf_name', 'genre', 'author', 'copies_owned', 'cover', 'sorting']);
  });

  it('carries records of the same version inside', () => {
    const { author } = row(bookV1_0_0Codec.encode(book));
    expect(Object.keys(row(author as Uint8Array))).toEqual(['name', 'born']);
  });

  it('comes back with defaults for what the version has no place for', () => {
    const back = plain(bookV1_1_0Codec.decode(bookV1_1_0Codec.encode(book)));
    expect(back).toEqual({ ...book, author: { ...book.author, penNames: [] }, stock: new Map([['unknown', 5n]]) });
    expect(plain(bookV1_0_0Codec.decode(bookV1_0_0Codec.encode(book)))).toEqual({ ...back, editions: [] });
  });

  it('writes null where the version declares none', () => {
    const back = bookV1_0_0Codec.decode(bookV1_0_0Codec.encode({ ...book, cover: undefined }));
    expect(back.cover).toBeUndefined();
    expect(bookV1_0_0Codec.schema.fields[5]).toMatchObject({ name: 'cover', nullable: false });
  });

  it('refuses what the version cannot say', () => {
    expect(() => bookV1_0_0Codec.encode({ ...book, shelf: ['house', 'attic'] })).toThrow('has room for exactly one component');
    expect(() => bookV1_1_0Codec.encode({ ...book, genre: Genre.ATLAS })).toThrow('ATLAS');
  });

  it('is read with the lower-case spellings of enum members', () => {
    expect(bookV1_1_0Codec.schema.fields[2]?.name).toBe('genre');
    const { methods } = libraryProtocol;
    expect(methods['book_get']?.params('1.0.0').decode(methods['book_get'].params('1.0.0').encode({ title: 'Emma', limit: 1 }))).toEqual({ title: 'Emma', shelf: undefined, limit: 1, genre: 'NOVEL' });
  });
});

describe('the descriptor', () => {
  const codec = (method: string, part: 'params' | 'result' | 'header', version: string) => libraryProtocol.methods[method]?.[part]?.(version);

  it('finds the codecs of each version', () => {
    expect(codec('book_get', 'params', '1.0.0')?.schema.fields.map(({ name }) => name)).toEqual(['title', 'shelf_name', 'limit']);
    expect(codec('book_get', 'params', '1.1.0')?.schema.fields.map(({ name }) => name)).toEqual(['title', 'shelf_name', 'limit', 'genre']);
    expect(codec('book_get', 'params', '2.0.0')?.schema.fields.map(({ name }) => name)).toEqual(['title', 'shelf', 'limit', 'genre']);
    expect(codec('browse', 'header', '1.0.0')).toBe(bookV1_0_0Codec);
    expect(codec('browse', 'header', '2.0.0')).toBe(bookCodec);
    expect(codec('book_add', 'result', '2.0.0')).toBeUndefined();
  });

  it('unwraps requests and answers', () => {
    const request = codec('book_add', 'params', '1.1.0');
    const bytes = request?.encode(book) as Uint8Array;
    expect(plain(bookV1_1_0Codec.decode(row(bytes)['request'] as Uint8Array)).title).toBe('Emma');
    const answer = codec('author_of_the_day', 'result', '1.0.0');
    expect(answer?.decode(answer.encode(book.author))).toEqual({ ...book.author, penNames: [] });
    expect(codec('book_get', 'result', '2.0.0')?.decode(codec('book_get', 'result', '2.0.0')?.encode(undefined) as Uint8Array)).toBeUndefined();
  });

  it('says what must not be logged and what is opaque, nested records included', () => {
    expect(libraryProtocol.methods['member_join']).toMatchObject({ secret: ['pin'], opaque: { card: 'attach' } });
    expect(libraryProtocol.methods['browse']?.handler).toBe('leafThrough');
    expect(authorV1_1_0Codec.name).toBe(authorCodec.name);
  });
});
