import { inspect } from 'node:util';
import {
  batch,
  bufferedTableFunction,
  constant,
  float64,
  int32,
  int64,
  list,
  named,
  redacted,
  RpcError,
  rowFunction,
  runWorker,
  scalarFunction,
  secretType,
  tableFunction,
  tableInOutFunction,
  tableInput,
  utf8,
  varargs,
  withParents,
} from 'vgi-gen/worker';

const any = tableInput();

const addTax = tableInOutFunction({
  name: 'add_tax',
  arguments: { rate: float64, data: tableInput({ net: float64 }), note: named(utf8, { default: '' }) },
  bind: ({ note }, { input }) => ({ columns: { ...Object.fromEntries(input.fields.map((each) => [each.name, { type: each.type }])), gross: float64, ...(note !== '' && { note: utf8 }) } }),
  map({ rate, data, note }) {
    const gross = Array.from(data.values('net'), (net) => (net === null ? null : net * (1 + rate)));
    return { ...data.columns(), gross, note: gross.map(() => note) };
  },
});

/** Rows 0, 1, 2... of each batch by themselves, put together again. */
const piecewise = tableInOutFunction({
  name: 'piecewise',
  arguments: { data: any },
  bind: (_, { input }) => ({ columns: input }),
  async *map({ data }) {
    for (let row = 0; row < Math.min(data.rows, 5); row++) yield data.take([row]);
  },
});

const longest = tableInOutFunction({
  name: 'longest',
  arguments: { data: tableInput({ word: utf8 }) },
  columns: { word: utf8, batches: int64 },
  state: (_, { call }) => ({ word: '', batches: 0n, transport: call.transport }),
  map({ data }, context) {
    const words = Array.from(data.values('word'), (word) => word ?? '');
    const word = [context.state.word, ...words].reduce((best, each) => (each.length > best.length ? each : best));
    context.state = { ...context.state, word, batches: context.state.batches + 1n };
    return { word: [], batches: [] };
  },
  *finalize(_, { state }) {
    yield { word: [state.word], batches: [state.batches] };
    yield { word: ['end'], batches: [0n] };
  },
});

const pairs = rowFunction({
  name: 'pairs',
  arguments: { low: int64, high: int64, step: named(int64, { default: 1n }) },
  columns: { value: int64, of: utf8 },
  *each({ low, high, step }) {
    for (let value = low ?? 0n; value <= (high ?? -1n); value += step) yield { value, of: `${low}..${high}` };
  },
});

const joined = rowFunction({
  name: 'joined',
  arguments: { first: utf8, others: varargs(utf8) },
  columns: { text: utf8, parts: list(utf8) },
  *each({ first, others }) {
    yield { text: [first, ...others].join('-'), parts: [first, ...others] };
  },
});

/** Mistakes of an author in what a map gives. */
const wrong = rowFunction({
  name: 'wrong',
  arguments: { n: int64, how: named(utf8, { default: 'parents' }) },
  columns: { i: int64 },
  map({ n, how }) {
    const rows = BigInt64Array.from({ length: n.length + 1 }, () => 0n);
    if (how === 'none') return { i: rows };
    if (how === 'few') return withParents({ i: rows }, [0]);
    if (how === 'range') return withParents({ i: rows }, Array.from(rows, () => n.length));
    if (how === 'column') return { j: rows } as never;
    return { i: ['text'] } as never;
  },
});

const key = secretType({ name: 'in_out_key', description: 'Test', fields: { token: redacted(utf8), port: int32 } });

/** All ways in which a value might get out by mistake; fails if told to. */
function careless(secrets: { require(type: typeof key): unknown; all(): unknown }, context: object, log: (message: string) => void, how: string): string {
  const secret = secrets.require(key);
  const texts = [secret, secrets, context, secrets.all()].map((each) => `${inspect(each, { depth: 9, showHidden: true })} ${JSON.stringify(each, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))} ${String(each)}`);
  for (const text of texts) log(text);
  if (how === 'throw') throw new Error(`careless: ${texts.join()}`);
  if (how === 'refuse') throw new RpcError(texts.join(), { type: 'ValueError', cause: secret });
  return texts.join();
}

const how = named(utf8, { default: '' });

const carelessScalar = scalarFunction({
  name: 'careless_scalar',
  secrets: [key],
  arguments: { how: constant(utf8) },
  returns: utf8,
  evaluate: (inputs, context) => Array.from({ length: context.rows }, () => careless(context.secrets, context, (text) => context.call.log('INFO', text), inputs.how)),
});

const carelessTable = tableFunction({
  name: 'careless_table',
  secretsFor: () => [key],
  arguments: { how },
  columns: { text: utf8 },
  *scan(args, context) {
    yield { text: [careless(context.secrets, context, (text) => context.call.log('INFO', text), args.how)] };
  },
});

const carelessMap = tableInOutFunction({
  name: 'careless_map',
  secretsFor: ({ how: scope }) => [{ type: key, scope }],
  arguments: { data: any, how },
  columns: { text: utf8 },
  map: (inputs, context) => ({ text: [careless(context.secrets, context, (text) => context.call.log('INFO', text), inputs.how)] }),
});

const carelessBuffered = bufferedTableFunction({
  name: 'careless_buffered',
  secrets: [key],
  arguments: { data: any, how },
  columns: { text: utf8 },
  process: async (inputs, context) => {
    const text = careless(context.secrets, context, (line) => context.call.log('INFO', line), inputs.how);
    await context.storage.append('texts', '', Buffer.from(text));
  },
  async *finalize(_, { storage, secrets }) {
    for (const { value } of await storage.logScan('texts', '')) yield { text: [`${Buffer.from(value).toString()}${secrets.require(key).get('port')}`] };
  },
});

/** The token itself, through every step: it arrives, only not by mistake. */
const tokenLength = bufferedTableFunction({
  name: 'token_length',
  secrets: [{ type: key, name: 'named_key' }],
  arguments: { data: any },
  columns: { bytes: int64 },
  process: (_, { secrets }) => String(secrets.require(key, { name: 'named_key' }).get('token')?.length),
  *finalize(_, { finalizeId }) {
    yield { bytes: [BigInt(Buffer.from(finalizeId).toString())] };
  },
});

/** Each row tells which state took its batch. */
const states = bufferedTableFunction({
  name: 'states',
  arguments: { data: any },
  columns: { state: utf8, parts: int64 },
  process: async (_, { buffer, storage }) => {
    const state = `state ${await storage.counterAdd('states', '', 1)}`;
    await buffer('states', state).append(_.data);
    return state;
  },
  combine: (_, { stateIds }) => stateIds.map((id) => Buffer.concat([Buffer.from(`${stateIds.length} `), id])),
  *finalize(_, { finalizeId }) {
    const [parts = '0', ...state] = Buffer.from(finalizeId).toString().split(' ');
    yield { state: [state.join(' ')], parts: [BigInt(parts)] };
  },
});

const cachedParts = bufferedTableFunction({
  name: 'cached_parts',
  arguments: { data: any },
  columns: { n: int64 },
  process: () => {},
  *finalize() {
    yield batch({ n: [1n] }, { cache: { ttl: 60 } });
    yield { n: [2n] };
  },
});

await runWorker({
  name: 'rows',
  secretTypes: [key],
  schemas: { main: { functions: [addTax, piecewise, longest, pairs, joined, wrong, carelessScalar, carelessTable, carelessMap, carelessBuffered, tokenLength, states, cachedParts] } },
});
