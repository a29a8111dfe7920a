import { createColors } from 'picocolors';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderGithub } from '../diagnostics/render-github.ts';
import { renderJson } from '../diagnostics/render-json.ts';
import { renderSarif } from '../diagnostics/render-sarif.ts';
import { counted, renderText, summarize } from '../diagnostics/render-text.ts';
import type { SourceFile } from '../load/source.ts';
import { generatorVersion } from '../package-folder.ts';
import type { Plan } from '../plan/plan.ts';
import { exitCodes, type ExitCode, type Options, type Terminal } from './command.ts';

/** Shows what was found: as text for a person on stderr, for programs on stdout; `data` joins the JSON. */
export function showFindings(terminal: Terminal, options: Options, diagnostics: readonly Diagnostic[], sources: readonly SourceFile[], data: Readonly<Record<string, unknown>> = {}): void {
  switch (options['format']) {
    case 'json':
      return terminal.out(renderJson(diagnostics, data));
    case 'sarif':
      return terminal.out(renderSarif(diagnostics, generatorVersion()));
    case 'github':
      return terminal.out(renderGithub(diagnostics));
    default:
      if (diagnostics.length === 0) return;
      terminal.err(renderText(diagnostics, sources, createColors(terminal.colour)));
      terminal.err(`\n${summarize(diagnostics)}\n`);
  }
}

/** With `--diff`, prints the changes of a plan; with `--format json` gives them to be part of the JSON instead, and in SARIF there is no place for them. */
export async function showDiff(terminal: Terminal, options: Options, plan: Plan): Promise<{ readonly diff?: string }> {
  if (options['diff'] !== true) return {};
  const { planDiff } = await import('../plan/diff.ts');
  const diff = planDiff(plan);
  if (options['format'] === 'json') return { diff };
  if (options['format'] !== 'sarif') terminal.out(diff);
  return {};
}

/** Says something that a person may want to know and a script does not. */
export function say(terminal: Terminal, options: Options, text: string): void {
  if (options['quiet'] !== true && (options['format'] ?? 'text') === 'text') terminal.err(`${text}\n`);
}

/** `3 files, nothing to complain about`. */
export const praise = (files: number): string => `${counted(files, 'file')}, nothing to complain about`;

export const exitCodeFor = (diagnostics: readonly Diagnostic[]): ExitCode => (hasErrors(diagnostics) ? exitCodes.findings : exitCodes.clean);

/** Measures the stages of a command for `--stats`. */
export class Stopwatch {
  readonly #laps: Record<string, number> = {};
  #last = performance.now();

  lap(stage: string): void {
    const now = performance.now();
    this.#laps[stage] = Math.round(now - this.#last);
    this.#last = now;
  }

  /** With `--stats`, says how long the stages took, in milliseconds; with `--format json` gives it to be part of the JSON. */
  show(terminal: Terminal, options: Options): { readonly stats?: Readonly<Record<string, number>> } {
    if (options['stats'] !== true) return {};
    if (options['format'] === 'json') return { stats: this.#laps };
    if ((options['format'] ?? 'text') === 'text') terminal.err(`${String(this)}\n`);
    return {};
  }

  toString(): string {
    return Object.entries(this.#laps)
      .map(([stage, time]) => `${stage} ${time} ms`)
      .join(', ');
  }
}
