import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../generator/compile.ts';
import { codes } from '../../../generator/diagnostics/codes.ts';
import { lint } from '../../../generator/lint/lint.ts';
import { lintDefinitions } from '../../../generator/lint/lint-definitions.ts';
import { severityOf } from '../../../generator/lint/rule.ts';
import { rules } from '../../../generator/lint/rules.ts';
import { diskFileSystem, memoryFileSystem } from '../../../generator/load/file-system.ts';
import { formatText } from '../../../generator/format/format-text.ts';
import { readRuleFixture } from './rule-fixture.ts';

const files = (text: string) => memoryFileSystem({ 'protocol.yaml': text });
const definitions = [{ root: 'protocol.yaml' }];

describe.each(rules.map((rule) => [rule.slug, rule] as const))('%s', (slug, rule) => {
  const fixture = readRuleFixture(slug);

  it('has nothing against a definition that follows it', () => {
    expect(lint(compile(files(fixture.ok), 'protocol.yaml'), [rule])).toEqual([]);
  });

  it('finds what it is about, where it is', () => {
    const { model, ...compilation } = compile(files(fixture.bad.text), 'protocol.yaml');
    expect(model).toBeDefined();
    const found = lint(compilation, [rule]);
    expect(found.map(({ range }) => range)).toEqual(fixture.bad.marks);
    for (const { code, slug: given, severity, message } of found) {
      expect([code, given, severity]).toEqual([rule.code, slug, severityOf(rule)]);
      expect(message).not.toMatch(/\{\w+\}|undefined|\[object/);
    }
  });

  it('fixes what it can, once and for all, whatever the line ends', () => {
    const fixes = lintDefinitions(files(fixture.bad.text), definitions, [rule], false).diagnostics.some(({ fix }) => fix !== undefined);
    expect(fixes).toBe(fixture.fixed !== undefined);
    if (fixture.fixed === undefined) return;
    const { fixed, diagnostics } = lintDefinitions(files(fixture.bad.text), definitions, [rule], true);
    expect(fixed).toEqual([{ file: 'protocol.yaml', text: fixture.fixed }]);
    expect(diagnostics.filter(({ fix }) => fix !== undefined)).toEqual([]);
    expect(lintDefinitions(files(fixture.fixed), definitions, [rule], true).fixed).toEqual([]);
    const crlf = lintDefinitions(files(fixture.bad.text.replaceAll('\n', '\r\n')), definitions, [rule], true).fixed;
    expect(crlf).toEqual([{ file: 'protocol.yaml', text: fixture.fixed.replaceAll('\n', '\r\n') }]);
  });

  it('leaves a definition that formats and compiles', () => {
    for (const text of [fixture.ok, fixture.fixed ?? fixture.ok]) {
      const formatted = formatText({ file: 'protocol.yaml', text });
      expect(formatted.diagnostics).toEqual([]);
      expect(compile(files(formatted.text ?? ''), 'protocol.yaml').model).toBeDefined();
    }
  });
});

describe('the rules', () => {
  it('are at least fifteen, each with a code and a name of its own, a purpose and a fixture', () => {
    expect(rules.length).toBeGreaterThanOrEqual(15);
    const known = Object.entries(codes as Readonly<Record<string, { readonly code: string }>>).map(([slug, { code }]) => ({ slug, code }));
    for (const key of ['code', 'slug'] as const) {
      const names = [...rules, ...known].map((rule) => rule[key]);
      expect(new Set(names).size).toBe(names.length);
    }
    for (const { code, slug, purpose } of rules) {
      expect(code).toMatch(/^VGI50\d\d$/);
      expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(purpose).toMatch(/^[A-Z`].{40,}\.$/);
    }
    expect(readdirSync(new URL('fixtures/', import.meta.url)).sort()).toEqual(rules.map(({ slug }) => `${slug}.yaml`).sort());
  });

  it.each(['vgi', 'vgi-secret', 'conformance', 'bench'])('have nothing against %s', (name) => {
    const { diagnostics, sources } = lintDefinitions(diskFileSystem(new URL('../../..', import.meta.url).pathname), [{ root: `schema/${name}/protocol.yaml` }], rules, false);
    expect(sources.length).toBeGreaterThan(0);
    expect(diagnostics.map(({ range, message }) => `${range.file}:${range.start.line}: ${message}`)).toEqual([]);
  });
});
