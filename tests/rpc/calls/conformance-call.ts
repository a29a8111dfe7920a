import { type ClientProducer, type LogMessage, RpcError } from 'vgi-gen/runtime/v1';
import type { ConformanceClient } from '../../../generated/conformance/ts/index.ts';

/** One thing to try on a connection; it throws if the server does not behave. The connection must be usable afterwards. */
export interface ConformanceCall {
  /** Wire name of the method that is tried. */
  readonly method: string;
  readonly title: string;
  readonly run: (client: ConformanceClient) => Promise<void>;
}

export const call = (method: string, title: string, run: ConformanceCall['run']): ConformanceCall => ({ method, title, run });

/** The error that a call must end with. */
export async function failure(pending: Promise<unknown>): Promise<RpcError> {
  try {
    await pending;
  } catch (error) {
    if (error instanceof RpcError) return error;
    throw error;
  }
  throw new Error('the call succeeded, but had to fail');
}

export interface Batch {
  readonly [column: string]: readonly unknown[];
}

/** Columns as plain arrays, so that typed arrays and arrays compare alike. */
export function plain(columns: object): Batch {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Array.from(values as Iterable<unknown>)]));
}

/** All batches of a producer. */
export async function batchesOf<T extends object>(producer: ClientProducer<T, unknown>): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of producer) batches.push(plain(batch));
  return batches;
}

/** The batches of `produce_n` and its kin: one row each. */
export const countedBatches = (count: number): Batch[] =>
  Array.from({ length: count }, (_, i) => ({ index: [BigInt(i)], value: [BigInt(10 * i)] }));

/** Options that keep the log lines of a call. */
export function keepLogs(): { readonly logs: LogMessage[]; readonly options: { onLog: (log: LogMessage) => void } } {
  const logs: LogMessage[] = [];
  return { logs, options: { onLog: (log) => logs.push(log) } };
}

export const line = ({ level, message }: LogMessage): string => `${level} ${message}`;
