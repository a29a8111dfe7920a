import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { RpcServer, serveUnix, stdioChannel } from 'vgi-gen/runtime/v1';
import { conformanceProtocol } from '../generated/conformance/ts/index.ts';
import { CancelProbe } from './cancel-probe.ts';
import { ConformanceService } from './service.ts';

const usage = `usage: vgi-conformance-worker [--unix PATH [--idle-timeout SECONDS]]

Serves the conformance service of vgi-rpc on stdin and stdout, or on an AF_UNIX socket.`;

/** Exit codes: a command line that makes no sense, and a socket that cannot be had. */
const EXIT_USAGE = 2;
const EXIT_CANNOT_SERVE = 1;

interface CommandLine {
  readonly help: boolean;
  readonly unix?: string;
  readonly idleTimeout?: number;
}

/** Throws an `Error` that tells the user what is wrong. */
function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean', short: 'h' }, unix: { type: 'string' }, 'idle-timeout': { type: 'string' } },
  });
  const { unix, help = false, 'idle-timeout': idleText } = values;
  if (idleText === undefined) return { help, ...(unix !== undefined && { unix: resolve(unix) }) };
  const idleTimeout = Number(idleText);
  if (!(idleTimeout >= 0)) throw new Error(`--idle-timeout takes seconds, not '${idleText}'`);
  if (unix === undefined) throw new Error('--idle-timeout needs --unix');
  return { help, unix: resolve(unix), idleTimeout };
}

async function serve({ unix, idleTimeout }: CommandLine): Promise<void> {
  const probe = new CancelProbe(process.env['VGI_RPC_CONFORMANCE_PROBE_FILE']);
  const server = new RpcServer([{ protocol: conformanceProtocol, handlers: new ConformanceService(probe) }]);
  if (unix === undefined) return server.serve(stdioChannel());
  const running = await serveUnix({ path: unix, ...(idleTimeout !== undefined && { idleTimeout }), serve: (channel) => server.serve(channel) });
  process.once('SIGTERM', running.stop);
  process.once('SIGINT', running.stop);
  process.stdout.write(`UNIX:${unix}\n`);
  await running.stopped;
}

function fail(error: unknown, exitCode: number, hint = ''): void {
  process.stderr.write(`vgi-conformance-worker: ${error instanceof Error ? error.message : String(error)}\n${hint}`);
  process.exitCode = exitCode;
}

let commandLine: CommandLine | undefined;
try {
  commandLine = readCommandLine(process.argv.slice(2));
} catch (error) {
  fail(error, EXIT_USAGE, `${usage}\n`);
}
if (commandLine?.help) process.stdout.write(`${usage}\n`);
else if (commandLine) await serve(commandLine).catch((error) => fail(error, EXIT_CANNOT_SERVE));
