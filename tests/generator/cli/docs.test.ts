import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInFolder } from '../run-in-folder.ts';
import { projectFolder, shopConfig, shopTypes } from './project-folder.ts';

describe('docs', () => {
  it('writes the Markdown reference and the page of every protocol, whatever its targets are', async () => {
    const folder = projectFolder();
    const { status, out, err } = await runInFolder(folder, ['docs']);
    expect([status, out]).toEqual([0, '']);
    expect(err).toContain('wrote reference/echo/docs/index.md (new)\n');
    expect(err).toContain('wrote reference/echo/html/index.html (new)\n');
    expect(readFileSync(join(folder, 'reference/echo/html/index.html'), 'utf8')).toContain('<article id="type/Item"');
    expect((await runInFolder(folder, ['docs'])).err).toMatch(/^0 written, 0 deleted, \d up to date\n$/);
    expect(existsSync(join(folder, 'generated'))).toBe(false);
  });

  it('goes where the command line says, or else the configuration', async () => {
    const folder = projectFolder({ 'vgi-gen.config.yaml': `${shopConfig}docs: {out: site/api, dry_run: true}\n` });
    expect((await runInFolder(folder, ['docs'])).err).toContain('would write site/api/echo/html/index.html (new)\n');
    expect(existsSync(join(folder, 'site'))).toBe(false);
    await runInFolder(folder, ['docs', '--no-dry-run', '--out', 'elsewhere/']);
    expect(existsSync(join(folder, 'elsewhere/echo/html/index.html'))).toBe(true);
  });

  it('writes nothing outside of the project, over files of others, or of a definition with errors', async () => {
    const folder = projectFolder();
    for (const out of ['..', '../site', '.', join(folder, 'site')]) {
      const { status, err } = await runInFolder(folder, ['docs', '--out', out]);
      expect([out, status]).toEqual([out, 2]);
      expect(err).toContain('VGI1022 unsafe-output');
    }
    await runInFolder(folder, ['docs']);
    writeFileSync(join(folder, 'reference/echo/html/index.html'), 'mine\n');
    const refused = await runInFolder(folder, ['docs']);
    expect([refused.status, readFileSync(join(folder, 'reference/echo/html/index.html'), 'utf8')]).toEqual([1, 'mine\n']);
    const broken = projectFolder({ 'schema/types.yaml': shopTypes.replace('int64', 'int46') });
    expect([(await runInFolder(broken, ['docs'])).status, existsSync(join(broken, 'reference'))]).toEqual([1, false]);
  });

  it('can be guarded by check: the page is a target, too', async () => {
    const folder = projectFolder({ 'vgi-gen.config.yaml': shopConfig.replace('[ts]', '[html]') });
    expect((await runInFolder(folder, ['generate'])).err).toContain('wrote generated/echo/html/index.html (new)\n');
    expect((await runInFolder(folder, ['check'])).status).toBe(0);
  });
});
