import { type ByteChannel, onStopSignal, RpcServer, serveTcp, serveUnix, stdioChannel } from 'vgi-gen/runtime/v1';
import { benchProtocol } from '../../generated/bench/ts/methods.ts';
import { BenchService } from './bench-service.ts';
import { readOptions, usage, type WorkerOptions } from './options.ts';

/** Exit codes: a command line that makes no sense, and a transport that cannot be had. */
const EXIT_USAGE = 2;
const EXIT_CANNOT_SERVE = 1;

async function serve(options: WorkerOptions): Promise<void> {
  const server = new RpcServer([{ protocol: benchProtocol, handlers: new BenchService() }]);
  if (options.unix === undefined && options.tcp === undefined) {
    const channel = stdioChannel();
    onStopSignal(() => channel.close());
    return server.serve(channel);
  }
  const serveChannel = (channel: ByteChannel): Promise<void> => server.serve(channel);
  if (options.unix !== undefined) return announced(`UNIX:${options.unix}`, await serveUnix({ path: options.unix, serve: serveChannel }));
  const running = await serveTcp({ ...options.tcp, serve: serveChannel });
  return announced(`TCP:${running.host}:${running.port}`, running);
}

/** Says where the server is, on the one line of stdout, and waits for its end. */
async function announced(line: string, running: { readonly stopped: Promise<void>; stop(): void }): Promise<void> {
  onStopSignal(running.stop);
  process.stdout.write(`${line}\n`);
  await running.stopped;
}

function fail(error: unknown, exitCode: number, hint = ''): void {
  process.stderr.write(`vgi-bench-worker: ${error instanceof Error ? error.message : String(error)}\n${hint}`);
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
