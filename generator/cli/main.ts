import { buffer } from 'node:stream/consumers';
import { generatorVersion } from '../package-folder.ts';
import type { Terminal } from './command.ts';
import { runSafely } from './run-safely.ts';
import { wantsColour } from './wants-colour.ts';

const interruption = new AbortController();

const terminal: Terminal = {
  cwd: process.cwd(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  readStdin: async () => new Uint8Array(await buffer(process.stdin)),
  colour: wantsColour(process.stderr, process.env),
  get interrupted() {
    // Only who asks is told; otherwise the signal ends the process as ever.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());
    return interruption.signal;
  },
};

/** A reader that has seen enough, such as `head`, is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) terminal.out(`${generatorVersion()}\n`);
else process.exitCode = await runSafely(terminal, argv, generatorVersion());
