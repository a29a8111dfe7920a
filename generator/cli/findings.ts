import { createColors } from 'picocolors';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderJson } from '../diagnostics/render-json.ts';
import { counted, renderText, summarize } from '../diagnostics/render-text.ts';
import type { SourceFile } from '../load/source.ts';
import type { Plan } from '../plan/plan.ts';
import { exitCodes, type ExitCode, type Options, type Terminal } from './command.ts';

/** Shows what was found: as text for a person on stderr, as JSON on stdout; `data` joins the JSON. */
export function showFindings(terminal: Terminal, options: Options, diagnostics: readonly Diagnostic[], sources: readonly SourceFile[], data: Readonly<Record<string, unknown>> = {}): void {
  if (options['format'] === 'json') {
    terminal.out(renderJson(diagnostics, data));
    return;
  }
  if (diagnostics.length === 0) return;
  terminal.err(renderText(diagnostics, sources, createColors(terminal.colour)));
  terminal.err(`\n${summarize(diagnostics)}\n`);
}

/** With `--diff`, prints the changes of a plan; with `--format json` gives them to be part of the JSON instead. */
export async function showDiff(terminal: Terminal, options: Options, plan: Plan): Promise<{ readonly diff?: string }> {
  if (options['diff'] !== true) return {};
  const { planDiff } = await import('../plan/diff.ts');
  const diff = planDiff(plan);
  if (options['format'] === 'json') return { diff };
  terminal.out(diff);
  return {};
}

/** Says something that a person may want to know and a script does not. */
export function say(terminal: Terminal, options: Options, text: string): void {
  if (options['quiet'] !== true && options['format'] !== 'json') terminal.err(`${text}\n`);
}

/** `3 files, nothing to complain about`. */
export const praise = (files: number): string => `${counted(files, 'file')}, nothing to complain about`;

export const exitCodeFor = (diagnostics: readonly Diagnostic[]): ExitCode => (hasErrors(diagnostics) ? exitCodes.findings : exitCodes.clean);

/** Measures the stages of a command for `--stats`. */
export class Stopwatch {
  readonly #laps: string[] = [];
  #last = performance.now();

  lap(stage: string): void {
    const now = performance.now();
    this.#laps.push(`${stage} ${(now - this.#last).toFixed(0)} ms`);
    this.#last = now;
  }

  toString(): string {
    return this.#laps.join(', ');
  }
}
