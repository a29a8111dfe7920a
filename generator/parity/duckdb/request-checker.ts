import { isDeepStrictEqual } from 'node:util';
import { RecordBatch } from '../../../runtime/arrow/record-batch.ts';
import { Schema } from '../../../runtime/arrow/schema.ts';
import { typeEquals } from '../../../runtime/arrow/type-equals.ts';
import { layoutSchema } from '../../layout/arrow-schema.ts';
import { columnsIn, type Column } from '../../layout/columns.ts';
import type { Layouts } from '../../layout/layouts.ts';
import { paramsRecord, typeRecord, type WireRecord } from '../../layout/wire-record.ts';
import type { SourceRange } from '../../load/source.ts';
import type { Method, Place, Version } from '../../model/model.ts';
import { schemaDifferences } from '../schema-differences.ts';
import type { VersionFindings } from '../version-findings.ts';
import { checkBatchShape } from './check-batch-shape.ts';
import { checkMetadata } from './check-metadata.ts';
import type { RecordedCall } from './recorded-calls.ts';

/** Checks requests against the model: their metadata, the schema of every record in them, and every value. */
export class RequestChecker {
  readonly #layouts: Layouts;
  readonly #version: Version;
  readonly #findings: VersionFindings;
  readonly #methods: ReadonlyMap<string, Method>;
  /** Records met, by name. */
  readonly #records = new Set<string>();

  constructor(layouts: Layouts, findings: VersionFindings) {
    this.#layouts = layouts;
    this.#version = findings.version;
    this.#findings = findings;
    this.#methods = new Map(layouts.model.methods.map((method) => [method.name, method]));
  }

  /** How many different records were checked. */
  get records(): number {
    return this.#records.size;
  }

  check(call: RecordedCall): void {
    const method = this.#methods.get(call.method);
    const { protocol } = this.#layouts.model;
    if (method === undefined || this.#layouts.of(paramsRecord(method)).every(({ versions }) => !versions.includes(this.#version))) {
      this.#findings.report('duckdb-unknown-method', call.method, protocol.range, { method: call.method, version: this.#version });
      return;
    }
    checkMetadata(call, method, this.#layouts.model, this.#findings);
    this.#record(paramsRecord(method), method.range, () => RecordBatch.fromMessages(call.request));
  }

  #record(record: WireRecord, range: SourceRange, read: () => RecordBatch): void {
    const layout = this.#layouts.in(record, this.#version);
    this.#records.add(record.name);
    this.#attempt(record.name, range, () => {
      const batch = read();
      if (batch.numRows !== 1 && layout.columns.length > 0) throw new Error(`it has ${batch.numRows} rows instead of one`);
      const declared = layoutSchema(this.#layouts, layout);
      this.#schema(record, layout.columns, batch.schema, declared, range);
      for (const column of layout.columns) {
        if (batch.schema.indexOf(column.name) < 0) continue;
        const subject = `${record.name}.${column.name}`;
        this.#attempt(subject, column.field.range, () => {
          const value = batch.column(column.name).get(0);
          this.#place({ ...column.place, nullable: column.place.nullable || column.carriesNull }, value, subject, column.field.range);
          checkWrittenAgain(declared, batch.schema, column.name, value);
        });
      }
    });
  }

  #schema(record: WireRecord, columns: readonly Column[], sent: Schema, declared: Schema, range: SourceRange): void {
    for (const difference of schemaDifferences(sent, declared)) {
      if (difference.kind === 'order') {
        this.#findings.report('duckdb-column-order', record.name, range, { record: record.name, found: difference.found, declared: difference.declared });
        continue;
      }
      const subject = `${record.name}.${difference.column}`;
      const place = columns.find(({ name }) => name === difference.column)?.field.range ?? range;
      if (difference.kind === 'missing') this.#findings.report('duckdb-column-missing', subject, place, { column: subject });
      else if (difference.kind === 'unknown') this.#findings.report('duckdb-column-unknown', subject, place, { column: subject });
      else this.#findings.report('duckdb-column-differs', subject, place, { column: subject, found: difference.found, declared: difference.declared });
    }
    for (const [subject, { metadata }] of [[record.name, sent] as const, ...sent.fields.map((field) => [`${record.name}.${field.name}`, field] as const)]) {
      if (metadata.size > 0) this.#findings.report('duckdb-metadata', subject, range, { subject, problem: `it has metadata that nothing declares: ${[...metadata.keys()].join(', ')}` });
    }
  }

  /** Checks one value, and what lies inside of it. Throws what is wrong. */
  #place({ type, nullable }: Place, value: unknown, subject: string, range: SourceRange): void {
    if (value === null || value === undefined) {
      if (!nullable) throw new Error('it is null');
      return;
    }
    switch (type.kind) {
      case 'ipc':
        this.#record(typeRecord(this.#layouts.type(type.name)), this.#layouts.type(type.name).range, () => RecordBatch.fromIpc(value as Uint8Array));
        return;
      case 'schema':
        Schema.fromIpc(value as Uint8Array);
        return;
      case 'batch':
        checkBatchShape(this.#layouts.model, type.shape, RecordBatch.fromIpc(value as Uint8Array), this.#version);
        return;
      case 'enum':
        if (!this.#layouts.members(type.name, this.#version).includes(value as string)) throw new Error(`\`${String(value)}\` is no member of ${type.name}`);
        return;
      case 'list':
      case 'large_list':
      case 'fixed_list':
        for (const item of value as Iterable<unknown>) this.#place(type.item, item, subject, range);
        return;
      case 'map':
        for (const [key, item] of value as ReadonlyMap<unknown, unknown>) {
          this.#place(type.key, key, subject, range);
          this.#place(type.value, item, subject, range);
        }
        return;
      case 'record':
        for (const { name, place } of columnsIn(this.#layouts.type(type.name).fields, this.#version)) this.#place(place, (value as Readonly<Record<string, unknown>>)[name], `${subject}.${name}`, range);
        return;
      default:
    }
  }

  #attempt(subject: string, range: SourceRange, check: () => void): void {
    try {
      check();
    } catch (error) {
      this.#findings.report('duckdb-value', subject, range, { subject, problem: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** Writes the value as the model declares it and reads it again. Throws if that changes it. A type that differs is told elsewhere. */
function checkWrittenAgain(declared: Schema, sent: Schema, name: string, value: unknown): void {
  const [field, other] = [declared, sent].map(({ fields }) => fields.find((each) => each.name === name));
  if (field === undefined || other === undefined || !typeEquals(field.type, other.type)) return;
  const written = RecordBatch.of(new Schema([field]), [[value]], { numRows: 1 }).toIpc();
  if (!isDeepStrictEqual(RecordBatch.fromIpc(written).column(0).get(0), value)) throw new Error('it is another one after writing and reading it again');
}
