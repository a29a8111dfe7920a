import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runInFolder } from '../run-in-folder.ts';

const cases = fileURLToPath(new URL('cases/', import.meta.url));
const names = readdirSync(cases).sort();

const copies: string[] = [];
afterAll(() => {
  for (const folder of copies) rmSync(folder, { recursive: true });
});

/** Away from this project, which has a configuration. */
function copyOf(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-mistake-'));
  copies.push(folder);
  cpSync(join(cases, name), folder, { recursive: true });
  return folder;
}

/** What vgi-gen says of a library with one mistake in it; `RECORD=true` writes it down anew. */
describe('a mistake', () => {
  it.each(names)('%s is shown once, where it is, with what to do', async (name) => {
    const folder = copyOf(name);
    const { status, out, err } = await runInFolder(folder, ['lint', 'protocol.yaml']);
    const file = join(cases, name, 'expected.txt');
    if (process.env['RECORD'] === 'true') writeFileSync(file, err);
    expect(err).toBe(readFileSync(file, 'utf8'));
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(/^1 error in 1 file$/m);
    expect(err).not.toMatch(/^ +at |undefined|\[object/m);
  });

  it('is of thirty kinds or more', () => {
    expect(names.length).toBeGreaterThanOrEqual(30);
    const kinds = new Set(names.map((name) => /VGI\d+/.exec(readFileSync(join(cases, name, 'expected.txt'), 'utf8'))?.[0]));
    expect(kinds.size).toBeGreaterThanOrEqual(27);
  });

  it('in the middle of 100,000 lines is found as well, in seconds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-long-'));
    try {
      const head = readFileSync(join(cases, 'no-protocol/protocol.yaml'), 'utf8');
      const protocol = readFileSync(join(cases, 'tag/protocol.yaml'), 'utf8').split('types:')[0] ?? '';
      const types = Array.from({ length: 25_000 }, (_, index) => `  Card${index}:\n    doc: Number ${index} of the catalogue.\n    fields:\n      shelf: {type: ${index === 12_345 ? 'Shelff' : 'Shelf'}, doc: Where the book is.}\n`);
      const text = protocol + head.replace('types:\n', `types:\n${types.join('')}`);
      writeFileSync(join(folder, 'protocol.yaml'), text);
      const { status, err } = await runInFolder(folder, ['lint', 'protocol.yaml']);
      expect(text.split('\n').length).toBeGreaterThan(100_000);
      expect(status).toBe(1);
      expect(err).toBe(`protocol.yaml:${9 + 1 + 12_345 * 4 + 4}:21 - error VGI3002 unknown-type: field \`shelf\` of \`Card12345\` uses \`Shelff\`, which is neither a type, an enum nor a built-in type.
  ${9 + 1 + 12_345 * 4 + 4} |       shelf: {type: Shelff, doc: Where the book is.}
        |                     ^^^^^^
  hint: did you mean \`Shelf\` (declared at protocol.yaml:100019:3)?

1 error in 1 file
`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
