import type { Random } from '../../rpc/soak/actions.ts';

/** Statements that belong together; the last one gives rows, as text. */
export interface Question {
  readonly statements: readonly string[];
  readonly expected: string;
}

interface QuestionKind {
  readonly name: string;
  ask(random: Random): Question;
}

const one = (sql: string, ...expected: readonly (number | string)[]): Question => ({ statements: [sql], expected: expected.join(' ') });
const sumBelow = (n: number): number => (n * (n - 1)) / 2;
const rowsOf = (n: number): string => `(SELECT i FROM range(${n}) t(i))`;

/** Questions of every kind to the catalog `example`, attached as `ex`, with the answers that follow from what its functions are. */
export const questionKinds: readonly QuestionKind[] = [
  { name: 'scalar', ask: (random, n = random.below(60_000)) => one(`SELECT count(*), coalesce(sum(ex.double(i)), 0) FROM range(${n}) t(i)`, n, 2 * sumBelow(n)) },
  { name: 'scalar of text', ask: (random, n = random.below(20_000)) => one(`SELECT count(*) FROM range(${n}) t(i) WHERE ex.upper_case('x' || i) = 'X' || i`, n) },
  { name: 'varargs', ask: (random, n = 1 + random.below(20_000)) => one(`SELECT sum(ex.sum_values(i, i * 10, 1)) FROM range(${n}) t(i)`, 11 * sumBelow(n) + n) },
  {
    name: 'filtered scan',
    ask(random) {
      const [from, to] = [random.below(50_000), random.below(100_000)];
      const count = Math.max(0, to - from);
      return one(`SELECT count(*), coalesce(sum(n), 0) FROM ex.sequence(100000) WHERE n >= ${from} AND n < ${to}`, count, count ? sumBelow(to) - sumBelow(from) : 0);
    },
  },
  { name: 'IN list', ask: (random, step = 2 + random.below(9)) => one(`SELECT count(*) FROM ex.filter_echo(1000) WHERE n IN (SELECT i * ${step} FROM range(50) t(i))`, 50) },
  { name: 'LIMIT', ask: (random, n = 1 + random.below(5000)) => one(`SELECT count(*) FROM (SELECT n FROM ex.sequence(100000000) LIMIT ${n})`, n) },
  { name: 'shared work', ask: (random, n = random.below(40_000)) => one(`SELECT count(*), count(DISTINCT n), coalesce(sum(n), 0) FROM ex.partitioned_sequence(${n})`, n, n, sumBelow(n)) },
  { name: 'batch index', ask: (random, n = random.below(30_000)) => one(`SELECT count(*) FROM (SELECT n, row_number() OVER () - 1 AS place FROM ex.partitioned_batch_index(${n})) WHERE n = place`, n) },
  { name: 'map', ask: (random, n = random.below(50_000)) => one(`SELECT count(*), coalesce(sum(i), 0) FROM ex.echo(${rowsOf(n)})`, n, sumBelow(n)) },
  { name: 'map with finalize', ask: (random, n = random.below(100_000)) => one(`SELECT coalesce(sum(i), 0) FROM ex.substream_partial_sum(${rowsOf(n)})`, sumBelow(n)) },
  { name: 'repeating map', ask: (random, n = random.below(5000)) => one(`SELECT count(*), coalesce(sum(i), 0) FROM ex.repeat_inputs(3, ${rowsOf(n)})`, 3 * n, 3 * sumBelow(n)) },
  { name: 'buffered', ask: (random, n = random.below(50_000)) => one(`SELECT count(*), coalesce(sum(i), 0) FROM ex.buffer_input(${rowsOf(n)})`, n, sumBelow(n)) },
  { name: 'buffered in order', ask: (random, n = random.below(20_000)) => one(`SELECT count(*) FROM (SELECT i, row_number() OVER () - 1 AS n FROM ex.ordered_buffer_input(${rowsOf(n)})) WHERE i = n`, n) },
  { name: 'LATERAL', ask: (random, n = 5 * (1 + random.below(500))) => one(`SELECT count(*) FROM (SELECT i % 5 AS x FROM range(${n}) t(i)) t, LATERAL ex.blended_explode(t.x)`, n * 2) },
  { name: 'row function', ask: (random, n = 1 + random.below(5000)) => one(`SELECT sum(row_sum) FROM range(${n}) t(i), ex.row_sum(t.i, t.i)`, 2 * sumBelow(n)) },
  {
    name: 'setting',
    ask(random) {
      const [factor, n] = [1 + random.below(9), 1 + random.below(3000)];
      return { statements: [`SET multiplier = ${factor}`, `SELECT sum(ex.multiply_by_setting(i)) FROM range(${n}) t(i)`], expected: String(factor * sumBelow(n)) };
    },
  },
  { name: 'secret', ask: (random, n = 1 + random.below(3)) => one(`SELECT count(*) FROM ex.secret_in_out((SELECT i AS n FROM range(${n}) t(i))) WHERE COLUMNS(* EXCLUDE n) = 'hush'`, n) },
  {
    name: 'transaction',
    ask(random) {
      const value = random.below(1000);
      const cached = (of: number): string => `SELECT v FROM ex.tx_cached_value('a', ${of})`;
      return { statements: ['BEGIN', cached(value), `CREATE OR REPLACE TEMP TABLE seen AS ${cached(value + 1)}`, random.below(2) ? 'COMMIT' : 'ROLLBACK', cached(value + 2)], expected: String(value + 2) };
    },
  },
  { name: 'view', ask: () => one('SELECT count(*), sum(n) FROM ex.first_ten', 10, 45) },
  { name: 'macro', ask: (random, n = random.below(300)) => one(`SELECT ex.vgi_clamp(${n}), ex.vgi_multiply(${n}, 3)`, Math.min(n, 100), 3 * n) },
  { name: 'time travel', ask: (random, version = 1 + random.below(2)) => one(`SELECT count(*), max(seen_version) FROM ex.data.tt_pushdown_fn AT (VERSION => ${version})`, version === 1 ? 5 : 10, version) },
];
