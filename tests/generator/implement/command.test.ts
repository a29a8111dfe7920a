import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shopDefinition } from './shop.ts';

const program = fileURLToPath(new URL('../../../bin/vgi-gen', import.meta.url));
const worker = "#!/usr/bin/env node\nimport { VgiHandlers } from 'vgi-gen/vgi';\n\nnew (class extends VgiHandlers {\n})();\n";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vgi-gen-implement-'));
  mkdirSync(join(folder, 'src'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
function implement(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'implement', ...args], { cwd: join(folder, 'src'), encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('vgi-gen implement', () => {
  it("works on the package's own classes without a configuration, and keeps rights and links", () => {
    put('worker.ts', worker);
    chmodSync(join(folder, 'worker.ts'), 0o755);
    symlinkSync('../worker.ts', join(folder, 'src/link.ts'));
    const { status, stdout, stderr } = implement('link.ts');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toContain('link.ts: mended: `the class` lacks the required method `bind`.\n');
    expect(read('worker.ts')).toContain('  override bind(request: BindRequest, context: CallContext): MaybePromise<BindResponse> {\n');
    expect(statSync(join(folder, 'worker.ts')).mode & 0o777).toBe(0o755);
    expect(readdirSync(folder).sort()).toEqual(['src', 'worker.ts']);
    expect(implement('link.ts')).toEqual({ status: 0, stdout: '', stderr: 'every handler class is up to date\n' });
  });

  it('shows without writing', () => {
    put('src/worker.ts', worker);
    const shown = implement('worker.ts', '--dry-run', '--diff', '--quiet');
    expect(shown).toMatchObject({ status: 0, stderr: '' });
    expect(shown.stdout).toMatch(/^--- a\/worker\.ts\n\+\+\+ b\/worker\.ts\n@@ -1,5 [^]*\+ {2}override catalogAttach\(/);
    const checked = implement('worker.ts', '--check', '--format', 'json');
    expect(checked).toMatchObject({ status: 1, stderr: '' });
    expect(JSON.parse(checked.stdout)).toMatchObject({ changed: ['worker.ts'], diagnostics: expect.arrayContaining([expect.objectContaining({ slug: 'handler-missing' })]) });
    expect(read('src/worker.ts')).toBe(worker);
  });

  it('finds the configuration above, and reports what is gone while it mends the rest', () => {
    put('shop.yaml', shopDefinition);
    put('vgi-gen.config.yaml', 'protocols: [{definition: shop.yaml, output: generated/shop, targets: [ts]}]\n');
    put('src/shop.ts', "import { ShopHandlers } from '../generated/shop/ts/index.ts';\nexport class Shop extends ShopHandlers {\n  override sell(): void {}\n}\n");
    const { status, stderr } = implement('shop.ts');
    expect(status).toBe(1);
    expect(stderr).toContain('shop.ts:3:12 - error VGI8012 handler-gone: shop.yaml has no method for `Shop.sell` any more.\n  3 |   override sell(): void {}\n');
    expect(read('src/shop.ts')).toContain('override sell(): void {}\n\n  /**\n');
    put('shop.yaml', shopDefinition.replace('result: void', 'result: nothing'));
    expect(implement('shop.ts')).toMatchObject({ status: 1, stderr: expect.stringContaining('unknown-type') });
  });

  it.each([
    ['missing.ts', undefined, 'there is no file `missing.ts`'],
    ['notes.md', '# no code', 'it is no TypeScript file'],
    ['latin.ts', Uint8Array.of(0x2f, 0x2f, 0xe9, 0x0a), 'it is not valid UTF-8'],
    ['plain.ts', 'export class A {}\n', 'there is no `vgi-gen.config.yaml`'],
  ])('refuses %s', (name, content, message) => {
    if (content !== undefined) put(`src/${name}`, content);
    const { status, stdout, stderr } = implement(name);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});
