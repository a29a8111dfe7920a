import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HttpConnection, type HttpClientOptions } from 'vgi-gen/runtime/http';
import { ChannelConnection, type ClientConnection, connectTcp, connectUnix, parseTcpAddress, SubprocessConnection } from 'vgi-gen/runtime/v1';

/** Folders with the executables of the releases. */
export function binOf(release: '0.42.3' | 'newest'): string {
  const bin = process.env[release === 'newest' ? 'VGI_RPC_NEWEST_BIN' : 'VGI_RPC_0_42_BIN'];
  if (!bin) throw new Error('run by `make parity`, which installs the reference implementation');
  return bin;
}

export interface OpenWorker {
  readonly connection: ClientConnection;
  stop(): Promise<void>;
}

/** How a worker of the reference is reached. */
export type Mode = 'pipe' | 'unix' | 'tcp' | 'http';

/** Starts a worker of the reference on a transport, and connects to it. `pipe` are its flags for stdin and stdout. */
export async function openWorker(mode: Mode, command: readonly string[], pipe: readonly string[], options: Partial<HttpClientOptions> = {}): Promise<OpenWorker> {
  const [program = '', ...args] = command;
  if (mode === 'pipe') return { connection: SubprocessConnection.start(program, [...args, ...pipe]), stop: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'reference-'));
  const flags = { unix: ['--unix', join(folder, 'w.sock')], tcp: ['--tcp', '0'], http: ['--http', '0'] }[mode];
  const child = spawn(program, [...args, ...flags], { stdio: ['ignore', 'pipe', 'ignore'] });
  const stop = async (): Promise<void> => {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill()) await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const places = await readPlaces(child, args.includes('--tls') ? 2 : 1);
    await accepting(mode, places);
    return { connection: await connect(mode, places, options), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the worker says on stdout once it accepts, by what stands before the colon. */
function readPlaces(child: ChildProcess, count: number): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    const places = new Map<string, string>();
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`the worker ended with ${status} before it accepted`)));
    createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> }).on('line', (line) => {
      const colon = line.indexOf(':');
      places.set(line.slice(0, colon), line.slice(colon + 1));
      if (places.size === count) resolve(places);
    });
  });
}

/** Releases up to 0.42.3 say where they are before they listen there. */
async function accepting(mode: Exclude<Mode, 'pipe'>, places: ReadonlyMap<string, string>): Promise<void> {
  const place = mode === 'unix' ? { path: places.get('UNIX') as string } : { host: '127.0.0.1', port: Number(mode === 'tcp' ? places.get('TCP')?.split(':').at(-1) : places.get('PORT')) };
  const tryOnce = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connectSocket(place, () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await tryOnce()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing accepts at ${JSON.stringify(place)}`);
}

async function connect(mode: Exclude<Mode, 'pipe'>, places: ReadonlyMap<string, string>, { url, ...options }: Partial<HttpClientOptions>): Promise<ClientConnection> {
  if (mode === 'unix') return new ChannelConnection(await connectUnix(places.get('UNIX') as string));
  if (mode === 'tcp') {
    const address = parseTcpAddress(places.get('TCP') as string);
    return new ChannelConnection(await connectTcp(address?.port as number));
  }
  const caFile = places.get('TLS-CA');
  const base = `${caFile === undefined ? 'http' : 'https'}://127.0.0.1:${places.get('PORT')}${url ?? ''}`;
  return new HttpConnection({ url: base, fetch: { allowUrl: ({ hostname }) => hostname === '127.0.0.1' }, ...(caFile !== undefined && { ca: readFileSync(caFile, 'utf8') }), ...options });
}
