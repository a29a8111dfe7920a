import type { CallContext, ColumnValues, ExchangeStream, MaybePromise, ProducerStream, ServerStream, WithHeader } from 'vgi-gen/runtime/v1';
import { catalogReadOnly, methodNotImplemented, operationNotSupported } from 'vgi-gen/runtime/v1';
import type {
  AppraiseParams,
  AuthorOfTheDayParams,
  BookCountParams,
  BookGetParams,
  CloseParams,
  DumpParams,
  ListTitlesParams,
  MemberFindParams,
  MemberForgetParams,
} from './params.ts';
import type { AppraiseInput, AppraiseOutput, ListTitlesOutput } from './streams.ts';
import type { Author, Book, Member } from './types.ts';

/**
 * What a server of `library` implements. Abstract methods are required; the others have the default that the definition gives.
 * Every method gets its parameters and the context of the call. A stream is best written as an async generator.
 */
export abstract class LibraryHandlers {
  /**
   * Finds a book by its title.
   *
   * @returns The first that fits. Null if none does.
   */
  abstract bookGet(params: BookGetParams, context: CallContext): MaybePromise<Book | undefined>;

  /** Puts a book on its shelf. */
  bookAdd(_request: Book, _context: CallContext): MaybePromise<void> {
    throw catalogReadOnly('book_add');
  }

  /** Tells how many titles there are, lent ones included. */
  bookCount(_params: BookCountParams, _context: CallContext): MaybePromise<bigint> {
    return 0n;
  }

  /**
   * Gives somebody a card.
   *
   * @returns The member with a new card.
   */
  memberJoin(_request: Member, _context: CallContext): MaybePromise<Member> {
    throw operationNotSupported('member_join');
  }

  /** Loses a card. Since 1.1.0. */
  memberForget(_params: MemberForgetParams, _context: CallContext): MaybePromise<void> {}

  /** Looks a member up. Only before 2.0.0. */
  memberFind(_params: MemberFindParams, _context: CallContext): MaybePromise<Member> {
    throw methodNotImplemented('member_find');
  }

  /** Picks somebody. */
  authorOfTheDay(_params: AuthorOfTheDayParams, _context: CallContext): MaybePromise<Author> {
    return { name: 'Anonymous', penNames: [null, 'N.'] };
  }

  /** Ends the day. The word is taken in clients. */
  abstract close_(params: CloseParams, context: CallContext): MaybePromise<void>;

  /** Tells every title. */
  abstract listTitles(params: ListTitlesParams, context: CallContext): MaybePromise<ProducerStream<ListTitlesOutput>>;

  /** Tells everything, in columns of its own choice. */
  abstract dump(params: DumpParams, context: CallContext): MaybePromise<WithHeader<Author, ProducerStream<Readonly<Record<string, ColumnValues>>>>>;

  /** Says what titles are worth. */
  appraise(_params: AppraiseParams, _input: AsyncIterable<AppraiseInput>, _context: CallContext): MaybePromise<ExchangeStream<AppraiseInput, AppraiseOutput>> {
    throw operationNotSupported('appraise');
  }

  /** Lets the reader and the library choose as they go. */
  abstract leafThrough(request: Member, context: CallContext): MaybePromise<ServerStream<Book>>;
}
