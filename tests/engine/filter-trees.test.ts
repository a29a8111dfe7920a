import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { field, Schema } from '../../runtime/arrow/schema.ts';
import * as arrow from '../../runtime/arrow/type.ts';
import { BatchFilter } from '../../worker/filters/batch-filter.ts';
import { ScanFilters } from '../../worker/filters/scan-filters.ts';
import { FilterWriter, type Node } from '../filters/filter-documents.ts';
import { Random } from '../filters/random.ts';
import { type SampleColumn, sampleColumns, sampleValues } from '../filters/sample-table.ts';
import { type BundledWorker, bundleWorker } from './bundled-worker.ts';
import { DuckDbSession } from './duckdb-session.ts';

const rows = 1500;
const trees = Number(process.env['FILTER_TREES'] ?? 400);
const names = Object.keys(sampleColumns);
const typeOf = (name: string): arrow.DataType => (sampleColumns[name] as SampleColumn).type;
const schema = new Schema([field('id', arrow.int64, true), ...names.map((name) => field(name, typeOf(name), true))]);
const data = new Map(names.map((name) => [name, sampleValues(name, rows)]));
const batch = RecordBatch.of(schema, [BigInt64Array.from({ length: rows }, (_, row) => BigInt(row)), ...names.map((name) => data.get(name) as unknown[])]);

/** An expression as a filter document has it, and in DuckDB's SQL. */
interface Tree {
  readonly node: Node;
  readonly sql: string;
}

const comparisons = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=', distinct_from: 'IS DISTINCT FROM', not_distinct_from: 'IS NOT DISTINCT FROM' } as const;
const textFunctions = ['starts_with', 'ends_with', 'contains'] as const;
const numeric = names.filter((name) => ['int', 'float', 'decimal'].includes(typeOf(name).kind) && name !== 'huge');
/** What values of a column are compared with beside those of the column itself. */
const partners: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(numeric.map((name) => [name, numeric])),
  text: ['label'],
  label: ['text'],
  ts_s: ['ts_ms', 'ts_us'],
  ts_ms: ['ts_s', 'ts_us'],
  ts_us: ['ts_s', 'ts_ms'],
};

/** Draws expressions that DuckDB's client does not send today, but other clients may. None fails for any row. */
class TreeWriter extends FilterWriter {
  private readonly random: Random;

  constructor(seed: number) {
    super(schema);
    this.random = new Random(seed);
  }

  condition(depth: number): Tree {
    const { random } = this;
    if (depth > 0 && random.chance(0.6)) {
      if (random.chance(0.3)) {
        const { node, sql } = this.condition(depth - 1);
        return { node: { node: 'not', expression: node }, sql: `(NOT ${sql})` };
      }
      const parts = Array.from({ length: random.integer(2, 4) }, () => this.condition(depth - 1));
      const kind = random.pick(['and', 'or']);
      return { node: { node: kind, children: parts.map(({ node }) => node) }, sql: `(${parts.map(({ sql }) => sql).join(` ${kind} `)})` };
    }
    const name = random.pick(names);
    const kind = random.next();
    if (kind < 0.55) return this.comparison(name);
    if (kind < 0.75) return this.membership(name);
    if (kind < 0.85) return this.textCall();
    if (kind < 0.9) return this.listCall();
    const { node, sql } = random.chance(0.5) ? this.operand(name) : this.comparison(name);
    const negated = random.chance(0.5);
    return { node: { node: 'is_null', expression: node, negated }, sql: `((${sql}) IS ${negated ? 'NOT ' : ''}NULL)` };
  }

  private comparison(name: string): Tree {
    const { random } = this;
    const operator = random.pick(Object.keys(comparisons) as (keyof typeof comparisons)[]);
    const other = random.chance(0.3) && partners[name] ? random.pick(partners[name]) : name;
    const left = this.operand(name);
    const right = random.chance(0.6) ? this.constant(other) : this.operand(other);
    const [a, b] = random.chance(0.8) ? [left, right] : [right, left];
    return { node: this.compare(operator, a.node, b.node), sql: `(${a.sql} ${comparisons[operator]} ${b.sql})` };
  }

