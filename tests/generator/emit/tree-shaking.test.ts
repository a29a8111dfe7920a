import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What is left of the generated VGI modules when a program uses only this, without the runtime and without what it loads later. */
async function bundle(program: string): Promise<string> {
  const result = await build({
    stdin: { contents: program, resolveDir: `${root}generated/vgi/ts`, loader: 'ts' },
    bundle: true,
    format: 'esm',
    write: false,
    external: ['vgi-gen/runtime/v1', './layouts-*'],
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
}

const declared = (text: string): string[] => [...text.matchAll(/^(?:var|function|class) (\w+)/gm)].map(([, name = '']) => name).sort();

describe('a program pulls in', () => {
  it('one codec with what it carries, and nothing else', async () => {
    const text = await bundle(`import { catalogsResponseCodec } from './index.ts'; console.log(catalogsResponseCodec);`);
    expect(declared(text)).toEqual(['attachOptionSpecCodec', 'catalogInfoCodec', 'catalogReleaseValue', 'catalogsResponseCodec']);
  });

  it('one enum alone', async () => {
    expect(declared(await bundle(`import { FunctionType } from './index.ts'; console.log(FunctionType);`))).toEqual(['FunctionType']);
  });

  it('no codec at all for a default or a constant', async () => {
    const text = await bundle(`import { DEFAULT_MAX_WORKERS, newBindResponse } from './index.ts'; console.log(DEFAULT_MAX_WORKERS, newBindResponse);`);
    expect(declared(text)).toEqual(['DEFAULT_MAX_WORKERS', 'newBindResponse']);
  });

  it('no layout of an earlier version before a peer speaks it', async () => {
    const text = await bundle(`import { VgiClient, VgiHandlers, vgiProtocol } from './index.ts'; console.log(VgiClient, VgiHandlers, vgiProtocol);`);
    expect([...new Set(text.match(/(?:import\(|from )"\.\/layouts-[^"]*"/g))].sort()).toEqual(
      ['1.0.0', '1.1.0', '1.2.0', '1.3.0'].map((version) => `import("./layouts-${version}.ts"`),
    );
  });

  it('nothing for types', async () => {
    expect(await bundle(`import type { TableInfo } from './index.ts'; export type Mine = TableInfo;`)).not.toMatch(/var|function|class/);
  });
});
