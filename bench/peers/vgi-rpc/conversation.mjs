/**
 * The client of @query-farm/vgi-rpc in conversation with a worker of the conformance service: `conversation.mjs pipe COMMAND | unix PATH |
 * tcp HOST:PORT | http URL`. Prints what it got as JSON, an object by step.
 */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { httpConnect, pipeConnect, tcpConnect } from '@query-farm/vgi-rpc';

const [transport, place] = process.argv.slice(2);
const logs = [];
const options = { protocol: 'ConformanceService', onLog: ({ level, message }) => logs.push(`${level} ${message}`) };

const overStreams = (input, output) => pipeConnect(Readable.toWeb(input), { write: (bytes) => output.write(bytes), end: () => output.end() }, options);

function processConnect(command) {
  const { stdin, stdout } = spawn(command, { stdio: ['pipe', 'pipe', 'inherit'] });
  return overStreams(stdout, stdin);
}

function unixConnect(path) {
  const socket = connect(path);
  return overStreams(socket, socket);
}

const connections = {
  pipe: () => processConnect(place),
  unix: () => unixConnect(place),
  tcp: () => tcpConnect(place.slice(0, place.lastIndexOf(':')), Number(place.slice(place.lastIndexOf(':') + 1)), options),
  http: () => httpConnect(place, options),
};
const client = connections[transport]();

/** JSON has no bigint. */
const plain = (value) => JSON.parse(JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? Number(item) : item)));
const failure = async (pending) => {
  try {
    return { answered: plain(await pending()) };
  } catch (error) {
    return { type: error.errorType ?? error.name, message: error.errorMessage ?? error.message };
  }
};
const result = async (method, params) => plain((await client.call(method, params)).result);
const drained = async (stream) => {
  const rows = [];
  for await (const batch of stream) rows.push(...batch);
  return plain(rows);
};
const takenLogs = () => logs.splice(0);

const steps = {
  unary: async () => [await result('echo_int', { value: 42 }), await result('echo_string', { value: 'gr\u00fc\u00df \u{1f600}' }), await result('add_floats', { a: 1.5, b: 2 })],
  void: async () => (await client.call('void_noop', {})) ?? null,
  error: async () => [await failure(() => client.call('raise_value_error', { message: 'no good' })), await result('echo_int', { value: 1 })],
  logs: async () => [await result('echo_with_multi_logs', { value: 'x' }), takenLogs()],
  producer: async () => drained(await client.stream('produce_n', { count: 3 })),
  'producer with logs': async () => [(await drained(await client.stream('produce_with_logs', { count: 2 }))).length, takenLogs()],
  'producer that fails': async () => [await failure(async () => drained(await client.stream('produce_error_mid_stream', { emit_before_error: 2 }))), await result('echo_int', { value: 2 })],
  'producer with header': async () => {
    const stream = await client.stream('produce_with_header', { count: 2 });
    return [plain(stream.header), await drained(stream)];
  },
  exchange: async () => {
    const stream = await client.stream('exchange_scale', { factor: 2 });
    const answers = [await stream.exchange([{ value: 1.5 }, { value: -2 }]), await stream.exchange([{ value: 4 }])];
    stream.close();
    return plain(answers);
  },
  'exchange with logs': async () => {
    const stream = await client.stream('exchange_with_logs', {});
    const answer = plain(await stream.exchange([{ value: 1 }]));
    stream.close();
    return [answer, takenLogs()];
  },
  'exchange that fails': async () => {
    const stream = await client.stream('exchange_error_on_nth', { fail_on: 2 });
    const first = plain(await stream.exchange([{ value: 1 }]));
    const second = await failure(() => stream.exchange([{ value: 2 }]));
    return [first, second, await result('echo_int', { value: 3 })];
  },
};

const report = {};
for (const [name, run] of Object.entries(steps)) report[name] = await run();
process.stdout.write(`${JSON.stringify(report)}\n`);
client.close();
