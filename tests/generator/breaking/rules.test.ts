import { describe, expect, it } from 'vitest';
import { findChanges } from '../../../generator/breaking/find-changes.ts';
import { judge } from '../../../generator/breaking/judge.ts';
import { rules } from '../../../generator/breaking/rules.ts';
import { compile } from '../../../generator/compile.ts';
import { evolutionCodes } from '../../../generator/diagnostics/evolution-codes.ts';
import { DiagnosticCollector } from '../../../generator/diagnostics/diagnostic.ts';
import { historyText } from '../../../generator/history/history-text.ts';
import { readHistory } from '../../../generator/history/read-history.ts';
import { snapshotOf } from '../../../generator/history/snapshot-of.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { declarationFixtures } from './fixtures/declarations.ts';
import { fieldFixtures } from './fixtures/fields.ts';
import { stateOf, type RuleFixture } from './fixtures/fixture.ts';
import { methodFixtures } from './fixtures/methods.ts';

const fixtures: readonly RuleFixture[] = [...declarationFixtures, ...methodFixtures, ...fieldFixtures];

const titled = fixtures.map((fixture) => [fixture.about === undefined ? fixture.rule : `${fixture.rule}: ${fixture.about}`, fixture] as const);

function snapshotsOf(fixture: RuleFixture) {
  const [earlier, later] = (['earlier', 'later'] as const).map((which) => {
    const { text, place } = stateOf(fixture.text, which);
    const { model, diagnostics } = compile(memoryFileSystem({ [`${which}.yaml`]: text }), `${which}.yaml`);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (model === undefined) throw new Error('no model');
    return { snapshot: snapshotOf(model, model.protocol.current), place };
  });
  if (earlier === undefined || later === undefined) throw new Error('two states');
  return { earlier, later };
}

describe('each change between two definitions is found by one rule, at its places in both', () => {
  it.each(titled)('%s', (_, fixture) => {
    const { earlier, later } = snapshotsOf(fixture);
    const found = findChanges(earlier.snapshot, later.snapshot, 'before').map(({ slug, breaks, bump, note }) => ({
      rule: slug,
      message: note.message,
      breaks: breaks.join(' '),
      bump,
      later: `${note.range.file}:${note.range.start.line}:${note.range.start.column}`,
      earlier: note.related.map(({ range }) => `${range.file}:${range.start.line}:${range.start.column}`),
    }));
    const { rule, message, breaks, bump } = fixture;
    expect(found).toEqual([{ rule, message, breaks, bump, later: `later.yaml:${later.place}`, earlier: earlier.place === undefined ? [] : [`earlier.yaml:${earlier.place}`] }]);
  });

  it.each(titled)('%s: nothing is found where nothing changes', (_, fixture) => {
    for (const { snapshot } of Object.values(snapshotsOf(fixture))) expect(findChanges(snapshot, snapshot, 'before')).toEqual([]);
  });

  it.each(titled)('%s: a history file tells the same, as far as versions record it', (_, fixture) => {
    const { earlier, later } = snapshotsOf(fixture);
    const collector = new DiagnosticCollector();
    const text = historyText(earlier.snapshot);
    const released = readHistory('history.json', text, collector);
    expect(collector.sorted()).toEqual([]);
    if (released === undefined) throw new Error('no snapshot');
    expect(historyText(released)).toBe(text);
    const changed = findChanges(released, later.snapshot, 'before').map(({ slug }) => slug);
    const isRecorded = text.replace('2.0.0', '3.0.0') !== historyText(later.snapshot);
    expect(changed).toEqual(isRecorded ? [fixture.rule] : []);
  });
});

describe('the rules', () => {
  it('have a fixture each, and a code each', () => {
    const covered = new Set(fixtures.map(({ rule }) => rule));
    expect(rules.map(({ slug }) => slug).filter((slug) => !covered.has(slug))).toEqual([]);
    const changes = Object.entries(evolutionCodes).flatMap(([slug, { code }]) => (code.startsWith('VGI61') ? [slug] : []));
    expect(rules.map(({ slug }) => slug as string).sort()).toEqual(changes.sort());
  });
});

describe('the version that changes need', () => {
  const [first] = fieldFixtures;
  const { earlier, later } = snapshotsOf(first as RuleFixture);
  const judged = (before: string, after: string) => {
    const from = { ...earlier.snapshot, version: before };
    const to = { ...later.snapshot, version: after };
    return judge(from, to, findChanges(from, to, 'before'));
  };

  it('is the next major one if something is removed', () => {
    expect(judged('2.3.4', '3.0.0')).toMatchObject({ bump: 'major', smallest: '3.0.0', diagnostics: [{ severity: 'note', hint: 'breaks the wire, workers and clients.' }] });
    expect(judged('2.3.4', '4.1.0').diagnostics).toHaveLength(1);
  });

  it('makes smaller steps an error, at the change and at the version', () => {
    const { diagnostics } = judged('2.3.4', '2.4.0');
    expect(diagnostics.map(({ slug, severity }) => `${slug} ${severity}`)).toEqual(['field-removed error', 'bump-too-small error']);
    expect(diagnostics[0]?.hint).toBe('breaks the wire, workers and clients; this needs a major version, 3.0.0 or later.');
    expect(diagnostics[1]?.message).toBe('the changes since 2.3.4 need a major version, 3.0.0 or later, but this is 2.4.0.');
  });

  it('is the same one if nothing changes', () => {
    expect(judge(later.snapshot, later.snapshot, [])).toEqual({ bump: 'none', smallest: '3.0.0', diagnostics: [] });
  });
});
