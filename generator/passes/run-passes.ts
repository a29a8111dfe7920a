import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { ModelBuild } from '../model/build-model.ts';
import { checkCycles } from './check-cycles.ts';
import { checkDocs } from './check-docs.ts';
import { checkEarlierForms } from './check-earlier-forms.ts';
import { checkNames } from './check-names.ts';
import { checkOperations } from './check-operations.ts';
import { checkReferencesLive } from './check-references-live.ts';
import { checkMarks, checkValues } from './check-values.ts';
import { checkVersions } from './check-versions.ts';
import { resolveReferences } from './resolve-references.ts';

/** One check over a whole model; says what it finds and changes nothing. */
export type Pass = (build: ModelBuild, diagnostics: DiagnosticCollector) => void;

const passes: readonly Pass[] = [
  resolveReferences,
  checkVersions,
  checkReferencesLive,
  checkEarlierForms,
  checkNames,
  checkCycles,
  checkMarks,
  checkValues,
  checkOperations,
  checkDocs,
];

/** Runs every check. No check depends on another having found nothing. */
export function runPasses(build: ModelBuild, diagnostics: DiagnosticCollector): void {
  for (const pass of passes) pass(build, diagnostics);
}
