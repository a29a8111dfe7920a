import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as arrow from '../../runtime/arrow/type.ts';
import { arithmeticOf, negationOf } from '../../worker/filters/arithmetic.ts';
import { castOf } from '../../worker/filters/cast-values.ts';
import type { ArithmeticOperator } from '../../worker/filters/expression.ts';
import { arithmeticType } from '../../worker/filters/numeric-types.ts';
import { type SampleColumn, sampleColumns, sampleValues } from '../filters/sample-table.ts';
import { type BundledWorker, bundleWorker } from './bundled-worker.ts';
import { DuckDbSession } from './duckdb-session.ts';

const targets: Readonly<Record<string, arrow.DataType>> = {
  ...Object.fromEntries(Object.values(sampleColumns).filter(({ type }) => ['int', 'float', 'decimal', 'bool', 'date', 'time', 'timestamp', 'utf8'].includes(type.kind)).map(({ sqlType, type }) => [sqlType, type])),
  'DECIMAL(3,1)': arrow.decimal128(3, 1),
};
const rowCount = 300;

/** Texts that are, or nearly are, values of some other type. */
const spellings = [
  '0', '1', '-1', '+7', ' 42 ', '1.5', '2.5', '-2.5', '.5', '5.', '1e3', '1.5e-1', '1_000', '99999999999999999999', '', ' ', 'abc', '1x', '--1', 'nan', 'inf', '-Infinity', 'true', 'F', 'yes', 'no', 'TRUE ', 't',
  '2024-02-29', '2023-02-29', '2024-2-9', '1969-12-31', '2024-02-29 12:34:56', '2024-02-29T12:34:56.789', '2024-02-29 12:34:56.123456', '2024-02-29 25:00:00', '2024-02-29 12:34', '12:34:56', '23:59:59.999999', '24:00:00', 'infinity', '-infinity', '128', '-129', '0.1', '1e400', '1e-400', '3.4e39', '1.05', '0.05', '2024-02-29abc', '2024-02-291', '2024-02-29 abc', '24:00:01', '1969-12-31 12:00:00', '2024-02-29 24:00:00', '1969-12-31 23:59:58.5', '1969-12-31 23:59:58.7', '1969-12-31 23:59:59.1235', '2024-01-01 00:00:00.0005', '2024-01-01 00:00:00.0000005', '1969-12-31 23:59:59.9999995',
];

let worker: BundledWorker;
let session: DuckDbSession;
beforeAll(async () => {
  worker = await bundleWorker('./filter-worker.ts');
  session = await DuckDbSession.start('duckdb-1.5.5');
  await session.query(`ATTACH 'filters' AS w (TYPE vgi, LOCATION '${worker.command}')`);
  await session.query('CREATE TABLE local AS SELECT * FROM w.plain ORDER BY id');
  await session.query(`CREATE TABLE spelled AS SELECT * FROM (VALUES ${spellings.map((text, id) => `(${id}, '${text}')`).join(', ')}) t(id, text)`);
});
afterAll(async () => {
  await session.close();
  worker.remove();
});

/** One column of an answer, in the order of the rows' ids. NaN has a sign there that it does not have here. */
async function column(expression: string, table: string, type: arrow.DataType): Promise<(string | null)[]> {
  const text = printable(type) === type ? expression : `(${expression})::DOUBLE`;
  return (await session.query(`SELECT (${text})::VARCHAR FROM ${table} ORDER BY id LIMIT ${rowCount}`)).rows.map(([value]) => value?.replace('-nan', 'nan') ?? null);
}

/** The type by way of which values are printed. */
const printable = (type: arrow.DataType): arrow.DataType => (type.kind === 'float' ? arrow.float64 : type);

/** The result as DuckDB prints it, NULL where it fails: what TRY_CAST and TRY give. */
function attempt(compute: () => unknown, type: arrow.DataType): string | null {
  try {
    const value = compute();
    return value === null ? null : String(castOf(printable(type), arrow.utf8)(value));
  } catch (error) {
    expect((error as Error).name).toBe('FilterEvaluationError');
    return null;
  }
}

