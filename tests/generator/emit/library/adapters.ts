import type { RecordAdapter } from 'vgi-gen/runtime/v1';
import type { Book, EarlierBook } from './generated/ts/types.ts';

/** Before 2.0.0 a book has a number of copies; their condition is not told. */
export const bookAdapter: RecordAdapter<Book, EarlierBook> = {
  toEarlier: ({ stock }) => ({ copiesOwned: [...stock.values()].reduce((sum, copies) => sum + copies, 0n) }),
  fromEarlier: (value, { copiesOwned }) => ({ ...value, stock: new Map(copiesOwned ? [['unknown', copiesOwned]] : []) }),
};
