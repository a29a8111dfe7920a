/**
 * `make parity`: `vgi-gen parity --cpp` against the headers that the DuckDB extension's repository held in each protocol version. They are fetched
 * into `.parity/` from `VGI_EXTENSION_REPOSITORY` (a URL or a clone on this machine; by default the public repository). Skipped where that is out of reach.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const repository = process.env.VGI_EXTENSION_REPOSITORY ?? 'https://github.com/Query-farm/vgi';
const suite = 'parity --cpp';
/** Milliseconds that a fetch may take. */
const FETCH_TIME = 120_000;

const commits = [
  { version: '1.0.0', commit: '33616a867d1c5dcf5255660e898ea17d33bf8c1e', what: 'the first with a version' },
  { version: '1.0.0', commit: '15fe529e245f912d3833e6190bae16b010519902', what: 'extension h1-5-3' },
  { version: '1.1.0', commit: '692e918427845b916a2c6af98d9e6aa0bf21b438', what: 'the first of 1.1.0' },
  { version: '1.2.0', commit: 'c17a23b95727ff7121b055a7577907c145e2af44', what: 'the first of 1.2.0' },
  { version: '1.2.0', commit: '171ae0f361b9d131ccf8a148ab133ef6537541cf', what: 'extension h1-5-4' },
  { version: '1.3.0', commit: 'e76ba865d0cb1c138fce57631c2745f0c1165001', what: 'the first of 1.3.0' },
];

const report = (passed, failed, skipped) => console.log(`@@ ${suite}: ${JSON.stringify({ passed, failed, skipped })}`);

/** Puts the headers of a commit into a folder. Only they are taken out of the repository. */
function unpack(git, commit) {
  const folder = join(root, '.parity', 'extension-headers', commit.slice(0, 7));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const archive = execFileSync('git', ['--git-dir', git, 'archive', '--format=tar', commit, 'src/generated'], { maxBuffer: 1 << 26 });
  execFileSync('tar', ['-x', '--strip-components=2', '-C', folder], { input: archive });
  return folder;
}

/** Runs the comparison. Gives what it found if that is not what it should be. */
function compare(folder, version) {
  const args = ['parity', '--cpp', folder, '--explained', 'tools/parity/explained/extension-headers.yaml'];
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...args], { cwd: root, encoding: 'utf8' });
  return status === 0 && stderr.includes(`cpp: vgi ${version}: compared `) ? undefined : `status ${status}\n${stderr}`;
}

const git = join(root, '.parity', 'extension.git');
execFileSync('git', ['init', '--quiet', '--bare', git], { stdio: ['ignore', 'ignore', 'inherit'] });
const fetched = spawnSync('git', ['--git-dir', git, 'fetch', '--quiet', '--depth', '1', repository, ...commits.map(({ commit }) => commit)], { encoding: 'utf8', timeout: FETCH_TIME, env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });
if (fetched.status !== 0) {
  console.log(`${suite}: ${repository} cannot be reached (${(fetched.stderr || String(fetched.error)).trim().split('\n')[0]})`);
  report(0, 0, [`${suite} > headers of the DuckDB extension`]);
} else {
  let failed = 0;
  for (const { version, commit, what } of commits) {
    const problem = compare(unpack(git, commit), version);
    const title = `headers of ${version} (${what}, ${commit.slice(0, 7)})`;
    console.log(problem === undefined ? `${suite}: ${title}: no unexplained difference` : `FAILED ${suite} > ${title}: ${problem}`);
    if (problem !== undefined) failed++;
  }
  report(commits.length - failed, failed, []);
  process.exitCode = failed > 0 ? 1 : 0;
}
