import type { RecordBatch } from '../arrow/record-batch.ts';

/**
 * The client's side of an open stream, turn by turn. `tick` drives a producer, `exchange` sends a batch and gets one back; after
 * the end, an error, `cancel` or `close` the connection is free for the next call.
 */
export interface ClientStream<Header> {
  readonly header: Header;
  /** Asks a producer for its next batch; `undefined` at the end of the stream. */
  tick(metadata?: ReadonlyMap<string, string>): Promise<RecordBatch | undefined>;
  /** Sends a batch and waits for the one that answers it; `undefined` if the server ended the stream. All batches have one schema. */
  exchange(batch: RecordBatch, metadata?: ReadonlyMap<string, string>): Promise<RecordBatch | undefined>;
  /** Tells the server to stop, which runs its cancel hook. Further turns fail. */
  cancel(): Promise<void>;
  /** Ends the stream in good order. */
  close(): Promise<void>;
}
