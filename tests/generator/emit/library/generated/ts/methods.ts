import type { ProtocolDescriptor, RecordCodec } from 'vgi-gen/runtime/v1';
import { deferredModule } from 'vgi-gen/runtime/v1';
import {
  appraiseParamsCodec,
  authorOfTheDayParamsCodec,
  authorResultCodec,
  bookAddParamsCodec,
  bookCountParamsCodec,
  bookCountResultCodec,
  bookGetParamsCodec,
  bookGetResultCodec,
  closeParamsCodec,
  dumpParamsCodec,
  leafThroughParamsCodec,
  listTitlesParamsCodec,
  memberForgetParamsCodec,
  memberJoinParamsCodec,
  memberResultCodec,
} from './calls.ts';
import { authorCodec, bookCodec } from './codecs.ts';
import type { BookGetParams } from './params.ts';
import { appraiseInputSchema, appraiseOutputSchema, listTitlesOutputSchema } from './streams.ts';
import type { Author, Book, Member } from './types.ts';

const layouts1_0_0 = /* @__PURE__ */ deferredModule(() => import('./layouts-1.0.0.ts'));
const layouts1_1_0 = /* @__PURE__ */ deferredModule(() => import('./layouts-1.1.0.ts'));

/** The protocol `library` for servers and clients: names, versions, and the codecs of every method. */
export const libraryProtocol: ProtocolDescriptor = {
  name: 'library',
  wireName: 'library.v2',
  service: 'LibraryService',
  requestContract: 'by_name',
  versions: ['1.0.0', '1.1.0', '2.0.0'],
  currentVersion: '2.0.0',
  routingKeySince: '2.0.0',
  hash: 'a5e442dd148f8e5499c31288ebc6e4274055c2755cc26de79efc6c15663a7992',
  layouts: {
    '1.0.0': [layouts1_0_0, layouts1_1_0],
    '1.1.0': [layouts1_1_0],
  },
  methods: {
    book_get: {
      name: 'book_get',
      handler: 'bookGet',
      kind: 'unary',
      since: '1.0.0',
      params: bookGetParamsCodecFor,
      result: bookGetResultCodecFor,
      operation: { object: 'table', action: 'get', required: true },
    },
    book_add: {
      name: 'book_add',
      handler: 'bookAdd',
      kind: 'unary',
      since: '1.0.0',
      params: bookAddParamsCodecFor,
      operation: { object: 'table', action: 'create', required: false },
    },
    book_count: {
      name: 'book_count',
      handler: 'bookCount',
      kind: 'unary',
      since: '1.0.0',
      params: () => bookCountParamsCodec,
      result: () => bookCountResultCodec,
      operation: { object: 'table', action: 'count', required: false },
    },
    member_join: {
      name: 'member_join',
      handler: 'memberJoin',
      kind: 'unary',
      since: '1.0.0',
      params: memberJoinParamsCodecFor,
      result: memberResultCodecFor,
      secret: ['pin'],
      opaque: { card: 'attach' },
      operation: { object: 'catalog', action: 'create', required: false },
    },
    member_forget: {
      name: 'member_forget',
      handler: 'memberForget',
      kind: 'unary',
      since: '1.1.0',
      params: () => memberForgetParamsCodec,
      opaque: { card: 'attach' },
      operation: { object: 'catalog', action: 'drop', required: false },
    },
    member_find: {
      name: 'member_find',
      handler: 'memberFind',
      kind: 'unary',
      since: '1.0.0',
      removed: '2.0.0',
      params: () => layouts1_1_0.module.memberFindParamsCodec,
      result: memberFindResultCodecFor,
      opaque: { card: 'attach' },
      operation: { object: 'catalog', action: 'get', required: false },
    },
    author_of_the_day: {
      name: 'author_of_the_day',
      handler: 'authorOfTheDay',
      kind: 'unary',
      since: '1.0.0',
      params: () => authorOfTheDayParamsCodec,
      result: authorResultCodecFor,
      operation: { object: 'catalog', action: 'pick', required: false },
    },
    close: {
      name: 'close',
      handler: 'close_',
      kind: 'unary',
      since: '1.0.0',
      params: () => closeParamsCodec,
      operation: { object: 'catalog', action: 'close', required: true },
    },
    list_titles: {
      name: 'list_titles',
      handler: 'listTitles',
      kind: 'producer',
      since: '1.0.0',
      params: () => listTitlesParamsCodec,
      output: () => listTitlesOutputSchema,
      operation: { object: 'table', action: 'list', required: true },
    },
    dump: {
      name: 'dump',
      handler: 'dump',
      kind: 'producer',
      since: '1.0.0',
      params: () => dumpParamsCodec,
      header: authorCodecFor,
      output: 'dynamic',
      operation: { object: 'table', action: 'dump', required: true },
    },
    appraise: {
      name: 'appraise',
      handler: 'appraise',
      kind: 'exchange',
      since: '1.0.0',
      params: () => appraiseParamsCodec,
      input: () => appraiseInputSchema,
      output: () => appraiseOutputSchema,
      operation: { object: 'table', action: 'appraise', required: false },
    },
    browse: {
      name: 'browse',
      handler: 'leafThrough',
      kind: 'stream',
      since: '1.0.0',
      params: leafThroughParamsCodecFor,
      header: bookCodecFor,
      input: 'dynamic',
      output: 'dynamic',
      secret: ['pin'],
      opaque: { card: 'attach' },
      operation: { object: 'table', action: 'browse', required: true },
    },
  },
};

