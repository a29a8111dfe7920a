import type { MaybePromise, ServerStream } from '../../runtime/rpc/stream.ts';
import type { Schema } from '../../runtime/arrow/schema.ts';
import type { FunctionInfo, GlobalInitResponse, SchemaObjectType } from '../../generated/vgi/ts/index.ts';
import type { ArgumentList } from '../declare/arguments.ts';
import type { BindCall } from './bind-call.ts';
import type { InitCall } from './init-call.ts';

/** A secret that a function needs and the client has to look up; what is left out matches any. */
export interface SecretLookup {
  readonly type: string;
  /** The start of a path or address that the secret has to be meant for. */
  readonly scope?: string;
  readonly name?: string;
}

/** What a bind answers. */
export interface Bound {
  readonly output: Schema;
  /** Bytes that come back with every later call of this scan. */
  readonly opaqueData?: Uint8Array;
}

/** What every kind of declared function is to the handlers, types of its arguments and columns erased. */
export interface DeclaredFunction {
  readonly kind: string;
  /** The list of a schema in which the function is told. */
  readonly objectType: SchemaObjectType;
  readonly name: string;
  readonly description: string;
  readonly arguments: ArgumentList;
  /** The function as the catalog tells it to clients. */
  info(schemaPath: readonly string[]): FunctionInfo;
  /** Throws an RpcError if the arguments of the call do not fit; of several overloads the first one that does not throw is taken. */
  check(call: BindCall): void;
  /** Secrets that depend on the arguments of the call. Where there are some, `bind` sees the call only once they were looked up. */
  secretLookups?(call: BindCall): readonly SecretLookup[];
  /** What the call results in. Its arguments have been checked. */
  bind(call: BindCall): MaybePromise<Bound>;
  /** Starts the stream of one phase. */
  init(call: InitCall): MaybePromise<ServerStream<GlobalInitResponse>>;
}
