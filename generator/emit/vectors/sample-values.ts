import { RecordBatch } from '../../../runtime/arrow/record-batch.ts';
import { field, Schema } from '../../../runtime/arrow/schema.ts';
import { bool, int64, utf8 } from '../../../runtime/arrow/type.ts';
import { arrowType, layoutSchema } from '../../layout/arrow-schema.ts';
import { columnsIn, type Column } from '../../layout/columns.ts';
import { nestedLayout, type Layout, type Layouts } from '../../layout/layouts.ts';
import type { Place, TypeRef, Version } from '../../model/model.ts';

/** What the values of a vector are chosen for. */
export const vectorCases = ['canonical', 'empty', 'null', 'maximal', 'unicode'] as const;

export type VectorCase = (typeof vectorCases)[number];

/** Text that goes wrong where bytes, code units and characters are mixed up, or where text ends at a zero. */
const unicodeTexts = ['Grüße, 世界 🦆', 'e\u0301 \u202eabc\u202c', 'a\u0000b', '"\\\n\t\u2028', '👩‍👩‍👧‍👦 \u{10ffff}', 'ﷺ\ufeff'];

/** Schema of the batches that columns carry. */
const rowSchema = new Schema([field('id', int64), field('word', utf8, true)]);

const keyOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/** Makes the values of records for one case, a different one in every place, so that columns that changed places would show. */
export class SampleValues {
  readonly #layouts: Layouts;
  readonly #case: VectorCase;
  readonly #schemas: Map<Layout, Schema>;
  /** Batches by their bytes, one character for each. */
  readonly #encoded = new Map<string, RecordBatch>();
  /** Records around the current place: one that would hold itself ends here. */
  readonly #around: string[] = [];
  #count = 0;

  /** `schemas` is kept for the next sample. */
  constructor(layouts: Layouts, vectorCase: VectorCase, schemas: Map<Layout, Schema>) {
    this.#layouts = layouts;
    this.#schemas = schemas;
    this.#case = vectorCase;
  }

