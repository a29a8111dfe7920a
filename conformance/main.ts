import { AccessLog, onStopSignal, RpcServer, type Service, serveTcp, serveUnix, stdioChannel } from 'vgi-gen/runtime/v1';
import { randomId } from '../runtime/rpc/random-id.ts';
import { CancelProbe } from './cancel-probe.ts';
import { conformanceServices } from './conformance-services.ts';
import { readOptions, usage, type WorkerOptions } from './options.ts';
import { ConformanceService } from './service.ts';

/** Requests are logged whole up to this size; the largest that the suite wants to see logged has 4 MiB. */
const MAX_RECORD_BYTES = 64 << 20;

/** Exit codes: a command line that makes no sense, and a transport that cannot be had. */
const EXIT_USAGE = 2;
const EXIT_CANNOT_SERVE = 1;

async function services(options: WorkerOptions): Promise<Service[]> {
  if (options.kindProbe) return [(await import('./kind-probe.ts')).kindProbe];
  const storage = options.fakeStorage === undefined ? undefined : new (await import('./fake-storage.ts')).FakeStorage(options.fakeStorage);
  return conformanceServices(new ConformanceService(new CancelProbe(process.env['VGI_RPC_CONFORMANCE_PROBE_FILE']), storage));
}

async function serve(options: WorkerOptions): Promise<void> {
  const serverId = randomId(12);
  const served = await services(options);
  const log = options.accessLog === undefined ? undefined : new AccessLog({ path: options.accessLog, serverId, payloads: options.accessLogDebug, maxRecordBytes: MAX_RECORD_BYTES });
  const observed = log ? { observer: log } : {};
  if (options.http !== undefined) {
    const { serveHttpWorker } = await import('./http-worker.ts');
    const running = await serveHttpWorker(served, serverId, options, log);
    return announced(`PORT:${running.port}`, running);
  }
  const server = new RpcServer(served, { serverId, ...observed });
  if (options.tcp !== undefined) {
    const running = await serveTcp({ ...options.tcp, serve: (channel) => server.serve(channel) });
    return announced(`TCP:${running.host}:${running.port}`, running);
  }
  if (options.unix === undefined) {
    const channel = stdioChannel();
    onStopSignal(() => channel.close());
    return server.serve(channel);
  }
  const idle = options.idleTimeout !== undefined && { idleTimeout: options.idleTimeout };
  const running = await serveUnix({ path: options.unix, ...idle, serve: (channel) => server.serve(channel) });
  return announced(`UNIX:${options.unix}`, running);
}

/** Says where the server is, on the one line of stdout, and waits for its end. */
async function announced(line: string, running: { readonly stopped: Promise<void>; stop(): void }): Promise<void> {
  onStopSignal(running.stop);
  process.stdout.write(`${line}\n`);
  await running.stopped;
}

function fail(error: unknown, exitCode: number, hint = ''): void {
  process.stderr.write(`vgi-conformance-worker: ${error instanceof Error ? error.message : String(error)}\n${hint}`);
  process.exitCode = exitCode;
}

let options: WorkerOptions | undefined;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  fail(error, EXIT_USAGE, usage);
}
if (options?.help) process.stdout.write(usage);
else if (options) await serve(options).catch((error) => fail(error, EXIT_CANNOT_SERVE));
