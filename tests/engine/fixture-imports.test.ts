import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../fixtures', import.meta.url));
const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** Modules that a text imports or exports from, statically or not. */
function importsOf(text: string): string[] {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*(['"])([^'"]+)\1/g)].map(([, , specifier]) => specifier as string);
}

/** Why a fixture may not import a module; undefined if it may. */
function objection(module: string, specifier: string): string | undefined {
  if (specifier === 'vgi-gen/worker' || specifier.startsWith('node:')) return undefined;
  if (!specifier.startsWith('.')) return `${module} imports ${specifier}`;
  const target = relative(folder, join(folder, dirname(module), specifier));
  return target.startsWith('..') ? `${module} reaches out of fixtures/: ${specifier}` : undefined;
}

describe('fixtures', () => {
  it('import what worker authors import, and each other', () => {
    expect(modules.length).toBeGreaterThan(4);
    const objections = modules.flatMap((module) => importsOf(readFileSync(join(folder, module), 'utf8')).map((specifier) => objection(module, specifier)));
    expect(objections.filter((each) => each !== undefined)).toEqual([]);
  });

  it('would be caught importing anything else', () => {
    const text = "import { a } from '../../worker/catalog.ts';\nexport * from \"vgi-gen/vgi\";\nconst b = await import('../catalog.ts');\nimport 'apache-arrow';";
    expect(importsOf(text).map((specifier) => objection('table/x.ts', specifier))).toEqual([
      'table/x.ts reaches out of fixtures/: ../../worker/catalog.ts',
      'table/x.ts imports vgi-gen/vgi',
      undefined,
      'table/x.ts imports apache-arrow',
    ]);
  });
});
