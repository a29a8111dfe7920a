import { statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createDiagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceRange } from '../load/source.ts';
import { bannerProblem } from '../print/banner.ts';
import { EmitError } from './emit-error.ts';
import type { Target } from './targets.ts';

/** Whether the configuration means a module by what it lists as a target. */
export const isModulePath = (target: string): boolean => target.startsWith('./') || target.startsWith('../');

/**
 * The target that a module of the project exports by default. Whatever it throws later becomes a diagnostic at the place where the
 * configuration names it. Throws `EmitError` if there is no target to be had.
 */
export async function loadOwnTarget(folder: string, path: string, range: SourceRange): Promise<Target> {
  const file = join(folder, path);
  const refuse = (problem: string): EmitError => new EmitError([createDiagnostic('target-not-loaded', range, { path, problem })]);
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined) throw refuse('there is no such file');
  let exported: unknown;
  try {
    // The query makes a changed module a new one while the compiler watches.
    exported = ((await import(`${pathToFileURL(file).href}?${changed}`)) as { readonly default?: unknown }).default;
  } catch (error) {
    throw refuse(messageOf(error));
  }
  if (!isTarget(exported)) throw refuse('its default export is no target');
  if (!/^[a-z][a-z0-9-]*$/.test(exported.name)) throw refuse(`\`${exported.name}\` is no name for a target: lower case letters, digits and hyphens`);
  return guarded(exported, range);
}

const isTarget = (value: unknown): value is Target =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'emit' in value && typeof value.emit === 'function';

/** The target with its mistakes as diagnostics. */
function guarded(target: Target, range: SourceRange): Target {
  const failed = (problem: string): EmitError => new EmitError([createDiagnostic('target-failed', range, { target: target.name, problem })]);
  return {
    name: target.name,
    emit(model, options) {
      let files: ReturnType<Target['emit']>;
      try {
        files = target.emit(model, options);
      } catch (error) {
        throw error instanceof EmitError ? error : failed(messageOf(error));
      }
      for (const { path, text } of files) {
        const normal = posix.normalize(path);
        if (normal !== path || posix.isAbsolute(path) || path.startsWith('..')) throw failed(`\`${path}\` is no path inside its folder`);
        const problem = bannerProblem(path, text);
        if (problem !== undefined) throw failed(problem);
      }
      return files;
    },
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
