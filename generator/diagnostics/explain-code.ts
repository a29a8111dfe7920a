import { rules } from '../lint/rules.ts';
import { severityOf } from '../lint/rule.ts';
import { codes, type CodeDefinition, type Severity } from './codes.ts';
import { meanings } from './meanings.ts';

/** What there is to say of a diagnostic, wherever it comes from. */
export interface ExplainedCode {
  readonly code: string;
  readonly slug: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly meaning: string;
  /** Lint rules only. */
  readonly tier?: string;
}

const change = 'A change between two versions of a protocol, with whom it breaks and which version it needs; see `vgi-gen breaking`.';

/** Every diagnostic there is, by code. */
export function explainedCodes(): readonly ExplainedCode[] {
  const known = Object.entries(codes as Readonly<Record<string, CodeDefinition>>).map(
    ([slug, { code, severity, message, hint }]): ExplainedCode => ({ code, slug, severity, message, ...(hint === undefined ? {} : { hint }), meaning: (meanings as Readonly<Record<string, string>>)[slug] ?? change }),
  );
  const linted = rules.map((rule): ExplainedCode => ({ code: rule.code, slug: rule.slug, severity: severityOf(rule), message: rule.message, ...(rule.hint === undefined ? {} : { hint: rule.hint }), meaning: rule.purpose, tier: rule.tier }));
  return [...known, ...linted].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The diagnostic with that code or slug. */
export const explainCode = (name: string): ExplainedCode | undefined => explainedCodes().find(({ code, slug }) => code === name.toUpperCase() || slug === name);
