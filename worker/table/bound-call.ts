import type { Schema } from '../../runtime/arrow/schema.ts';
import { decodeState, encodeState } from '../../runtime/rpc/state-codec.ts';
import type { MaybePromise } from '../../runtime/rpc/stream.ts';
import type { Bound } from '../call/declared-function.ts';
import { columnsSchema } from './column-fields.ts';
import type { BindResult } from './table-function-options.ts';

/** A bound call with its state still at hand. */
export interface BoundCall<B> extends Bound {
  readonly state: B | undefined;
}

/** @param declared the columns of a function that does not decide them at bind */
export function boundCall<B>(name: string, declared: Schema, answered: MaybePromise<BindResult<B>> | undefined): MaybePromise<BoundCall<B>> {
  if (answered === undefined) return { output: declared, state: undefined };
  return answered instanceof Promise ? answered.then((result) => bound(name, declared, result)) : bound(name, declared, answered);
}

function bound<B>(name: string, declared: Schema, { columns, state }: BindResult<B>): BoundCall<B> {
  const output = columns ? columnsSchema(columns) : declared;
  if (output.fields.length === 0) throw new Error(`${name}: bind gave no columns`);
  return { output, state, ...(state !== undefined && { opaqueData: encodeState(state) }) };
}

/** The state of a bind, out of the bytes that came back with a later call. */
export function boundState(opaqueData: Uint8Array | undefined): unknown {
  return opaqueData === undefined || opaqueData.length === 0 ? undefined : decodeState(opaqueData);
}
