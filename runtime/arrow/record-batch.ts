import type { ColumnInput } from './column-builder.ts';
import type { Column, ColumnValues } from './column.ts';
import type { IpcMessages } from './ipc-stream.ts';
import type { Metadata } from './metadata.ts';
import type { Schema } from './schema.ts';

export interface RecordBatchOptions {
  /** Needed for batches without columns; otherwise checked against the columns. */
  readonly numRows?: number;
  /** Custom metadata of the batch message. */
  readonly metadata?: Metadata;
}

/** Equally long columns under a schema. Immutable. One that was read keeps its bytes and cuts columns out of them on first use. */
export class RecordBatch {
  private constructor() {}

  /** Reads an IPC stream of schema, dictionaries and one batch. Throws `ArrowError`; what is wrong inside a column may show on first use. */
  static fromIpc(_bytes: Uint8Array): RecordBatch {
    throw new Error('being written');
  }

  static fromMessages(_stream: IpcMessages): RecordBatch {
    throw new Error('being written');
  }

  /** Columns, or values to build them from by the types of the schema. */
  static of(_schema: Schema, _columns: readonly (Column | ColumnInput)[], _options?: RecordBatchOptions): RecordBatch {
    throw new Error('being written');
  }

  get schema(): Schema {
    throw new Error('being written');
  }

  get numRows(): number {
    throw new Error('being written');
  }

  /** Custom metadata of the batch message. */
  get metadata(): ReadonlyMap<string, string> {
    throw new Error('being written');
  }

  get columns(): readonly Column[] {
    throw new Error('being written');
  }

  /** By name or position; throws `ArrowError` `mismatch` if there is none. */
  column(_column: string | number): Column {
    throw new Error('being written');
  }

  columnValues(_column: string | number): ColumnValues {
    throw new Error('being written');
  }

  /** Rows from `start` up to `end`, over the same buffers. */
  slice(_start: number, _end?: number): RecordBatch {
    throw new Error('being written');
  }

  /** Some of the columns, in the order given. */
  select(_columns: readonly (string | number)[]): RecordBatch {
    throw new Error('being written');
  }

  /** A complete IPC stream; a batch that was read is returned verbatim. */
  toIpc(): Uint8Array {
    throw new Error('being written');
  }
}
