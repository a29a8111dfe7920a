import { describe, expect, it } from 'vitest';
import { createDiagnostic, wholeFile } from '../../../generator/diagnostics/diagnostic.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { loadExplanations } from '../../../generator/parity/explanations.ts';
import type { Difference, ParityReport } from '../../../generator/parity/oracle.ts';
import { projectFolder } from '../cli/project-folder.ts';
import { runInFolder } from '../run-in-folder.ts';
import { ShopProject } from './shop.ts';

describe('parity', () => {
  it('wants to know what to compare with', async () => {
    const { status, err } = await runInFolder(projectFolder(), ['parity']);
    expect(err).toMatch(/error VGI8200 no-peer: nothing says what to compare the definitions with\./);
    expect(status).toBe(2);
  });
});

describe('a difference', () => {
  const header = 'upstream/shop_protocol_constants.hpp';
  const message = 'constant `SHOP_MAX_ITEMS` is `99`; in shop 1.0.0 it is `100`.';
  const drifted = (files: Readonly<Record<string, string>> = {}): ShopProject => {
    const shop = new ShopProject(files);
    shop.edit(header, '100', '99');
    return shop;
  };

  it('is shown as text, with both places', async () => {
    const shop = drifted();
    const { status, err } = await runInFolder(shop.folder, ['parity', '--cpp', 'upstream']);
    expect(err).toBe(`${shop.place(header, '99')} - error VGI8256 cpp-value-differs: ${message}
  5 | inline constexpr int32_t SHOP_MAX_ITEMS = 99;
    |                                           ^^
  see: ${shop.place('schema/shop.yaml', 'MAX_ITEMS:')} - the definition

1 error in 1 file
cpp: shop 1.0.0: compared 4 headers, 6 schemas, 2 request builders, 5 constants
`);
    expect(status).toBe(1);
  });

  it('is shown in every other format', async () => {
    const shop = drifted();
    const run = async (format: string) => runInFolder(shop.folder, ['parity', '--cpp', 'upstream', '--format', format]);
    expect(await run('github')).toEqual({ status: 1, err: '', out: `::error file=${header},line=5,endLine=5,col=43,endColumn=45,title=VGI8256 cpp-value-differs::${message}%0Asee: ${shop.place('schema/shop.yaml', 'MAX_ITEMS:')} - the definition\n` });
    const sarif = JSON.parse((await run('sarif')).out) as object;
    expect(sarif).toMatchObject({ runs: [{ results: [{ ruleId: 'VGI8256', level: 'error', locations: [{ physicalLocation: { artifactLocation: { uri: header } } }], relatedLocations: [{ physicalLocation: { artifactLocation: { uri: 'schema/shop.yaml' } } }] }] }] });
    expect(JSON.parse((await run('json')).out)).toMatchObject({
      compared: [{ oracle: 'cpp', protocol: 'shop' }],
      differences: [{ oracle: 'cpp', protocol: 'shop', version: '1.0.0', subject: 'SHOP_MAX_ITEMS', finding: 'cpp-value-differs', message }],
      explained: [],
      diagnostics: [{ code: 'VGI8256', message }],
    });
  });

  it('may be explained', async () => {
    const shop = drifted({ 'explained.yaml': 'cpp:\n  - {protocol: shop, finding: cpp-value-differs, of: [SHOP_MAX_ITEMS], reason: Tills are slow.}\n' });
    const { status, err } = await runInFolder(shop.folder, ['parity', '--cpp', 'upstream', '--explained', 'explained.yaml']);
    expect(err).toMatch(/^cpp: shop 1\.0\.0: .*\n1 more difference is explained in explained\.yaml\n$/);
    expect(status).toBe(0);
    shop.edit(header, '99', '100');
    expect(await shop.parity('--cpp', 'upstream', '--explained', 'explained.yaml')).toMatchObject({ status: 1, found: [[shop.place('explained.yaml', 'SHOP_MAX_ITEMS'), 'unused-explanation', 'this explains nothing: shop 1.0.0 has no `cpp-value-differs` of `SHOP_MAX_ITEMS`.']] });
  });

  it('may be asked for by the configuration', async () => {
    const shop = drifted({ 'explained.yaml': 'cpp:\n  - {protocol: shop, finding: cpp-value-differs, of: [SHOP_*], reason: Tills are slow.}\n' });
    shop.write('vgi-gen.config.yaml', `${shop.read('vgi-gen.config.yaml')}parity: {cpp: upstream, explained: explained.yaml}\n`);
    expect(await shop.parity()).toMatchObject({ status: 0, found: [], explained: [{ subject: 'SHOP_MAX_ITEMS', reason: 'Tills are slow.' }] });
    const inside = await runInFolder(`${shop.folder}/schema`, ['parity', '--format', 'json']);
    expect(inside).toMatchObject({ status: 0, err: '' });
  });

  it('of two kinds of implementations is found in one run', async () => {
    const shop = await drifted().generate();
    shop.write('generated/shop/vectors/Part.jsonl', '');
    const { status, found } = await shop.parity('--cpp', 'upstream', '--vectors', 'generated/shop/vectors');
    expect(found.map(([, slug]) => slug)).toEqual(['vector-missing', 'cpp-value-differs']);
    expect(status).toBe(1);
    const refused = await shop.parity('--cpp', 'upstream', '--vectors', 'nowhere');
    expect([refused.status, refused.found.map(([, slug]) => slug)]).toEqual([2, ['unusable-peer', 'cpp-value-differs']]);
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

  it('of what varies need not explain anything', () => {
    const { explanations } = explained('cpp:\n  - {protocol: shop, varies: true, finding: unusable-peer, of: [Item], reason: Because.}\n');
    expect(explanations?.judge('cpp', report()).diagnostics).toEqual([]);
  });

  it('have to give a reason', () => {
    const { explanations, diagnostics } = explained('cpp:\n  - {protocol: shop, finding: unusable-peer, of: [Item]}\n');
    expect(explanations).toBeUndefined();
    expect(diagnostics).toMatchObject([{ slug: 'missing-property', message: '`cpp[0]` lacks `reason`.', range: { start: { line: 2, column: 5 } } }]);
  });
});
