import { writeSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { isatty } from 'node:tty';
import { parseArgs } from 'node:util';
import { RpcServer } from '../runtime/rpc/server.ts';
import { ownStdout } from '../runtime/transport/own-stdout.ts';
import { stdioChannel } from '../runtime/transport/stdio.ts';
import type { VgiHandlers } from '../generated/vgi/ts/index.ts';
import { vgiProtocol, VgiHandlers as Handlers } from '../generated/vgi/ts/index.ts';
import type { Catalog } from './catalog/catalog.ts';
import { debugObserver, quiet } from './debug-output.ts';
import { DeclaredHandlers, type DeclaredHandlersOptions } from './declared-handlers.ts';
import { tellOfExit } from './exit-notice.ts';

/** Exit code for a command line that makes no sense. */
const EXIT_USAGE = 2;
/** Exit code when the worker cannot serve, e.g. because its socket is taken. */
const EXIT_CANNOT_SERVE = 1;

/**
 * Runs a worker: declared catalogs, or an implementation of the generated handlers. Without flags it serves its stdin and stdout until
 * they end; with `--unix PATH [--idle-timeout SECONDS]` any number of clients on a socket, after printing `UNIX:<path>`
 * (the contract of DuckDB's launcher).
 */
export async function runWorker(
  worker: Catalog | readonly Catalog[] | VgiHandlers,
  args: readonly string[] = process.argv.slice(2),
  handlersOptions: DeclaredHandlersOptions = {},
): Promise<void> {
  const options = parseCommandLine(args);
  if (!options) return;
  const handlers = worker instanceof Handlers ? worker : new DeclaredHandlers(Array.isArray(worker) ? worker : [worker as Catalog], handlersOptions);
  const server = new RpcServer([{ protocol: vgiProtocol, handlers }], debugObserver());
  tellOfExit(server);
  if (options.unix === undefined) {
    if (!quiet && isatty(0)) process.stderr.write('A worker reads Arrow IPC on its stdin: let DuckDB start it, `ATTACH ... (TYPE vgi, LOCATION ...)`. VGI_QUIET=1 leaves this line out.\n');
    await server.serve(stdioChannel());
    return;
  }
  const stdout = ownStdout();
  const { serveUnix } = await import('../runtime/transport/unix.ts');
  const path = isAbsolute(options.unix) ? options.unix : resolve(options.unix);
  try {
    const running = await serveUnix({ path, idleTimeout: options.idleTimeout, serve: (channel) => server.serve(channel) });
    process.once('SIGTERM', () => running.stop());
    process.once('SIGINT', () => running.stop());
    writeSync(stdout, `UNIX:${path}\n`);
    await running.stopped;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT_CANNOT_SERVE;
  }
}

interface CommandLine {
  readonly unix?: string;
  readonly idleTimeout: number;
}

function parseCommandLine(args: readonly string[]): CommandLine | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: { unix: { type: 'string' }, 'idle-timeout': { type: 'string' } }, strict: true });
    const idleTimeout = Number(values['idle-timeout'] ?? 300);
    if (!Number.isFinite(idleTimeout) || idleTimeout < 0) throw new Error(`--idle-timeout takes seconds, got "${values['idle-timeout']}"`);
    return { idleTimeout, ...(values.unix !== undefined && { unix: values.unix }) };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nusage: <worker> [--unix PATH [--idle-timeout SECONDS]]\n`);
    process.exitCode = EXIT_USAGE;
    return undefined;
  }
}
