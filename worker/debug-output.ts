import type { CallObserver, CallRecord } from '../runtime/rpc/call-record.ts';
import { RpcError } from '../runtime/rpc/errors.ts';

/** A switch of the environment: on with `1`, `true` or `yes`. */
const isOn = (name: string): boolean => /^(1|true|yes)$/i.test(process.env[name] ?? '');

/** `VGI_WORKER_DEBUG`: a line on stderr for each call that was served. */
const workerDebug = isOn('VGI_WORKER_DEBUG');
/** `VGI_FILTER_DEBUG`: lines on stderr about filters that arrive and about what they leave. */
export const filterDebug = isOn('VGI_FILTER_DEBUG');
/** `VGI_QUIET`: no word to somebody who starts a worker in a terminal. */
export const quiet = isOn('VGI_QUIET');

/** One line: an event and what there is to tell of it. */
export function debugLine(event: string, facts: Readonly<Record<string, unknown>>): void {
  const told = Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${String(value)}`]));
  process.stderr.write(`${event.padEnd(20)} ${told.join(' ')}\n`);
}

/** Tells of calls by method, time and size; parameters may hold secrets and are left out. Nothing, and at no cost, unless it is switched on. */
export function debugObserver(): { readonly observer: CallObserver } | undefined {
  return workerDebug ? { observer: { called } } : undefined;
}

function called({ method, methodType, durationMs, statistics, cancelled, error }: CallRecord): void {
  debugLine('call', {
    method,
    ms: durationMs.toFixed(1),
    ...(methodType === 'stream' && { batches_in: statistics.inputBatches, rows_in: statistics.inputRows, batches_out: statistics.outputBatches, rows_out: statistics.outputRows }),
    cancelled: cancelled || undefined,
    error: error instanceof Error ? error.name : undefined,
  });
  if (error instanceof Error && !(error instanceof RpcError)) process.stderr.write(`${error.stack ?? error.message}\n`);
}
