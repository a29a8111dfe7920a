import type { Schema } from '../arrow/schema.ts';
import { endOfStream, StreamEncoder, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import { errorMetadata, logMetadata, zeroRowBatch } from '../rpc/answers.ts';
import type { LogMessage } from '../rpc/call-context.ts';
import type { CallRecord } from '../rpc/call-record.ts';
import type { ServerCall } from '../rpc/server-call.ts';
import type { OutputBatch } from '../rpc/stream-turns.ts';
import type { Externalizer } from './external-storage.ts';

/** The messages of one answer of a stream, between its schema and its end marker. */
export class StreamBody {
  readonly #schema: Schema;
  readonly #call: ServerCall;
  readonly #external: Externalizer;
  readonly #record: CallRecord | undefined;
  #encoder: StreamEncoder;
  #chunks: Uint8Array[] = [];
  /** Log lines of the turn whose batch is still to come; if that goes outside, they go with it. */
  #logs: readonly LogMessage[] = [];
  #length = 0;

  constructor(schema: Schema, call: ServerCall, external: Externalizer, record: CallRecord | undefined) {
    this.#schema = schema;
    this.#call = call;
    this.#external = external;
    this.#record = record;
    this.#encoder = new StreamEncoder(schema);
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  chunks(): readonly Uint8Array[] {
    this.#flushLogs();
    return this.#chunks;
  }

  clear(): void {
    this.#encoder = new StreamEncoder(this.#schema);
    this.#chunks = [];
    this.#logs = [];
    this.#length = 0;
  }

  logs(logs: readonly LogMessage[]): void {
    this.#flushLogs();
    this.#logs = logs;
  }

  /** The batch of a turn, or a pointer to it. */
  async data(output: OutputBatch): Promise<void> {
    const pointer = await this.#external.pointerTo(output.batch.numRows, () => this.#cycle(output));
    if (this.#record?.http) this.#record.http.externalizedBytes = this.#external.bytes;
    if (pointer) {
      this.#logs = [];
      this.#addEmpty(pointer);
      this.#record?.sent(output.batch.numRows, []);
      return;
    }
    this.#flushLogs();
    const written = this.#encoder.batch(output.batch, output.metadata);
    this.#record?.sent(output.batch.numRows, written);
    this.#add(written);
  }

  /** A batch without rows that carries the tokens. */
  sentinel(tokens: readonly [string, string][]): void {
    this.#flushLogs();
    this.#addEmpty(new Map(tokens));
  }

  error(error: unknown): void {
    this.#flushLogs();
    this.#addEmpty(errorMetadata(error, this.#call));
  }

  /** What belongs to one turn as a stream of its own. */
  #cycle({ batch, metadata }: OutputBatch): Uint8Array[] {
    const encoder = new StreamEncoder(this.#schema);
    const logs = this.#logs.flatMap((log) => encoder.batch(zeroRowBatch(this.#schema), logMetadata(log, this.#call)));
    return [writeSchemaMessage(this.#schema), ...logs, ...encoder.batch(batch, metadata), endOfStream];
  }

  #flushLogs(): void {
    const logs = this.#logs;
    this.#logs = [];
    for (const log of logs) this.#addEmpty(logMetadata(log, this.#call));
  }

  #addEmpty(metadata: ReadonlyMap<string, string>): void {
    this.#add(this.#encoder.batch(zeroRowBatch(this.#schema), metadata));
  }

  #add(chunks: readonly Uint8Array[]): void {
    for (const chunk of chunks) {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
    }
  }
}
