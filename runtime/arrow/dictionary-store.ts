import { ArrowError } from './arrow-error.ts';
import { BodyReader } from './body-reader.ts';
import { columnFrom } from './column-builder.ts';
import type { Column } from './column.ts';
import { ColumnDecoder } from './column-decoder.ts';
import type { Message } from './message.ts';
import { DICTIONARY } from './message-format.ts';
import type { Schema } from './schema.ts';
import type { DictionaryType } from './type.ts';
import { dictionaryTypes } from './wire-shape.ts';

interface Entry {
  readonly messages: Message[];
  column: Column | undefined;
}

/** The dictionaries of one stream as they stand: each is the last one sent and the deltas after it. */
export class DictionaryStore {
  private readonly ids: readonly bigint[];
  private readonly types: readonly DictionaryType[];
  private readonly entries = new Map<bigint, Entry>();
  private readonly resolving = new Set<bigint>();

  constructor(schema: Schema) {
    this.ids = schema.dictionaryIds;
    this.types = this.ids.length === 0 ? [] : dictionaryTypes(schema.fields.map((field) => field.type));
  }

  /** Takes in a dictionary batch message. Throws `ArrowError` if the schema knows no such dictionary. */
  add(message: Message): void {
    const { header } = message;
    const id = header.int64(DICTIONARY.id);
    if (!this.ids.includes(id)) throw new ArrowError('mismatch', `a dictionary batch has id ${id}, which no column of the schema uses`);
    const entry = this.entries.get(id);
    if (entry !== undefined && header.bool(DICTIONARY.isDelta)) {
      entry.messages.push(message);
      entry.column = undefined;
    } else {
      this.entries.set(id, { messages: [message], column: undefined });
    }
    // A dictionary that uses others has found them as they were.
    this.types.forEach((type, ordinal) => {
      const outer = this.entries.get(this.ids[ordinal] as bigint);
      if (outer !== undefined && dictionaryTypes([type.value]).length > 0) outer.column = undefined;
    });
  }

  /** Values of the dictionary-encoded field with that number, counted depth-first; empty if none were sent. */
  column(ordinal: number): Column {
    const id = this.ids[ordinal] as bigint;
    const type = this.types[ordinal] as DictionaryType;
    const entry = this.entries.get(id);
    if (entry === undefined) return columnFrom(type.value, []);
    if (entry.column !== undefined) return entry.column;
    if (this.resolving.has(id)) throw new ArrowError('malformed', `dictionary ${id} contains itself`);
    this.resolving.add(id);
    try {
      const parts = entry.messages.map((message) => this.decode(message, type, ordinal));
      entry.column = parts.length === 1 ? (parts[0] as Column) : columnFrom(type.value, parts.flatMap((part) => [...part.values()]));
    } finally {
      this.resolving.delete(id);
    }
    return entry.column;
  }

  private decode(message: Message, type: DictionaryType, ordinal: number): Column {
    const data = message.header.table(DICTIONARY.data);
    if (data === undefined) throw new ArrowError('malformed', `dictionary batch ${this.ids[ordinal]} has no data`);
    const body = new BodyReader(data, message.bytes, message.bodyStart);
    return new ColumnDecoder(body, message.version, (inner) => this.column(inner), ordinal + 1).root(type.value, `dictionary ${this.ids[ordinal]}`);
  }
}
