import { RecordBatch } from '../arrow/record-batch.ts';
import { Schema } from '../arrow/schema.ts';
import { splitIpcStream } from '../arrow/ipc-stream.ts';
import { endOfStream, writeBatchMessage, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import type { CallSubject, LogMessage } from './call-context.ts';
import { errorMessage, errorType, RpcError } from './errors.ts';
import { rpcKeys } from './metadata-keys.ts';

/** Longest stack text that travels, in characters (vgi-rpc WIRE_PROTOCOL, section 8). */
const MAX_TRACEBACK = 16_000;
/** Stack frames that travel. */
const MAX_FRAMES = 5;

export const emptySchema: Schema = new Schema([]);
const emptySchemaMessage = writeSchemaMessage(emptySchema);

const zeroRowBatches = new WeakMap<Schema, RecordBatch>();

/** A batch of the schema without rows, the carrier of log lines and errors. */
export function zeroRowBatch(schema: Schema): RecordBatch {
  let batch = zeroRowBatches.get(schema);
  if (!batch) {
    batch = RecordBatch.of(schema, schema.fields.map(() => []), { numRows: 0 });
    zeroRowBatches.set(schema, batch);
  }
  return batch;
}

/** What a server puts on every log line and error. */
export interface AnswerIds {
  readonly serverId: string;
  readonly requestId: string;
  /** Named by every error. */
  readonly subject?: CallSubject | undefined;
}

export function logMetadata(log: LogMessage, ids: AnswerIds): Map<string, string> {
  const metadata = new Map<string, string>([
    [rpcKeys.logLevel, log.level],
    [rpcKeys.logMessage, log.message],
    [rpcKeys.serverId, ids.serverId],
    [rpcKeys.requestId, ids.requestId],
  ]);
  if (Object.keys(log.extra).length > 0) metadata.set(rpcKeys.logExtra, JSON.stringify(log.extra, jsonValue));
  return metadata;
}

export function errorMetadata(error: unknown, ids: AnswerIds): Map<string, string> {
  const type = errorType(error);
  const message = withSubject(errorMessage(error), ids.subject);
  const kind = error instanceof RpcError ? error.kind : undefined;
  // An RpcError is something the handler says to its caller; where in the worker it was said helps nobody who reads SQL errors.
  const stack = error instanceof Error && !(error instanceof RpcError) ? (error.stack ?? '') : '';
  const extra = {
    exception_type: type,
    exception_message: message,
    traceback: stack.length > MAX_TRACEBACK ? `${stack.slice(0, MAX_TRACEBACK)}\n… <traceback truncated>` : stack,
    frames: stackFrames(stack),
    ...(kind && { error_kind: kind }),
  };
  const metadata = new Map<string, string>([
    [rpcKeys.logLevel, 'EXCEPTION'],
    [rpcKeys.logMessage, `${type}: ${message}`],
    [rpcKeys.logExtra, JSON.stringify(extra)],
    [rpcKeys.serverId, ids.serverId],
    [rpcKeys.requestId, ids.requestId],
  ]);
  if (kind) metadata.set(rpcKeys.errorKind, kind);
  return metadata;
}

function withSubject(message: string, subject: CallSubject | undefined): string {
  if (!subject || message.split(/\W+/).includes(subject.name)) return message;
  return `${message} [${subject.kind}: ${subject.name}]`;
}

/** The innermost frames of a V8 stack text, innermost last. */
function stackFrames(stack: string): { file: string; line: number; function: string; code: null }[] {
  const frames: { file: string; line: number; function: string; code: null }[] = [];
  for (const line of stack.split('\n')) {
    const match = /^\s+at (?:(.*?) \()?(.*?):(\d+):\d+\)?$/.exec(line);
    if (match) frames.push({ file: match[2] ?? '', line: Number(match[3]), function: match[1] ?? '<anonymous>', code: null });
    if (frames.length === MAX_FRAMES) break;
  }
  return frames.reverse();
}

function jsonValue(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

/** An error as a whole stream on the empty schema, after the log lines of the call. */
export function errorStream(error: unknown, logs: readonly LogMessage[], ids: AnswerIds): Uint8Array[] {
  const batch = zeroRowBatch(emptySchema);
  return [
    emptySchemaMessage,
    ...logs.flatMap((log) => writeBatchMessage(batch, logMetadata(log, ids))),
    ...writeBatchMessage(batch, errorMetadata(error, ids)),
    endOfStream,
  ];
}

let voidAnswer: Uint8Array | undefined;

/** The answer of a void method: the empty schema and one batch without rows; without that batch DuckDB waits for ever (observed). */
export function voidStream(logs: readonly LogMessage[], ids: AnswerIds): Uint8Array[] {
  voidAnswer ??= Buffer.concat([emptySchemaMessage, ...writeBatchMessage(zeroRowBatch(emptySchema)), endOfStream]);
  return logs.length === 0 ? [voidAnswer] : withLogs(voidAnswer, emptySchema, logs, ids);
}

/** A stream of one record with log lines before its batch. */
export function withLogs(stream: Uint8Array, schema: Schema, logs: readonly LogMessage[], ids: AnswerIds): Uint8Array[] {
  if (logs.length === 0) return [stream];
  const { schemaMessage, dictionaries, batch } = splitIpcStream(stream);
  const carrier = zeroRowBatch(schema);
  return [
    schemaMessage,
    ...dictionaries.map(({ bytes }) => bytes),
    ...logs.flatMap((log) => writeBatchMessage(carrier, logMetadata(log, ids))),
    ...(batch ? [batch.bytes] : []),
    endOfStream,
  ];
}
