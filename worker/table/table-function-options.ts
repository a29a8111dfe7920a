import type { MaybePromise } from '../../runtime/rpc/stream.ts';
import type { ScopedStorage } from '../../storage/scoped-storage.ts';
import type { Arguments, ConstantValues } from '../declare/arguments.ts';
import type { ValueOf } from '../declare/column-types.ts';
import type { FunctionContext } from '../call/function-context.ts';
import type { Columns, ScanGiven } from './scan-batches.ts';
import type { ScanContext } from './scan-context.ts';
import type { NeedsOptions } from '../secrets/function-needs.ts';
import type { CacheControl } from './cache-control.ts';
import type { ColumnStatistics } from './column-statistics.ts';

/** How many rows a scan is expected to give; `max` is a promise. */
export interface Cardinality {
  readonly estimate?: bigint;
  readonly max?: bigint;
}

/** What a `bind` decides. */
export interface BindResult<B> {
  /** By default the `columns` of the function. */
  readonly columns?: Columns;
  /** What the scan finds in `context.bound`. It travels through the client: what `JSON` knows, `bigint`, bytes, maps and sets. */
  readonly state?: B;
}

export interface FunctionExample {
  readonly sql: string;
  readonly description: string;
}

/** `A` are the arguments, `C` the columns, `B` the state of a bind, `I` an item of work, `S` the state of `start` and `next`. */
export interface TableFunctionOptions<A extends Arguments, C extends Columns, B = undefined, I = undefined, S = undefined> extends NeedsOptions<A> {
  readonly name: string;
  readonly description?: string;
  readonly comment?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly categories?: readonly string[];
  readonly examples?: readonly FunctionExample[];
  /** In the order in which a call gives them; all are constants. See `named` and `varargs`. */
  readonly arguments?: A;
  /** May be left out if `bind` decides them. */
  readonly columns?: C;
  /** Runs once for a call, before its scans: decides columns by arguments, settings or `context.at`, and does what all scans have in common. */
  bind?(args: ConstantValues<A>, context: FunctionContext): MaybePromise<BindResult<B>>;
  readonly cardinality?: (args: ConstantValues<A>) => Cardinality;
  /** What is known of the columns before any row is read; DuckDB relies on it. For declared `columns`. */
  readonly statistics?: (
    args: ConstantValues<A>,
    context: FunctionContext,
  ) => MaybePromise<{ readonly [K in keyof C]?: ColumnStatistics<ValueOf<C[K]>> } | undefined>;
  /** Whether DuckDB may ask for some of the columns only; default true. Without it every column is to be given. */
  readonly projection?: boolean;
  /**
   * Lets DuckDB leave conditions to the function. `auto`: they are applied to what the scan yields, and `context.columns` names what they
   * need too. `author`: the scan applies all that is required in `context.filters`. Without it DuckDB filters.
   */
  readonly filters?: 'auto' | 'author';
  /** Leaves TABLESAMPLE SYSTEM to the scan, see `context.sample`; DuckDB then samples no more. */
  readonly sampling?: boolean;
  /**
   * Lets DuckDB read the columns of a Top-N in a second scan, for the rows that are left: by conditions on the row id, whose values have to be
   * unique and the same in both scans.
   */
  readonly lateMaterialization?: boolean;
  /** What the order of the rows means. `fixed` runs on one thread, or with `batchIndex` on several. */
  readonly order?: 'preserved' | 'none' | 'fixed';
  /** Each batch has a place in the order of the result: that of its item in `plan`, or what `batch(...)` says. */
  readonly batchIndex?: boolean;
  /** How the values of the columns marked by `partitionColumn` are shared out among batches; each batch tells its least and greatest. */
  readonly partitions?: 'single' | 'disjoint' | 'overlapping';
  /** How long DuckDB may keep the result. With `etag` or `lastModified` a client that holds it is answered without a scan. */
  readonly cache?: CacheControl | ((args: ConstantValues<A>, context: ScanContext<B, undefined>) => MaybePromise<CacheControl | undefined>);
  /** Most streams that run at once, in processes of their own over stdio; by default as many as there are items. Needs a `plan`. */
  readonly maxWorkers?: number;
  /**
   * Hands the items of the `plan` to DuckDB as splits, each read by a stream of its own, in place of the queue in the worker's storage. Worth it
   * for large items: each costs an init.
   */
  readonly splits?: boolean;
  /** Divides a scan into items, once: the streams take them in order, each item goes to one, and `scan` runs for each. They travel like the state of a bind. */
  plan?(args: ConstantValues<A>, context: ScanContext<B, undefined>): MaybePromise<Iterable<I>>;
  /** Yields batches until the table, or the item, is done; 2,048 rows a batch is DuckDB's own size, larger ones cost less each. */
  scan?(args: ConstantValues<A>, context: ScanContext<B, I>): AsyncIterable<ScanGiven<C>> | Iterable<ScanGiven<C>>;
  /** With `next` in place of `scan`: the state of a scan that can go on in another process, which is what HTTP workers need behind a load balancer. */
  start?(args: ConstantValues<A>, context: ScanContext<B, I>): S;
  /** The next batch, after which `state` stands for all progress; `undefined` at the end. */
  next?(state: S, args: ConstantValues<A>, context: ScanContext<B, I>): MaybePromise<ScanGiven<C> | undefined>;
  /** Runs once for each stream that DuckDB stops early, for LIMIT or Ctrl-C; what it throws is swallowed. A generator's `finally` runs before. */
  onCancel?(args: ConstantValues<A>, context: ScanContext<B, I | undefined>, state: S | undefined): MaybePromise<void>;
  /** Lines for EXPLAIN ANALYZE, once a stream has ended; what it needs it finds in the storage of the execution. */
  dynamicToString?(args: ConstantValues<A>, context: { executionStorage(): Promise<ScopedStorage> }): MaybePromise<Readonly<Record<string, unknown>>>;
}
