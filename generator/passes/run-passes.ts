import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { ModelBuild } from '../model/build-model.ts';
import { resolveReferences } from './resolve-references.ts';

/** One check over a whole model; says what it finds and changes nothing. */
export type Pass = (build: ModelBuild, diagnostics: DiagnosticCollector) => void;

const passes: readonly Pass[] = [resolveReferences];

/** Runs every check. Checks do not depend on each other, so the order does not matter. */
export function runPasses(build: ModelBuild, diagnostics: DiagnosticCollector): void {
  for (const pass of passes) pass(build, diagnostics);
}
