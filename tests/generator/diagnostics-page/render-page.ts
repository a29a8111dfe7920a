import { compile } from '../../../generator/compile.ts';
import { wholeFile, type Diagnostic } from '../../../generator/diagnostics/diagnostic.ts';
import { explainedCodes, type ExplainedCode } from '../../../generator/diagnostics/explain-code.ts';
import { renderText } from '../../../generator/diagnostics/render-text.ts';
import { lint } from '../../../generator/lint/lint.ts';
import { rules } from '../../../generator/lint/rules.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { declarationFixtures } from '../breaking/fixtures/declarations.ts';
import { fieldFixtures } from '../breaking/fixtures/fields.ts';
import { methodFixtures } from '../breaking/fixtures/methods.ts';
import { fixtures } from '../front/fixtures/all.ts';
import { unmark } from '../front/fixtures/fixture.ts';
import { readRuleFixture } from '../lint/rule-fixture.ts';
import { samples } from './samples.ts';

const families: readonly (readonly [first: string, title: string])[] = [
  ['1', 'Loading and configuration'],
  ['2', 'Shape'],
  ['3', 'Names and references'],
  ['4', 'Types and values'],
  ['5', 'Lint'],
  ['6', 'Changes between versions'],
  ['7', 'Targets'],
  ['8', 'Files that are not as they should be'],
  ['9', 'Our own failures'],
];

/** docs/diagnostics.md: every code with its meaning and with what vgi-gen says in a case of it. The cases are the fixtures of the tests. */
export function renderPage(): string {
  const codes = explainedCodes();
  const sections = families.map(([first, title]) => {
    const own = codes.filter(({ code }) => code[3] === first);
    return `## ${title}\n\n${own.map(renderCode).join('\n')}`;
  });
  return `# Diagnostics

Every finding of vgi-gen has a code that never gets a second meaning, and a name. \`vgi-gen describe <code or name>\` shows what is said here.
Findings of family 5 can be suppressed in the source, with a reason: [lint.md](lint.md). This page is made from the registry of codes and from the
fixtures of their tests (\`RECORD=true npx vitest run tests/generator/diagnostics-page\`).

${sections.join('\n')}`;
}

function renderCode({ code, slug, severity, meaning, tier }: ExplainedCode): string {
  const about = tier === undefined ? severity : `${severity}, tier ${tier}${hasFix(slug) ? ', has a fix' : ''}`;
  return `### ${code} ${slug}\n\n*${about}.* ${meaning}\n\n\`\`\`text\n${exampleOf(slug)}\n\`\`\`\n`;
}

const hasFix = (slug: string): boolean => rules.some((rule) => rule.slug === slug) && readRuleFixture(slug).fixed !== undefined;

/** What vgi-gen says in a case of a code, cut to what tells. */
export function exampleOf(slug: string): string {
  const text = linted(slug) ?? compiled(slug) ?? sampled(slug) ?? changed(slug);
  if (text === undefined) throw new Error(`there is no example of ${slug}; add one to samples.ts`);
  return text.trimEnd().replaceAll('\t', '    ');
}

const only = (found: readonly Diagnostic[], slug: string): readonly Diagnostic[] => found.filter((diagnostic) => diagnostic.slug === slug).slice(0, 1);

function linted(slug: string): string | undefined {
  const rule = rules.find((candidate) => candidate.slug === slug);
  if (rule === undefined) return undefined;
  const compilation = compile(memoryFileSystem({ 'protocol.yaml': readRuleFixture(slug).bad.text }), 'protocol.yaml');
  return renderText(only(lint(compilation, [rule]), slug), compilation.sources);
}

function compiled(slug: string): string | undefined {
  const fixture = fixtures.find((candidate) => candidate.slug === slug);
  if (fixture === undefined) return undefined;
  const files = Object.fromEntries(Object.entries(fixture.files).map(([path, content]) => [path, typeof content === 'string' ? unmark(content).text : content]));
  const { diagnostics, sources } = compile(memoryFileSystem(files), 'protocol.yaml');
  return renderText(only(diagnostics, slug), sources);
}

function sampled(slug: string): string | undefined {
  const found = only(samples, slug);
  return found.length === 0 ? undefined : renderText(found, []);
}

function changed(slug: string): string | undefined {
  const fixture = [...declarationFixtures, ...fieldFixtures, ...methodFixtures].find(({ rule, message }) => rule === slug && message !== '');
  const code = explainedCodes().find((known) => known.slug === slug);
  return fixture === undefined || code === undefined ? undefined : `${wholeFile('protocol.yaml').file} - ${code.severity} ${code.code} ${slug}: ${fixture.message}\n  breaks: ${fixture.breaks || 'nobody'}; needs a ${fixture.bump} version`;
}
