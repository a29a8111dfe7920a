import { noMetadata } from './metadata.ts';
import type { DataType } from './type.ts';

/** A named, typed place: a column, a list's item, a struct's member. */
export interface Field {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly metadata: ReadonlyMap<string, string>;
}

export function field(name: string, type: DataType, nullable = false, metadata: ReadonlyMap<string, string> = noMetadata): Field {
  return { name, type, nullable, metadata };
}

/** Ordered fields with metadata. Immutable; its encoded form is computed once. */
export class Schema {
  readonly fields: readonly Field[];
  readonly metadata: ReadonlyMap<string, string>;

  constructor(fields: readonly Field[], metadata: ReadonlyMap<string, string> = noMetadata) {
    this.fields = fields;
    this.metadata = metadata;
  }

  /** Reads an encapsulated schema message, alone or at the start of an IPC stream. Throws `ArrowError`. */
  static fromIpc(_bytes: Uint8Array): Schema {
    throw new Error('being written');
  }

  /** The encapsulated schema message, without an end-of-stream marker. Bytes that the schema was read from are returned verbatim. */
  toIpc(): Uint8Array {
    throw new Error('being written');
  }

  /** Position of the first field of that name, -1 if there is none. */
  indexOf(name: string): number {
    return this.fields.findIndex((f) => f.name === name);
  }
}

/** Same names, order, types and nullability; metadata is not compared. */
export function schemaEquals(_a: Schema, _b: Schema): boolean {
  throw new Error('being written');
}
