import { Genre, Sorting } from './enums.ts';
import type { BookGetParams, ListTitlesParams } from './params.ts';
import type { Author, Book, Member } from './types.ts';

/** What `newBook` has to be given; the rest has a default. */
export type BookInit = Pick<Book, 'title' | 'shelf' | 'author'> & Partial<Book>;

/** Fills in the defaults of `Book` for what is left out. */
export function newBook(init: BookInit): Book {
  return {
    title: init.title,
    shelf: init.shelf,
    genre: init.genre,
    editions: init.editions ?? [],
    author: init.author,
    stock: init.stock ?? new Map(),
    cover: init.cover,
    sorting: init.sorting ?? Sorting.by_title,
  };
}

/** What `newAuthor` has to be given; the rest has a default. */
export type AuthorInit = Pick<Author, 'name'> & Partial<Author>;

/** Fills in the defaults of `Author` for what is left out. */
export function newAuthor(init: AuthorInit): Author {
  return {
    name: init.name,
    born: init.born,
    penNames: init.penNames ?? [],
  };
}

/** Fills in the defaults of `Member` for what is left out. */
export function newMember(init: Member): Member {
  return {
    card: init.card,
    pin: init.pin,
    favourite: init.favourite,
  };
}

/** What `newBookGetParams` has to be given; the rest has a default. */
export type BookGetParamsInit = Pick<BookGetParams, 'title'> & Partial<BookGetParams>;

/** Fills in the defaults of `BookGetParams` for what is left out. */
export function newBookGetParams(init: BookGetParamsInit): BookGetParams {
  return {
    title: init.title,
    shelf: init.shelf,
    limit: init.limit ?? 10,
    genre: init.genre ?? Genre.NOVEL,
  };
}

/** What `newListTitlesParams` has to be given; the rest has a default. */
export type ListTitlesParamsInit = Partial<ListTitlesParams>;

/** Fills in the defaults of `ListTitlesParams` for what is left out. */
export function newListTitlesParams(init: ListTitlesParamsInit): ListTitlesParams {
  return {
    prefix: init.prefix ?? '',
  };
}

