import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { fixtureWorkerCommand } from '../sql/fixture-worker-command.ts';
import { isLaterThan } from '../sql/later-than.ts';
import { engineProtocols } from './engine-protocols.ts';
import { runOfficially } from './official-runner.ts';

const folder = fileURLToPath(new URL('../sql', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test')).sort();

const isLater = (file: string): boolean => isLaterThan(readFileSync(join(folder, file), 'utf8'), engineProtocols['haybarn-1.5.3']);

const scratch = mkdtempSync(join(tmpdir(), 'vgi-gen-official-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const environment = { VGI_TEST_WORKER: fixtureWorkerCommand(), VGI_TEST_TRANSPORT: 'stdio', VGI_TEST_THREADS: '8', VGI_TEST_BRANCH_DIR: scratch };

describe('the official runner of sqllogictest files', () => {
  it('accepts ours, with DuckDB 1.5.3 and the extension of protocol 1.0.0', { timeout: 300_000 }, async () => {
    const wanted = files.filter((file) => !isLater(file));
    const { failed, passed, skipped, output } = await runOfficially(folder, wanted, environment);
    expect(failed, output).toEqual([]);
    expect(skipped.filter((reason) => reason.startsWith('require vgi'))).toEqual([]);
    expect(passed).toBe(wanted.length);
    expect(passed).toBeGreaterThan(0);
  });

  it('does not accept what says to be later than that', { timeout: 300_000 }, async () => {
    const later = files.filter(isLater);
    expect(later.length).toBeGreaterThan(0);
    const { failed, output } = await runOfficially(folder, later, environment);
    expect(new Set(failed.map((place) => place.replace(/:\d+$/, ''))), output).toEqual(new Set(later));
  });
});
