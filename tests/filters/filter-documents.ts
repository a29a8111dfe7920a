import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { type Field, field, Schema } from '../../runtime/arrow/schema.ts';
import { type DataType, listOf, utf8 } from '../../runtime/arrow/type.ts';

export type Node = Readonly<Record<string, unknown>>;

const header: readonly [string, string][] = [
  ['vgi_filter_encoding', 'vgi.filters.v2'],
  ['vgi_filter_version', '2'],
  ['vgi_evaluation_context', 'vgi.none.v1'],
];

/** Collects the typed slots of a filter batch while its expressions are written. */
export class FilterWriter {
  private readonly fields: Field[] = [];
  private readonly values: unknown[] = [];
  private readonly schema: Schema;

  /** `schema` is the bind schema, for references by name. */
  constructor(schema: Schema) {
    this.schema = schema;
  }

  column(name: string): Node {
    return { node: 'column_ref', column_index: this.schema.indexOf(name), column_name: name };
  }

  literal(type: DataType, value: unknown): Node {
    return { node: 'literal', value_ref: this.slot('value', type, value) };
  }

  compare(op: string, left: Node, right: Node): Node {
    return { node: 'comparison', op, left, right };
  }

  in(expression: Node, type: DataType, values: readonly unknown[], negated = false): Node {
    return { node: 'in', expression, set: { kind: 'literal', value_ref: this.slot('value', listOf(field('l', type, true)), values) }, negated };
  }

  cast(expression: Node, type: DataType): Node {
    return { node: 'cast', expression, type_ref: this.slot('type', type, null) };
  }

  slot(kind: 'value' | 'type' | 'artifact', type: DataType, value: unknown): number {
    const number = this.fields.filter(({ name }) => name.startsWith(kind)).length;
    this.fields.push(field(`${kind}_${number}`, type, true));
    this.values.push(value);
    return number;
  }

  /** The batch with a document of any form. */
  batch(document: unknown, metadata: readonly (readonly [string, string])[] = header): RecordBatch {
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    const fields = [field('filter_spec', utf8), ...this.fields];
    const columns = [columnFrom(utf8, [text]), ...this.fields.map(({ type }, i) => columnFrom(type, [this.values[i]]))];
    return RecordBatch.of(new Schema(fields, new Map(metadata)), columns);
  }

  /** A snapshot of one required predicate. */
  required(expression: Node): RecordBatch {
    return this.batch(snapshot([predicate('query:0', expression)]));
  }
}

export function predicate(id: string, expression: Node, mode = 'required'): Node {
  return { id, revision: 0, mode, source: mode === 'required' ? 'query' : 'other', expression };
}

export function snapshot(predicates: readonly Node[]): Node {
  return { encoding: 'vgi.filters.v2', semantics: 'vgi.duckdb.standard.v1', kind: 'snapshot', predicates };
}

export function delta(updates: readonly Node[]): Node {
  return { encoding: 'vgi.filters.v2', semantics: 'vgi.duckdb.standard.v1', kind: 'delta', updates };
}

export function upsert(id: string, revision: number, expression: Node, mode = 'advisory'): Node {
  return { operation: 'upsert', id, revision, mode, source: 'top_n', expression };
}

/** A batch as it travels in the metadata of a tick. */
export const encoded = (batch: RecordBatch): string => Buffer.from(batch.toIpc()).toString('base64');
