import { any, binary, bool, constant, date, decimal, float64, int32, int64, list, map, ofType, runWorker, scalarFunction, struct, timestamp, typeOf, utf8, varargs } from 'vgi-gen/worker';

const echoes = { bool, int32, int64, float64, utf8, binary, date, timestamp: timestamp('us'), decimal: decimal(10, 2), list: list(int64), map: map(utf8, int64), struct: struct({ a: int64, b: utf8 }) };

/** One function for each type that gives back what it gets, value by value. */
const echoFunctions = Object.entries(echoes).map(([name, type]) =>
  scalarFunction({ name: `echo_${name}`, arguments: { value: type }, returns: ofType(type.type), evaluate: ({ value }) => Array.from(value as Iterable<unknown>) }),
);

const whole = scalarFunction({
  name: 'echo_any',
  arguments: { value: any },
  returns: ([value]) => (value ? typeOf(value) : utf8),
  evaluate: (_, { column }) => column('value'),
});

const multiply = scalarFunction({
  name: 'multiply',
  arguments: { value: int64, factor: constant(int64, { range: '[0, 1000)' }) },
  returns: int64,
  evaluate: ({ value, factor }) => value.map((each) => each * factor),
});

const styled = scalarFunction({
  name: 'styled',
  arguments: { text: utf8, style: constant(utf8, { choices: ['upper', 'lower'] }), tag: constant(utf8, { pattern: '[a-z]+' }) },
  returns: utf8,
  evaluate: ({ text, style, tag }) => text.map((each) => `${tag}:${style === 'upper' ? each.toUpperCase() : each.toLowerCase()}`),
});

const sumAll = scalarFunction({
  name: 'sum_all',
  arguments: { first: int64, rest: varargs(int64) },
  returns: int64,
  evaluate: ({ first, rest }) => rest.reduce((sum, column) => sum.map((each, row) => each + (column[row] ?? 0n)), first),
});

const countNulls = scalarFunction({
  name: 'count_nulls',
  nulls: 'special',
  arguments: { values: varargs(any) },
  returns: int32,
  evaluate: ({ values }, { rows }) => Int32Array.from({ length: rows }, (_, row) => values.filter((column) => (column as readonly unknown[])[row] === null).length),
});

const describeInt = scalarFunction({ name: 'describe', arguments: { value: int64 }, returns: utf8, evaluate: ({ value }) => Array.from(value, (each) => `integer ${each}`) });
const describeText = scalarFunction({ name: 'describe', arguments: { value: utf8 }, returns: utf8, evaluate: ({ value }) => value.map((each) => `text ${each}`) });

const failing = scalarFunction({
  name: 'failing',
  arguments: { value: int64 },
  returns: int64,
  evaluate: ({ value }) => {
    throw new Error(`cannot take ${value.length} rows`);
  },
});
const shortened = scalarFunction({ name: 'shortened', arguments: { value: int64 }, returns: int64, evaluate: ({ value }) => value.subarray(1) });
const delayed = scalarFunction({
  name: 'delayed',
  arguments: { value: int64 },
  returns: int64,
  evaluate: async ({ value }, { call }) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    call.log('INFO', `delayed ${value.length} rows`);
    return value;
  },
});

const scaled = scalarFunction({
  name: 'scaled',
  arguments: { value: int64 },
  returns: int64,
  evaluate: ({ value }, { settings }) => value.map((each) => each * BigInt(Number(settings.scale))),
});

await runWorker({
  name: 'scalars',
  settings: { scale: { type: int64, description: 'Factor of scaled().', default: 10n }, label: { type: utf8, description: 'Any text.' } },
  schemas: {
    main: {
      functions: [...echoFunctions, whole, multiply, styled, sumAll, countNulls, describeInt, describeText, failing, shortened, delayed, scaled],
      macros: {
        add_tax: { kind: 'scalar', parameters: ['net', { name: 'rate', default: { type: float64, value: 0.5 }, doc: 'Share of the net price.' }], sql: 'net * (1 + rate)' },
        numbers_to: { kind: 'table', parameters: ['n'], sql: 'SELECT i FROM range(n) t(i)' },
      },
    },
  },
});
