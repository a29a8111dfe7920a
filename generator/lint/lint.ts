import type { Compilation } from '../compile.ts';
import { codes } from '../diagnostics/codes.ts';
import { createDiagnostic, sortDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { closest } from '../diagnostics/suggest.ts';
import { isSuppressible, type Suppression } from '../diagnostics/suppressions.ts';
import { usesOf } from '../model/uses.ts';
import { runRule, type LintSubject, type Rule } from './rule.ts';

/** What rules find in a compiled definition, with what compiling it found; rules run only if that is no error. */
export function lint({ build, diagnostics, suppressions }: Compilation, rules: readonly Rule[]): readonly Diagnostic[] {
  if (build === undefined) return diagnostics;
  const subject: LintSubject = { model: build.model, origins: build.origins, uses: usesOf(build.model) };
  const found = rules.flatMap((rule) => runSafely(rule, subject));
  const kept = suppressions.apply(found);
  const unexplained = suppressions.all.filter(({ reason }) => reason === '').map(({ name, range }) => createDiagnostic('unexplained-suppression', range, { name }));
  const unused = suppressions.unused.map((suppression) => describeUnused(suppression, rules));
  return sortDiagnostics([...diagnostics, ...kept, ...unexplained, ...unused]);
}

/** A rule that a project brings along may fail; ours may not. */
function runSafely(rule: Rule, subject: LintSubject): readonly Diagnostic[] {
  if (rule.code.startsWith('VGI')) return runRule(rule, subject);
  try {
    return runRule(rule, subject);
  } catch (error) {
    return [createDiagnostic('rule-failed', subject.model.protocol.range, { rule: rule.slug, problem: error instanceof Error ? error.message : String(error) })];
  }
}

function describeUnused({ name, range }: Suppression, rules: readonly Rule[]): Diagnostic {
  const known = [...rules, ...Object.entries(codes).map(([slug, { code }]) => ({ slug, code }))];
  const target = known.find(({ slug, code }) => slug === name || code === name);
  if (target === undefined) {
    const meant = closest(name, known.map(({ slug }) => slug));
    return createDiagnostic('unused-suppression', range, { name, problem: 'there is no such rule' }, meant === undefined ? {} : { hint: `did you mean \`${meant}\`?` });
  }
  const problem = isSuppressible(target.code) ? 'its line has no such finding' : 'only lint findings (VGI5xxx) can be suppressed';
  return createDiagnostic('unused-suppression', range, { name, problem });
}