const isSupported = (from: arrow.DataType, to: arrow.DataType): boolean => {
  try {
    castOf(from, to);
    castOf(printable(to), arrow.utf8);
    return true;
  } catch {
    return false;
  }
};

const differences = (inputs: readonly unknown[], expected: readonly (string | null)[], given: readonly (string | null)[]): string[] => [
  ...new Set(inputs.flatMap((input, row) => (expected[row] === given[row] ? [] : [`${String(input)}: expected ${expected[row]}, got ${given[row]}`]))),
];

describe('casts give what DuckDB 1.5.5 gives', () => {
  for (const [name, { type: from }] of Object.entries(sampleColumns)) {
    for (const [sqlType, to] of Object.entries(targets)) {
      if (!isSupported(from, to)) continue;
      it(`${name} to ${sqlType}`, async () => {
        const values = sampleValues(name, rowCount);
        const cast = castOf(from, to);
        const given = values.map((value) => (value === null ? null : attempt(() => cast(value), to)));
        expect(differences(values, await column(`TRY_CAST(${name} AS ${sqlType})`, 'local', to), given)).toEqual([]);
      });
    }
  }

  it.each(Object.entries(targets).filter(([, to]) => isSupported(arrow.utf8, to)))('texts to %s', async (sqlType, to) => {
    const cast = castOf(arrow.utf8, to);
    expect(differences(spellings, await column(`TRY_CAST(text AS ${sqlType})`, 'spelled', to), spellings.map((text) => attempt(() => cast(text), to)))).toEqual([]);
  });
});

describe('arithmetic gives what DuckDB 1.5.5 gives', () => {
  const symbols: Readonly<Partial<Record<ArithmeticOperator, string>>> = { add: '+', subtract: '-', multiply: '*', modulo: '%' };
  const numeric = Object.entries(sampleColumns).filter(([, { type }]) => ['int', 'float', 'decimal'].includes(type.kind));

  it.each(numeric)('%s with every numeric column', async (leftName, { type: left }) => {
    const wrong: string[] = [];
    for (const [rightName, { type: right }] of numeric) {
      for (const [operator, symbol] of Object.entries(symbols) as [ArithmeticOperator, string][]) {
        const result = arithmeticType(operator, left, right);
        if (!result || (operator === 'modulo' && result.kind === 'float')) continue;
        const expression = `${leftName} ${symbol} ${rightName}`;
        const sqlType = (await session.query(`SELECT typeof(${expression}) FROM local LIMIT 1`)).rows[0]?.[0];
        if (sqlType !== sqlTypeName(result)) wrong.push(`${expression} is ${sqlType}, got ${sqlTypeName(result)}`);
        const compute = arithmeticOf(operator, left, right, result);
        const [a, b] = [sampleValues(leftName, rowCount), sampleValues(rightName, rowCount)];
        const given = a.map((value, row) => (value === null || b[row] === null ? null : attempt(() => compute(value, b[row]), result)));
        wrong.push(...differences(a.map((value, row) => `${leftName} ${String(value)} ${symbol} ${rightName} ${String(b[row])}`), await column(`TRY(${expression})`, 'local', result), given));
      }
    }
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  it.each(numeric.filter(([, { type }]) => type.kind !== 'int' || type.signed))('minus %s', async (name, { type }: SampleColumn) => {
    const values = sampleValues(name, rowCount);
    const negate = negationOf(type);
    expect(differences(values, await column(`TRY(-${name})`, 'local', type), values.map((value) => (value === null ? null : attempt(() => negate(value), type))))).toEqual([]);
  });
});

function sqlTypeName(type: arrow.DataType): string {
  if (type.kind === 'decimal') return type.precision === 39 ? 'HUGEINT' : `DECIMAL(${type.precision},${type.scale})`;
  if (type.kind === 'float') return type.bits === 32 ? 'FLOAT' : 'DOUBLE';
  return type.kind === 'int' ? `${type.signed ? '' : 'U'}${{ 8: 'TINYINT', 16: 'SMALLINT', 32: 'INTEGER', 64: 'BIGINT' }[type.bits]}` : type.kind;
}
