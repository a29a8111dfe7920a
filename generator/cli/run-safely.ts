import { exitCodes, type ExitCode, type Terminal } from './command.ts';

/** Runs one command line; a failure of our own is reported as that, with the stack, and ends in status 70. */
export async function runSafely(terminal: Terminal, argv: readonly string[], version: string): Promise<ExitCode> {
  try {
    const { runProgram } = await import('./program.ts');
    return await runProgram(terminal, argv, version);
  } catch (error) {
    const { renderInternalError } = await import('../diagnostics/render-internal-error.ts');
    terminal.err(renderInternalError(error, version));
    return exitCodes.internal;
  }
}
