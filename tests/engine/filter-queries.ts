import { Random } from '../filters/random.ts';
import { type SampleColumn, sampleColumns } from '../filters/sample-table.ts';

const operators = ['=', '<>', '<', '<=', '>', '>='] as const;
/** DuckDB makes a BETWEEN of a lower and an upper bound, and has none for these. */
const nestedColumns = ['pair', 'items', 'tags'];
const nestedOperators = ['=', '<>', '>'] as const;
const numeric = ['i8', 'i16', 'i32', 'i64', 'u8', 'u16', 'u32', 'u64', 'f32', 'f64', 'd4', 'd9', 'd18', 'd38', 'huge'];
const patterns = ['a', 'b', 'ab', '', 'ä', '😀', 'longer', "it''s", 'bytes'];

/** Members of the struct columns, with constants to compare them with. */
const members: Readonly<Record<string, readonly string[]>> = { 'pair.a': ['1', '2'], 'pair.b': ["'x'", "'y'"], 'pair.c.d': ["'1.5'::DOUBLE", "'nan'::DOUBLE"] };

/** Draws conditions over the sample table in DuckDB's SQL, none of which fails for any row. */
export class FilterQueries {
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** A condition as it follows WHERE. */
  next(): string {
    const { random } = this;
    // What DuckDB can push down whole comes first: conditions on single columns, all of which must hold.
    const conditions = Array.from({ length: random.integer(1, 3) }, () => (random.chance(0.7) ? this.onColumn() : this.nested(2)));
    return conditions.join(' AND ');
  }

  private nested(depth: number): string {
    const { random } = this;
    if (depth === 0 || random.chance(0.2)) return this.onColumn();
    if (random.chance(0.25)) return `NOT (${this.nested(depth - 1)})`;
    const parts = Array.from({ length: random.integer(2, 3) }, () => this.nested(depth - 1));
    return `(${parts.join(random.chance(0.5) ? ' AND ' : ' OR ')})`;
  }

  private onColumn(): string {
    const { random } = this;
    if (random.chance(0.1)) return this.onMember();
    if (random.chance(0.1)) return this.onTwoColumns();
    const name = random.pick(Object.keys(sampleColumns));
    const column = sampleColumns[name] as SampleColumn;
    if (name === 'text' && random.chance(0.6)) return this.onText(name);
    if ((name === 'items' || name === 'tags') && random.chance(0.5)) return `list_contains(${name}, ${random.pick(name === 'items' ? ['1', '2', '7'] : ["'a'", "'b'", "'😀'"])})`;
    if (name === 'flag' && random.chance(0.5)) return random.pick(['flag', 'NOT flag', 'flag IS NOT TRUE', 'flag = false']);
    if (numeric.includes(name) && random.chance(0.15)) return this.onCast(name);
    // Several conditions on one column are one filter to DuckDB.
    if (random.chance(0.2)) return `(${[1, 2, 3].slice(0, random.integer(2, 3)).map(() => this.simple(name, column)).join(random.chance(0.7) ? ' OR ' : ' AND ')})`;
    return this.simple(name, column);
  }

  private simple(name: string, { literals }: SampleColumn): string {
    const { random } = this;
    const literal = (): string => random.pick(literals);
    const kind = random.next();
    if (nestedColumns.includes(name) && kind < 0.76) return `${name} ${random.pick(nestedOperators)} ${literal()}`;
    if (kind < 0.5) return random.chance(0.9) ? `${name} ${random.pick(operators)} ${literal()}` : `${literal()} ${random.pick(operators)} ${name}`;
    if (kind < 0.58) return `${name} IS ${random.pick(['', 'NOT '])}NULL`;
    if (kind < 0.66) return `${name} IS ${random.pick(['', 'NOT '])}DISTINCT FROM ${random.chance(0.8) ? literal() : 'NULL'}`;
    if (kind < 0.76) return `${name} BETWEEN ${literal()} AND ${literal()}`;
    const candidates = Array.from({ length: random.integer(1, 8) }, literal);
    if (random.chance(0.15)) candidates.push('NULL');
    return `${name} ${random.chance(0.75) ? '' : 'NOT '}IN (${candidates.join(', ')})`;
  }

  private onText(name: string): string {
    const { random } = this;
    const pattern = random.pick(patterns);
    const match = random.pick([`${name} LIKE '${pattern}%'`, `${name} LIKE '%${pattern}'`, `${name} LIKE '%${pattern}%'`, `starts_with(${name}, '${pattern}')`, `ends_with(${name}, '${pattern}')`, `contains(${name}, '${pattern}')`, `prefix(${name}, '${pattern}')`, `${name} LIKE '${pattern}'`]);
    return random.chance(0.15) ? `NOT ${match}` : match;
  }

  private onMember(): string {
    const { random } = this;
    const path = random.pick(Object.keys(members));
    return random.chance(0.2) ? `${path} IS ${random.pick(['', 'NOT '])}NULL` : `${path} ${random.pick(operators)} ${random.pick(members[path] ?? [])}`;
  }

  private onTwoColumns(): string {
    const { random } = this;
    // Not all of `huge` has a place among decimals with a scale.
    const partners = numeric.filter((name) => name !== 'huge');
    const pair = random.chance(0.7) ? [random.pick(partners), random.pick(partners)] : ['text', 'label'];
    return `${pair[0]} ${random.pick([...operators, 'IS DISTINCT FROM', 'IS NOT DISTINCT FROM'])} ${pair[1]}`;
  }

  private onCast(name: string): string {
    const { random } = this;
    if (random.chance(0.3)) return `${name}::VARCHAR ${random.pick(operators)} '${random.pick(['1', '0', '-1', '42', '0.5'])}'`;
    if (random.chance(0.3)) return `${name}::DOUBLE ${random.pick(operators)} ${random.pick(['0', '1.5', '-1', '1e10'])}`;
    return `${name}::DOUBLE + ${random.integer(0, 3)} ${random.pick(operators)} ${random.integer(-2, 50)}`;
  }
}
