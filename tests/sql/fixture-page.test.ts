import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fixturePage } from './fixture-page.ts';
import { sqlFiles } from './sql-files.ts';
import { servedCatalog } from './served-catalog.ts';

it('docs/fixtures.md lists what is served and the SQL that is run; `-u` writes it', async () => {
  const files = sqlFiles.map((file) => ({ file, text: readFileSync(new URL(file, import.meta.url), 'utf8') }));
  await expect(fixturePage(servedCatalog(), files)).toMatchFileSnapshot('../../docs/fixtures.md');
});