  /** One record of a layout. */
  batch(layout: Layout): RecordBatch {
    const schema = this.#schemaOf(layout);
    this.#around.push(layout.record.name);
    const values = layout.columns.map((column) => [this.#column(column, layout.last)]);
    this.#around.pop();
    return RecordBatch.of(schema, values, { numRows: 1 });
  }

  /** The batch that was made of these bytes. Saves the third of the time that reading them again would take. */
  open(bytes: Uint8Array): RecordBatch {
    return this.#encoded.get(keyOf(bytes)) ?? RecordBatch.fromIpc(bytes);
  }

  #encode(batch: RecordBatch): Uint8Array {
    const bytes = batch.toIpc();
    this.#encoded.set(keyOf(bytes), batch);
    return bytes;
  }

  #schemaOf(layout: Layout): Schema {
    let schema = this.#schemas.get(layout);
    if (schema === undefined) {
      // A schema that was read keeps its bytes, so that it is encoded once.
      schema = Schema.fromIpc(layoutSchema(this.#layouts, layout).toIpc());
      this.#schemas.set(layout, schema);
    }
    return schema;
  }

  #column({ place, carriesNull }: Column, version: Version): unknown {
    return this.#place({ ...place, nullable: place.nullable || carriesNull }, version);
  }

  #place({ type, nullable }: Place, version: Version): unknown {
    if (nullable && (this.#case === 'null' || this.#endless(type))) return null;
    return this.#value(type, version);
  }

  #endless(type: TypeRef): boolean {
    return (type.kind === 'ipc' || type.kind === 'record') && this.#around.includes(type.name);
  }

  #value(type: TypeRef, version: Version): unknown {
    const count = ++this.#count;
    switch (type.kind) {
      case 'null':
        return null;
      case 'bool':
        return this.#pick(count % 2 === 0, false, true);
      case 'int': {
        const bits = BigInt(type.bits) - (type.signed ? 1n : 0n);
        const value = this.#pick(BigInt(count % 100), 0n, (1n << bits) - 1n);
        return type.bits === 64 ? value : Number(value);
      }
      case 'float':
        return this.#pick((count % 500) / 2, 0, { 16: 65504, 32: 3.4028234663852886e38, 64: Number.MAX_VALUE }[type.bits]);
      case 'utf8':
      case 'large_utf8':
        return this.#text(count);
      case 'dictionary':
        return type.value.kind === 'utf8' ? this.#text(count) : this.#value(type.value, version);
      case 'binary':
      case 'large_binary':
        return this.#pick(Buffer.from(`bytes ${count}`), Buffer.alloc(0), Buffer.from(Uint8Array.from({ length: 128 }, (_, index) => (2 * index + count) % 256)));
      case 'fixed_binary':
        return Buffer.alloc(type.width, this.#pick(count, 0, 255));
      case 'date':
        return type.unit === 'day' ? this.#pick(count, 0, 2932896) : this.#pick(BigInt(count), 0n, 2932896n) * 86_400_000n;
      case 'time':
        return this.#time(type.unit, count, type.bits === 64);
      case 'decimal':
        return this.#pick(BigInt(count), 0n, 10n ** BigInt(type.precision) - 1n);
      case 'timestamp':
      case 'duration':
        // Year 9999 in microseconds: what every reader can show.
        return this.#pick(BigInt(count), 0n, type.unit === 'ns' ? 9_000_000_000_000_000_000n : 253_402_300_799_000_000n / { s: 1_000_000n, ms: 1000n, us: 1n }[type.unit]);
      case 'interval':
        return this.#interval(type.unit, count);
      case 'list':
      case 'large_list':
        return this.#items(type.item, this.#endless(type.item.type) ? 0 : this.#length(type.item.type), version);
      case 'fixed_list':
        return this.#items(type.item, type.size, version);
      case 'map':
        return new Map(Array.from({ length: this.#pick(2, 0, 3) }, () => [this.#value(type.key.type, version), this.#place(type.value, version)]));
      case 'enum': {
        const members = this.#layouts.members(type.name, version);
        return members[this.#pick(count % members.length, 0, members.length - 1)];
      }
      case 'record':
        return this.#struct(type.name, version);
      case 'ipc':
        return this.#encode(this.batch(nestedLayout(this.#layouts, type.name, version)));
      case 'schema':
        return this.#schema(count).toIpc();
      case 'batch':
        return this.#encode(this.#carriedBatch(count));
    }
  }

  #pick<T>(canonical: T, empty: T, maximal: T): T {
    return this.#case === 'empty' ? empty : this.#case === 'maximal' ? maximal : canonical;
  }

  /** Records inside of records are there once, or vectors would grow with the power of their depth. */
  #length({ kind }: TypeRef): number {
    return kind === 'ipc' ? this.#pick(1, 0, this.#around.length > 1 ? 1 : 2) : this.#pick(2, 0, 4);
  }

  #text(count: number): string {
    if (this.#case === 'unicode') return `${unicodeTexts[count % unicodeTexts.length]} ${count}`;
    return this.#pick(`text ${count}`, '', `${'long '.repeat(20)}${count}`);
  }

  #time(unit: 's' | 'ms' | 'us' | 'ns', count: number, wide: boolean): number | bigint {
    const second = { s: 1n, ms: 1000n, us: 1_000_000n, ns: 1_000_000_000n }[unit];
    // The last moment of a day.
    const value = this.#pick(BigInt(count), 0n, 86_400n * second - 1n);
    return wide ? value : Number(value);
  }

  #interval(unit: 'year_month' | 'day_time' | 'month_day_nano', count: number): unknown {
    const months = unit === 'day_time' ? 0 : this.#pick(count, 0, 120_000);
    const days = unit === 'year_month' ? 0 : this.#pick(count, 0, 3_000_000);
    const nanoseconds = unit === 'year_month' ? 0n : this.#pick(BigInt(count), 0n, 86_399_999n) * 1_000_000n;
    return { months, days, nanoseconds };
  }

  /** Items that may be null take turns with those that are not. */
  #items(item: Place, length: number, version: Version): unknown[] {
    return Array.from({ length }, (_, index) => (item.nullable && this.#case !== 'empty' && index % 2 === 1 ? null : this.#place({ ...item, nullable: false }, version)));
  }

  #struct(name: string, version: Version): Record<string, unknown> {
    const columns = columnsIn(this.#layouts.type(name).fields, version);
    return Object.fromEntries(columns.map((column) => [column.name, this.#column(column, version)]));
  }

  #schema(count: number): Schema {
    if (this.#case === 'empty') return new Schema([]);
    const extra = this.#case === 'maximal' ? [field('flag', bool), field('more', arrowType(this.#layouts, { kind: 'timestamp', unit: 'us', timezone: 'UTC' }, ''), true)] : [];
    return new Schema([field('id', int64), field(this.#case === 'unicode' ? this.#text(count) : 'word', utf8, true), ...extra]);
  }

  #carriedBatch(count: number): RecordBatch {
    const rows = this.#pick(2, 0, 8);
    return RecordBatch.of(rowSchema, [
      Array.from({ length: rows }, (_, row) => BigInt(count + row)),
      Array.from({ length: rows }, (_, row) => (row % 2 === 1 ? null : this.#text(count + row))),
    ]);
  }
}
