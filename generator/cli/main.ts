import { buffer } from 'node:stream/consumers';
import { generatorVersion } from '../package-folder.ts';
import { exitCodes, type Terminal } from './command.ts';

const terminal: Terminal = {
  cwd: process.cwd(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  readStdin: async () => new Uint8Array(await buffer(process.stdin)),
  colour: process.stderr.isTTY === true && (process.env['NO_COLOR'] ?? '') === '',
};

/** A reader that has seen enough, such as `head`, is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const argv = process.argv.slice(2);
try {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    terminal.out(`${generatorVersion()}\n`);
  } else {
    const { runProgram } = await import('./program.ts');
    process.exitCode = await runProgram(terminal, argv, generatorVersion());
  }
} catch (error) {
  const { renderInternalError } = await import('../diagnostics/render-internal-error.ts');
  terminal.err(renderInternalError(error, generatorVersion()));
  process.exitCode = exitCodes.internal;
}
