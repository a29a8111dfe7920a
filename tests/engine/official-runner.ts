import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const engines = fileURLToPath(new URL('../../engines', import.meta.url));
const runner = join(engines, 'haybarn-unittest-1.5.3', 'node_modules', 'haybarn-unittest', 'haybarn-unittest.cjs');

/** What the runner said of one run. */
export interface RunnerReport {
  /** Places of the first failure of each file, `data/numbers.test:13`. */
  readonly failed: readonly string[];
  readonly passed: number;
  /** What skipped files wanted. */
  readonly skipped: readonly string[];
  readonly output: string;
}

/** The extension that the runner can load: it is DuckDB 1.5.3 as Haybarn builds it. */
function extension(): string {
  const scope = join(engines, 'haybarn-1.5.3', 'node_modules', '@haybarn');
  const name = readdirSync(scope).find((each) => each.startsWith('ext-vgi-') && each.endsWith(`-${process.platform}-${process.arch}`));
  if (name === undefined) throw new Error(`there is no extension in ${scope}`);
  return join(scope, name, 'bin', 'vgi.duckdb_extension');
}

/**
 * Gives sqllogictest files to the official runner. It has the extension not built in, so `require vgi` becomes a LOAD, as in the CI of other
 * workers; nothing else is changed. The runner finds files below `test` of the folder it is told.
 */
export async function runOfficially(folder: string, files: readonly string[], environment: Readonly<Record<string, string>>): Promise<RunnerReport> {
  const root = mkdtempSync(join(tmpdir(), 'vgi-gen-runner-'));
  try {
    for (const file of files) {
      const staged = join(root, 'test', 'sql', file);
      mkdirSync(dirname(staged), { recursive: true });
      writeFileSync(staged, readFileSync(join(folder, file), 'utf8').replace(/^require vgi$/m, `statement ok\nLOAD '${extension()}'`));
    }
    writeFileSync(join(root, 'names'), files.map((file) => `test/sql/${file}\n`).join(''));
    const output = await outputOf([runner, '--test-dir', root, '--input-file', join(root, 'names')], { ...environment, QUERY_FARM_TELEMETRY_OPT_OUT: '1', TMPDIR: root });
    return report(output);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function outputOf(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}

function report(output: string): RunnerReport {
  const [, all] = /^All tests passed \(\d+ assertions? in (\d+) test cases?\)$/m.exec(output) ?? [];
  const [, some] = /^test cases: +\d+ \| +(\d+) passed/m.exec(output) ?? [];
  const [, reasons = ''] = /Skipped tests for the following reasons:\n((?:.+: \d+\n?)+)/.exec(output) ?? [];
  return {
    // A record that fails, or a line that the runner cannot read.
    failed: [...new Set([...output.matchAll(/^ *test\/sql\/(\S+?:\d+): /gm)].map(([, place]) => place as string))],
    passed: Number(all ?? some ?? 0),
    skipped: reasons.split('\n').filter((line) => line !== ''),
    output,
  };
}
