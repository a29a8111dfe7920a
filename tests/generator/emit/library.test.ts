import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { emitLibrary } from './emit-library.ts';

const folder = fileURLToPath(new URL('library/generated', import.meta.url));

/** Set to anything, the files are written anew instead of compared: `RECORD_EMITTED=1 npx vitest run tests/generator/emit`. */
const recording = process.env['RECORD_EMITTED'] !== undefined;

const recorded = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();

describe('a small protocol with one of everything', async () => {
  const files = await emitLibrary();

  if (recording) {
    rmSync(folder, { recursive: true, force: true });
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }

  it('becomes the recorded files', () => {
    expect([...files.keys()].sort()).toEqual(recorded());
  });

  it.each([...files])('%s', (path, text) => {
    expect(text).toBe(readFileSync(join(folder, path), 'utf8'));
  });
});
