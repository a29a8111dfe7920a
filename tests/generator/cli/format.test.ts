import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInFolder } from '../run-in-folder.ts';
import { projectFolder, shopTypes } from './project-folder.ts';

describe('format', () => {
  it('writes files that are not in canonical layout, once', async () => {
    const folder = projectFolder();
    const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
    const check = await runInFolder(folder, ['format', '--check', '--diff']);
    expect(check.status).toBe(1);
    expect(check.err).toContain('schema/types.yaml - error VGI8005 unformatted: is not in the canonical layout (first difference at line 2).');
    expect(check.out).toContain('--- a/schema/types.yaml\n+++ b/schema/types.yaml\n');
    expect(read('schema/types.yaml')).toBe(shopTypes);

    const first = await runInFolder(folder, ['format']);
    expect(first).toMatchObject({ status: 0, out: '', err: 'formatted schema/protocol.yaml\nformatted schema/types.yaml\n2 formatted, 0 in canonical layout\n' });
    const before = statSync(join(folder, 'schema/types.yaml')).mtimeMs;
    expect(await runInFolder(folder, ['format'])).toMatchObject({ status: 0, err: '0 formatted, 2 in canonical layout\n' });
    expect(statSync(join(folder, 'schema/types.yaml')).mtimeMs).toBe(before);
    expect((await runInFolder(folder, ['format', '--check', '--quiet'])).err).toBe('');
  });

  it('leaves alone what is not YAML, says so, and formats the rest', async () => {
    const folder = projectFolder({ 'schema/types.yaml': 'types: {\n' });
    const { status, err } = await runInFolder(folder, ['format']);
    expect(status).toBe(1);
    expect(err).toMatch(/schema\/types\.yaml:\d+:\d+ - error VGI1003 yaml-syntax/);
    expect(readFileSync(join(folder, 'schema/types.yaml'), 'utf8')).toBe('types: {\n');
  });

  it('has nothing to do in our own definitions', async () => {
    const { status, err } = await runInFolder(new URL('../../..', import.meta.url).pathname, ['format', '--check']);
    expect([status, err]).toEqual([0, expect.stringMatching(/^0 formatted, \d+ in canonical layout\n$/)]);
  });
});
