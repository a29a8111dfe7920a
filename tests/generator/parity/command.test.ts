import { describe, expect, it } from 'vitest';
import { createDiagnostic, wholeFile } from '../../../generator/diagnostics/diagnostic.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { loadExplanations } from '../../../generator/parity/explanations.ts';
import type { Difference, ParityReport } from '../../../generator/parity/oracle.ts';
import { projectFolder } from '../cli/project-folder.ts';
import { runInFolder } from '../run-in-folder.ts';

describe('parity', () => {
  it('wants to know what to compare with', async () => {
    const { status, err } = await runInFolder(projectFolder(), ['parity']);
    expect(err).toMatch(/error VGI8200 no-peer: nothing says what to compare the definitions with\./);
    expect(status).toBe(2);
  });
});

describe('explanations', () => {
  const explained = (text: string) => loadExplanations(memoryFileSystem({ 'explained.yaml': text }), 'explained.yaml');
  const difference = (subject: string, version = '1.0.0'): Difference => ({ protocol: 'shop', version, subject, diagnostic: createDiagnostic('unusable-peer', wholeFile('a.hpp'), { peer: subject, reason: version }) });
  const report = (...differences: readonly Difference[]): ParityReport => ({ differences, sources: [], compared: [{ protocol: 'shop', versions: ['1.0.0', '2.0.0'], counts: {} }] });

  it('take differences out by finding and subject, in the versions that they name', () => {
    const { explanations } = explained('cpp:\n  - {protocol: shop, versions: [1.0.0], finding: unusable-peer, of: [Item*Schema, Shop], reason: Because.}\n');
    const judged = explanations?.judge('cpp', report(difference('ItemSchema'), difference('ItemInfoSchema'), difference('ItemSchema', '2.0.0'), difference('Shop'), difference('Shops')));
    expect(judged?.explained.map(({ subject, reason }) => [subject, reason])).toEqual([['ItemSchema', 'Because.'], ['ItemInfoSchema', 'Because.'], ['Shop', 'Because.']]);
    expect(judged?.diagnostics.map(({ message }) => message)).toEqual(['cannot compare with `ItemSchema`: 2.0.0.', 'cannot compare with `Shops`: 1.0.0.']);
  });

  it('are findings themselves if they explain nothing that was compared', () => {
    const { explanations } = explained('cpp:\n  - {protocol: shop, finding: unusable-peer, of: [Item, Shop], reason: Because.}\nvectors:\n  - {protocol: shop, finding: unusable-peer, of: [Gone], reason: Because.}\n');
    const [unused, ...others] = explanations?.judge('cpp', report(difference('Shop'))).diagnostics ?? [];
    expect(others).toEqual([]);
    expect(unused).toMatchObject({ slug: 'unused-explanation', severity: 'error', message: 'this explains nothing: shop 1.0.0, 2.0.0 has no `unusable-peer` of `Item`.', range: { file: 'explained.yaml', start: { line: 2, column: 51 } } });
  });

  it('have to give a reason', () => {
    const { explanations, diagnostics } = explained('cpp:\n  - {protocol: shop, finding: unusable-peer, of: [Item]}\n');
    expect(explanations).toBeUndefined();
    expect(diagnostics).toMatchObject([{ slug: 'missing-property', message: '`cpp[0]` lacks `reason`.', range: { start: { line: 2, column: 5 } } }]);
  });
});
