import type { CallContext, RecordBatch, Schema, ServerStream } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';
import type { MemoryCatalog } from '../memory-catalog.ts';

/** What a function sees of a call. */
export interface FunctionCall {
  readonly bind: vgi.BindRequest;
  readonly catalog: MemoryCatalog;
}

/** The stream of an init; the header is the same for all functions. */
export type OpenedStream = ServerStream<vgi.GlobalInitResponse> extends infer Stream ? (Stream extends unknown ? Omit<Stream, 'header'> : never) : never;

export interface RecordedFunction {
  readonly info: Omit<vgi.FunctionInfoInit, 'schemaPath'>;
  /** Output columns of a call, or the whole answer. */
  bind(call: FunctionCall): Schema | vgi.BindResponse;
  /** `request` has an execution id in any case; `primary` says whether it is a new one. */
  open(request: vgi.InitRequest, call: FunctionCall, context: CallContext, primary: boolean): OpenedStream;
}

/** The values of a call: positional ones in order, and named ones. */
export interface ArgumentValues {
  readonly positional: readonly unknown[];
  readonly named: Readonly<Record<string, unknown>>;
}

/** Reads a batch of shape `Arguments`. */
export function argumentValues(batch: RecordBatch): ArgumentValues {
  const values = (batch.column('args').get(0) ?? {}) as Readonly<Record<string, unknown>>;
  const entries = Object.entries(values);
  return {
    positional: entries.filter(([name]) => name.startsWith('positional_')).map(([, value]) => value),
    named: Object.fromEntries(entries.filter(([name]) => name.startsWith('named_')).map(([name, value]) => [name.slice('named_'.length), value])),
  };
}
