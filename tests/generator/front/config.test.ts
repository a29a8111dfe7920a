import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../generator/config/load-config.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { unmark } from './fixtures/fixture.ts';

const load = (text: string) => loadConfig(memoryFileSystem({ 'vgi-gen.config.yaml': text }), 'vgi-gen.config.yaml');
const protocol = (output: string): string => `  - {definition: a.yaml, output: ${output}, targets: [ts]}\n`;

describe('the configuration', () => {
  it('is read with defaults and normal paths', () => {
    const { config, diagnostics } = load('protocols:\n  - {definition: ./schema/a.yaml, output: out/a/, targets: [ts, docs]}\n');
    expect(diagnostics).toEqual([]);
    expect(config).toMatchObject({
      runtimeImport: 'vgi-gen/runtime/v1',
      protocols: [{ definition: 'schema/a.yaml', output: 'out/a', targets: [{ name: 'ts' }, { name: 'docs' }], definitionRange: { start: { line: 2, column: 18 } } }],
    });
    expect(load('protocols: [{definition: a.yaml, output: out, targets: [ts], adapters_import: ../adapters.ts}]\n').config?.protocols[0]?.adaptersImport).toBe('../adapters.ts');
    expect(load(`runtime_import: ../runtime.ts\nprotocols:\n${protocol('out')}`).config?.runtimeImport).toBe('../runtime.ts');
  });

  const rejected: readonly (readonly [slug: string, text: string])[] = [
    ['file-not-found', ''],
    ['missing-property', '«runtime_import: x»\n'],
    ['unknown-property', `protocols:\n${protocol('out')}«targets»: [ts]\n`],
    ['too-few', '«protocols»: []\n'],
    ['missing-property', 'protocols:\n  - «{definition: a.yaml, output: out}»\n'],
    ['bad-format', `protocols:\n${protocol('«/tmp/out»')}`],
    ['bad-format', `protocols:\n${protocol("«'..\\out'»")}`],
    ['unsafe-output', `protocols:\n${protocol('«../out»')}`],
    ['unsafe-output', `protocols:\n${protocol('«out/..»')}`],
    ['overlapping-outputs', `protocols:\n${protocol('out')}${protocol('«out/inner»')}`],
    ['overlapping-outputs', `protocols:\n${protocol('out/a')}${protocol('«out/a»')}`],
    ['yaml-syntax', 'protocols: «}»\n'],
  ];
  it.each(rejected)('%s: %s', (slug, marked) => {
    const { text, range } = unmark(marked);
    const loaded = text === '' ? loadConfig(memoryFileSystem({}), 'vgi-gen.config.yaml') : load(text);
    expect(loaded.config).toBeUndefined();
    expect(loaded.diagnostics.map((found) => found.slug)).toEqual([slug]);
    if (range !== undefined) expect([loaded.diagnostics[0]?.range.start.offset, loaded.diagnostics[0]?.range.end.offset]).toEqual(range);
  });
});