function bookGetParamsCodecFor(version: string): RecordCodec<BookGetParams> {
  switch (version) {
    case '1.0.0':
      return layouts1_0_0.module.bookGetParamsV1_0_0Codec;
    case '1.1.0':
      return layouts1_1_0.module.bookGetParamsV1_1_0Codec;
    default:
      return bookGetParamsCodec;
  }
}

function bookGetResultCodecFor(version: string): RecordCodec<Book | undefined> {
  switch (version) {
    case '1.0.0':
      return layouts1_0_0.module.bookGetResultV1_0_0Codec;
    case '1.1.0':
      return layouts1_1_0.module.bookGetResultV1_1_0Codec;
    default:
      return bookGetResultCodec;
  }
}

function bookAddParamsCodecFor(version: string): RecordCodec<Book> {
  switch (version) {
    case '1.0.0':
      return layouts1_0_0.module.bookAddParamsV1_0_0Codec;
    case '1.1.0':
      return layouts1_1_0.module.bookAddParamsV1_1_0Codec;
    default:
      return bookAddParamsCodec;
  }
}

function memberJoinParamsCodecFor(version: string): RecordCodec<Member> {
  switch (version) {
    case '1.0.0':
      return layouts1_0_0.module.memberJoinParamsV1_0_0Codec;
    case '1.1.0':
      return layouts1_1_0.module.memberJoinParamsV1_1_0Codec;
    default:
      return memberJoinParamsCodec;
  }
}

function memberResultCodecFor(version: string): RecordCodec<Member> {
  switch (version) {
    case '1.0.0':
      return layouts1_0_0.module.memberResultV1_0_0Codec;
    case '1.1.0':
      return layouts1_1_0.module.memberResultV1_1_0Codec;
    default:
      return memberResultCodec;
  }
}

function memberFindResultCodecFor(version: string): RecordCodec<Member> {
  switch (version) {
    case '1.0.0':
      return layouts1_0_0.module.memberFindResultV1_0_0Codec;
    default:
      return layouts1_1_0.module.memberFindResultCodec;
  }
}

function authorResultCodecFor(version: string): RecordCodec<Author> {
  switch (version) {
    case '1.0.0':
    case '1.1.0':
      return layouts1_1_0.module.authorResultV1_1_0Codec;
    default:
      return authorResultCodec;
  }
}

function authorCodecFor(version: string): RecordCodec<Author> {
  switch (version) {
    case '1.0.0':
    case '1.1.0':
      return layouts1_1_0.module.authorV1_1_0Codec;
    default:
      return authorCodec;
  }
}

function leafThroughParamsCodecFor(version: string): RecordCodec<Member> {
  switch (version) {
    case '1.0.0':
      return layouts1_0_0.module.leafThroughParamsV1_0_0Codec;
    case '1.1.0':
      return layouts1_1_0.module.leafThroughParamsV1_1_0Codec;
    default:
      return leafThroughParamsCodec;
  }
}

function bookCodecFor(version: string): RecordCodec<Book> {
  switch (version) {
    case '1.0.0':
      return layouts1_0_0.module.bookV1_0_0Codec;
    case '1.1.0':
      return layouts1_1_0.module.bookV1_1_0Codec;
    default:
      return bookCodec;
  }
}

