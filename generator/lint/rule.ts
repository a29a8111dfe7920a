import type { Placeholders, Severity } from '../diagnostics/codes.ts';
import { instantiate, type Diagnostic, type DiagnosticExtras } from '../diagnostics/diagnostic.ts';
import type { SourceRange } from '../load/source.ts';
import type { ModelBuild } from '../model/build-model.ts';
import type { Use } from '../model/uses.ts';

/** Who is hurt: `wire` peers that misunderstand each other, `api` authors of handlers and clients, `docs` readers of the reference. */
export type Tier = 'wire' | 'api' | 'docs';

/** What rules look at: a definition without errors. */
export interface LintSubject extends Pick<ModelBuild, 'model' | 'origins'> {
  /** Every use of a type, an enum or a batch shape. */
  readonly uses: readonly Use[];
}

/** One lint rule as the linter sees it. */
export interface Rule {
  /** `VGI5xxx` for ours; of another form for a project's own. */
  readonly code: string;
  /** Name in kebab-case, by which it is switched off or suppressed. */
  readonly slug: string;
  readonly tier: Tier;
  /** Why it is worth following, in a sentence or two. */
  readonly purpose: string;
  /** `{name}` is a parameter. */
  readonly message: string;
  readonly hint?: string;
  check(subject: LintSubject, report: Report<string>): void;
}

/** Reports a finding; `fix` of the extras is applied by `lint --fix`, so it must be right whenever the finding is. */
export type Report<Params extends string> = (range: SourceRange, params: Readonly<Record<Params, string | number>>, extras?: DiagnosticExtras) => void;

type RuleDefinition<Message extends string> = Omit<Rule, 'code' | 'message' | 'check'> & {
  readonly code: `VGI5${number}`;
  readonly message: Message;
  check(subject: LintSubject, report: Report<Placeholders<Message>>): void;
};

/** One of our rules; its message decides which parameters it reports. */
export const defineRule = <const Message extends string>(rule: RuleDefinition<Message>): Rule => rule;

/** What breaks the wire is an error, anything else a warning; `lint` fails for both. */
export const severityOf = (rule: Pick<Rule, 'tier'>): Severity => (rule.tier === 'wire' ? 'error' : 'warning');

/** Runs one rule. Throws what the rule throws. */
export function runRule(rule: Rule, subject: LintSubject): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const definition = { code: rule.code, severity: severityOf(rule), message: rule.message, hint: rule.hint };
  rule.check(subject, (range, params, extras) => void found.push(instantiate(rule.slug, definition, range, params, extras)));
  return found;
}
