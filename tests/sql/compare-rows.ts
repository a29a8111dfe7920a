import type { QueryResult } from '../engine/duckdb-session.ts';
import type { QueryRecord, SortMode } from './sqllogic-parser.ts';

/** Types whose text is the same in DuckDB's CLI tools and in its Node binding; of others a file has to ask for the text: `x::VARCHAR`. */
const plainType = /^(BOOLEAN|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|VARCHAR|DATE|TIME|TIMESTAMP|UUID|SQLNULL|ANY|ENUM\(.*\))$/;

/** Numbers of these types are equal if they differ by less than the text of either rounds away, as a part of the value. */
const tolerances: Readonly<Record<string, number>> = { FLOAT: 1e-6, DOUBLE: 1e-12 };

/** Why a result is not what a record expects; undefined if it is. */
export function difference(record: QueryRecord, result: QueryResult): string | undefined {
  const { types } = result;
  if (types.length !== record.types.length) return `the query has ${types.length} columns, its types say ${record.types.length}`;
  const unfit = types.find((type) => !plainType.test(type));
  if (unfit) return `a column of type ${unfit} has no text that all runners agree on: select it as ::VARCHAR`;
  const expected = expectedRows(record.expected, types.length);
  if (typeof expected === 'string') return expected;
  const actual = result.rows.map((row) => row.map((value) => (value === null ? 'NULL' : value === '' ? '(empty)' : value.replaceAll('\0', '\\0'))));
  const wanted = sorted(expected, record.sort);
  const found = sorted(actual, record.sort);
  const same = wanted.length === found.length && wanted.every((row, index) => row.every((value, column) => equal(value, found[index]?.[column] as string, types[column] as string)));
  return same ? undefined : `expected:\n${shown(wanted)}\nactual:\n${shown(found)}`;
}

/** Lines are rows with tabs between values, or one value each. */
function expectedRows(lines: readonly string[], columns: number): string[][] | string {
  const rows = lines.map((line) => line.split('\t'));
  if (rows.every((row) => row.length === columns)) return rows;
  const values = rows.flat();
  if (values.length !== lines.length || values.length % columns !== 0) return `the expected rows do not have ${columns} values each; values of a row have a tab between them`;
  return Array.from({ length: values.length / columns }, (_, row) => values.slice(row * columns, (row + 1) * columns));
}

function sorted(rows: readonly (readonly string[])[], mode: SortMode): readonly (readonly string[])[] {
  const compare = (left: readonly string[], right: readonly string[]): number => {
    const at = left.findIndex((value, index) => value !== right[index]);
    return at < 0 ? 0 : (left[at] as string) < (right[at] as string) ? -1 : 1;
  };
  if (mode === 'nosort') return rows;
  if (mode === 'rowsort') return [...rows].sort(compare);
  return rows.flat().map((value) => [value]).sort(compare);
}

function equal(wanted: string, found: string, type: string): boolean {
  if (wanted === found) return true;
  if (wanted.startsWith('<REGEX>:')) return new RegExp(`^(?:${wanted.slice('<REGEX>:'.length)})$`, 's').test(found);
  if (wanted === 'NULL' || found === 'NULL') return false;
  if (type === 'BOOLEAN') return { 1: 'true', 0: 'false' }[wanted] === found;
  const tolerance = type.startsWith('DECIMAL') ? 0 : tolerances[type];
  if (tolerance === undefined) return false;
  const [left, right] = [Number(wanted), Number(found)];
  return Object.is(left, right) || left === right || Math.abs(left - right) <= tolerance * Math.max(Math.abs(left), Math.abs(right));
}

const shownRows = 40;

function shown(rows: readonly (readonly string[])[]): string {
  const lines = rows.slice(0, shownRows).map((row) => `  ${row.join('\t')}`);
  if (rows.length > shownRows) lines.push(`  ... ${rows.length} rows`);
  return lines.length > 0 ? lines.join('\n') : '  (no rows)';
}
