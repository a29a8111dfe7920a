import type {
  CallOptions,
  ClientConnection,
  ClientExchange,
  ClientProducer,
  ClientStream,
  ColumnValues,
  RpcClientOptions,
} from 'vgi-gen/runtime/v1';
import { RpcClient } from 'vgi-gen/runtime/v1';
import type { BookGetParamsInit, BookInit, ListTitlesParamsInit } from './defaults.ts';
import { newBook, newBookGetParams, newListTitlesParams } from './defaults.ts';
import { libraryProtocol } from './methods.ts';
import type { MemberFindParams, MemberForgetParams } from './params.ts';
import type { AppraiseInput, AppraiseOutput, ListTitlesOutput } from './streams.ts';
import type { Author, Book, Member } from './types.ts';

/** Calls a server of `library` over a connection, in the version that the options name. */
export class LibraryClient extends RpcClient {
  constructor(connection: ClientConnection, options?: RpcClientOptions) {
    super(libraryProtocol, connection, options);
  }

  /**
   * Finds a book by its title.
   *
   * @returns The first that fits. Null if none does.
   */
  bookGet(params: BookGetParamsInit, options?: CallOptions): Promise<Book | undefined> {
    return this.call<Book | undefined>('book_get', newBookGetParams(params), options);
  }

  /** Puts a book on its shelf. */
  bookAdd(request: BookInit, options?: CallOptions): Promise<void> {
    return this.call<void>('book_add', newBook(request), options);
  }

  /** Tells how many titles there are, lent ones included. */
  bookCount(options?: CallOptions): Promise<bigint> {
    return this.call<bigint>('book_count', {}, options);
  }

  /**
   * Gives somebody a card.
   *
   * @returns The member with a new card.
   */
  memberJoin(request: Member, options?: CallOptions): Promise<Member> {
    return this.call<Member>('member_join', request, options);
  }

  /** Loses a card. Since 1.1.0. */
  memberForget(params: MemberForgetParams, options?: CallOptions): Promise<void> {
    return this.call<void>('member_forget', params, options);
  }

  /** Looks a member up. Only before 2.0.0. */
  memberFind(params: MemberFindParams, options?: CallOptions): Promise<Member> {
    return this.call<Member>('member_find', params, options);
  }

  /** Picks somebody. */
  authorOfTheDay(options?: CallOptions): Promise<Author> {
    return this.call<Author>('author_of_the_day', {}, options);
  }

  /** Ends the day. The word is taken in clients. */
  close_(options?: CallOptions): Promise<void> {
    return this.call<void>('close', {}, options);
  }

  /** Tells every title. */
  listTitles(params: ListTitlesParamsInit, options?: CallOptions): Promise<ClientProducer<ListTitlesOutput>> {
    return this.openProducer<ListTitlesOutput>('list_titles', newListTitlesParams(params), options);
  }

  /** Tells everything, in columns of its own choice. */
  dump(options?: CallOptions): Promise<ClientProducer<Readonly<Record<string, ColumnValues>>, Author>> {
    return this.openProducer<Readonly<Record<string, ColumnValues>>, Author>('dump', {}, options);
  }

  /** Says what titles are worth. */
  appraise(options?: CallOptions): Promise<ClientExchange<AppraiseInput, AppraiseOutput>> {
    return this.openExchange<AppraiseInput, AppraiseOutput>('appraise', {}, options);
  }

  /** Lets the reader and the library choose as they go. */
  leafThrough(request: Member, options?: CallOptions): Promise<ClientStream<Book>> {
    return this.openStream<Book>('browse', request, options);
  }
}
