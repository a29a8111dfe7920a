import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceAliases } from '../../vitest.config.ts';
import { DuckDbSession } from './duckdb-session.ts';

const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
const document = readFileSync(new URL('../../docs/workers.md', import.meta.url), 'utf8');
const headings = ['## What scans can do', '## Functions from rows to rows', '## Secrets'];

/** The TypeScript of a part of the document. */
function examplesUnder(heading: string): string[] {
  const [, rest = ''] = document.split(`\n${heading}\n`);
  const [part = ''] = rest.split(/\n## /);
  return [...part.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code as string);
}

interface Statement {
  readonly sql: string;
  /** Rows between bars, values between commas; absent for statements without. */
  readonly rows?: string;
}

/** Comments with SQL, each followed by its rows if it is a SELECT. */
function statementsIn(code: string): Statement[] {
  const lines = code.split('\n').filter((line) => line.startsWith('// ')).map((line) => line.slice(3));
  return lines.flatMap((sql, index) => (/^(SELECT|CREATE)/.test(sql) ? [{ sql, ...(sql.startsWith('SELECT') && { rows: lines[index + 1] as string }) }] : []));
}

const examples = headings.flatMap(examplesUnder);
const declared = (kind: RegExp): string[] => examples.flatMap((code) => [...code.matchAll(kind)].map(([, name]) => name as string));

describe('the examples for scans, functions from rows to rows and secrets', () => {
  let folder: string;
  let session: DuckDbSession;

  beforeAll(async () => {
    folder = mkdtempSync(join(cache, 'examples-'));
    const text = `import { bufferedTableFunction, float64, int64, named, notNull, partitionColumn, redacted, rowFunction, runWorker, secretType, tableFunction, tableInOutFunction, tableInput, utf8, varargs } from 'vgi-gen/worker';
${examples.join('\n')}
await runWorker({ name: 'catalog', secretTypes: [${declared(/^const (\w+) = secretType/gm).join(', ')}], schemas: { main: { functions: [${declared(/^const (\w+) = \w+Function\(/gm).join(', ')}] } } });`;
    writeFileSync(join(folder, 'worker.ts'), text);
    buildSync({ entryPoints: [join(folder, 'worker.ts')], outfile: join(folder, 'worker.mjs'), bundle: true, format: 'esm', platform: 'node', target: 'node20', packages: 'external', alias: sourceAliases });
    session = await DuckDbSession.start('duckdb-1.5.5', { threads: '2' }, { VGI_WORKER_SHARED_STORAGE: `sqlite:${join(folder, 'storage.db')}` });
    await session.query(`ATTACH 'catalog' AS catalog (TYPE vgi, LOCATION '${process.execPath} ${join(folder, 'worker.mjs')}')`);
  });
  afterAll(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are there', () => {
    expect(examples.length).toBe(6);
    expect(examples.every((code) => statementsIn(code).some(({ rows }) => rows !== undefined))).toBe(true);
  });

  it.each(examples.map((code) => [/name: '(\w+)'/.exec(code)?.[1] ?? code, code]))('%s gives what the document says', async (_, code) => {
    for (const { sql, rows } of statementsIn(code)) {
      const given = (await session.query(sql)).rows.map((row) => row.join(',')).join(' | ');
      if (rows !== undefined) expect(given).toBe(rows);
    }
  });
});
