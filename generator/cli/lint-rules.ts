import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from '../config/load-config.ts';
import { createDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { closest } from '../diagnostics/suggest.ts';
import type { Rule } from '../lint/rule.ts';
import { rules as ours } from '../lint/rules.ts';

/** The rules of a project: ours and its own, without those that are switched off. */
export async function lintRules(folder: string, config: Config | undefined): Promise<{ readonly rules: readonly Rule[]; readonly diagnostics: readonly Diagnostic[] }> {
  const rules: Rule[] = [...ours];
  const diagnostics: Diagnostic[] = [];
  for (const { path, range } of config?.lint.rules ?? []) {
    const loaded = await loadRule(resolve(folder, path), rules);
    if (typeof loaded === 'string') diagnostics.push(createDiagnostic('rule-not-loaded', range, { path, problem: loaded }));
    else rules.push(loaded);
  }
  const off = new Set(config?.lint.off.map(({ slug }) => slug));
  for (const { slug, range } of config?.lint.off ?? []) {
    if (rules.some((rule) => rule.slug === slug)) continue;
    const meant = closest(slug, rules.map((rule) => rule.slug));
    diagnostics.push(createDiagnostic('unknown-rule', range, { name: slug }, meant === undefined ? {} : { hint: `did you mean \`${meant}\`?` }));
  }
  return { rules: rules.filter(({ slug }) => !off.has(slug)), diagnostics };
}

/** The rule that a module exports by default, or what is wrong with it. */
async function loadRule(path: string, known: readonly Rule[]): Promise<Rule | string> {
  let exported: Partial<Record<keyof Rule, unknown>> | undefined;
  try {
    exported = ((await import(pathToFileURL(path).href)) as { default?: object }).default;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (typeof exported !== 'object' || exported === null) return 'it has no default export that is a rule';
  const { code, slug, tier, check } = exported;
  for (const key of ['code', 'slug', 'tier', 'purpose', 'message'] as const) if (typeof exported[key] !== 'string') return `its \`${key}\` is not text`;
  if (typeof check !== 'function') return 'its `check` is not a function';
  if (!/^(?!VGI)[A-Z]+[0-9]+$/.test(String(code))) return `its code \`${code}\` is not capitals and digits, such as ACME1 (VGI is taken)`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(String(slug))) return `its slug \`${slug}\` is not in kebab-case`;
  if (!['wire', 'api', 'docs'].includes(String(tier))) return `its tier \`${tier}\` is not one of wire, api, docs`;
  const other = known.find((rule) => rule.code === code || rule.slug === slug);
  return other === undefined ? (exported as Rule) : `there is a rule ${other.code} ${other.slug} already`;
}
