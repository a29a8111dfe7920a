import type { Schema } from '../arrow/schema.ts';
import { endOfStream, writeBatchMessage, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import { type AnswerIds, logMetadata, zeroRowBatch } from './answers.ts';
import type { LogMessage } from './call-context.ts';
import { rpcKeys } from './metadata-keys.ts';

/** What a unary handler returned in place of its result: where the answer lies. */
export class ExternalAnswer {
  readonly location: string;
  readonly sha256: string | undefined;

  constructor(location: string, sha256: string | undefined) {
    this.location = location;
    this.sha256 = sha256;
  }

  get metadata(): ReadonlyMap<string, string> {
    return new Map([[rpcKeys.location, this.location], ...(this.sha256 === undefined ? [] : ([[rpcKeys.locationSha256, this.sha256]] as const))]);
  }
}

/**
 * To be returned by a unary handler in place of a result that it has put into external storage before: the client fetches it from there. What
 * lies there is the answer as an IPC stream, one row of the method's result schema; `sha256` are the hex digits of its digest.
 */
export function externalAnswer<Result>(location: string, sha256?: string): Result {
  return new ExternalAnswer(location, sha256) as Result;
}

/** The answer that says where the answer lies (vgi-rpc WIRE_PROTOCOL, section 12), after the log lines of the call. */
export function pointerStream(schema: Schema, pointer: ReadonlyMap<string, string>, logs: readonly LogMessage[], ids: AnswerIds): Uint8Array[] {
  const carrier = zeroRowBatch(schema);
  return [writeSchemaMessage(schema), ...logs.flatMap((log) => writeBatchMessage(carrier, logMetadata(log, ids))), ...writeBatchMessage(carrier, pointer), endOfStream];
}