  /** A column, or what can be computed from it without failing. */
  private operand(name: string): Tree {
    const { random } = this;
    const column = { node: this.column(name), sql: name };
    const { type } = sampleColumns[name] as SampleColumn;
    if (type.kind === 'int' && random.chance(0.3)) {
      const wide = { node: this.cast(column.node, arrow.float64), sql: `${name}::DOUBLE` };
      const operator = random.pick(['add', 'subtract', 'multiply'] as const);
      const constant = random.integer(-3, 3);
      return { node: { node: 'arithmetic', op: operator, left: wide.node, right: this.literal(arrow.float64, constant) }, sql: `(${wide.sql} ${{ add: '+', subtract: '-', multiply: '*' }[operator]} ${constant}::DOUBLE)` };
    }
    return column;
  }

  private constant(name: string): Tree {
    const row = this.random.integer(0, rows - 1);
    return { node: this.literal(typeOf(name), data.get(name)?.[row]), sql: `(SELECT ${name} FROM local WHERE id = ${row})` };
  }

  private membership(name: string): Tree {
    const { random } = this;
    const picked = Array.from({ length: random.integer(1, 6) }, () => random.integer(0, rows - 1)).filter((row) => data.get(name)?.[row] !== null || random.chance(0.2));
    if (picked.length === 0) return this.comparison(name);
    const negated = random.chance(0.4);
    return {
      node: this.in(this.column(name), typeOf(name), picked.map((row) => data.get(name)?.[row]), negated),
      sql: `(${name} ${negated ? 'NOT ' : ''}IN (${picked.map((row) => `(SELECT ${name} FROM local WHERE id = ${row})`).join(', ')}))`,
    };
  }

  private textCall(): Tree {
    const { random } = this;
    const name = random.pick(textFunctions);
    const subject = random.pick(['text', 'label']);
    const pattern = random.chance(0.7) ? this.constant('text') : { node: this.column('text'), sql: 'text' };
    return { node: { node: 'call', function: name, arguments: [this.column(subject), pattern.node] }, sql: `${name}(${subject}, ${pattern.sql})` };
  }

  private listCall(): Tree {
    const needle = this.constant('i32');
    return { node: { node: 'call', function: 'list_contains', arguments: [this.column('items'), needle.node] }, sql: `list_contains(items, ${needle.sql})` };
  }
}

describe('the evaluator', () => {
  let worker: BundledWorker;
  let session: DuckDbSession;
  beforeAll(async () => {
    worker = await bundleWorker('./filter-worker.ts');
    session = await DuckDbSession.start('duckdb-1.5.5');
    await session.query(`ATTACH 'filters' AS w (TYPE vgi, LOCATION '${worker.command}')`);
    await session.query('CREATE TABLE local AS SELECT * FROM w.plain');
  });
  afterAll(async () => {
    await session.close();
    worker.remove();
  });

  it(`agrees with DuckDB 1.5.5 on ${trees} drawn expressions`, { timeout: 60_000 + trees * 100 }, async () => {
    const wrong: string[] = [];
    let passed = 0;
    for (let seed = 1; seed <= trees; seed++) {
      const writer = new TreeWriter(seed);
      const { node, sql } = writer.condition(3);
      const expected = (await session.query(`SELECT id FROM local WHERE ${sql} ORDER BY id`)).rows.map(([id]) => id).join();
      const filters = new ScanFilters(writer.required(node), { schema, joinKeys: [] }, '2.0.0');
      const filter = new BatchFilter(filters, schema.fields.map((_, index) => index));
      const given = [...(filter.apply(batch, 1).column('id').values() as BigInt64Array)].join();
      if (given !== expected) wrong.push(`${seed}: ${sql}\n  expected ${expected.slice(0, 200)}\n  got      ${given.slice(0, 200)}`);
      if (expected !== '') passed++;
    }
    expect(wrong).toEqual([]);
    // Conditions that nothing satisfies would prove little.
    expect(passed / trees).toBeGreaterThan(0.6);
  });
});
