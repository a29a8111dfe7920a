/** The reference implementation of the RPC layer, a Python package, installed into `.parity/` in the releases that are compared with. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../.parity', import.meta.url));

/** What its HTTP client needs to read compressed answers. */
const FURTHER = 'httpx2[zstd]';

export const releases = [
  /** The last one without routing key, and the one whose facts the service was written from. */
  { name: 'vgi-rpc 0.42.3', folder: 'vgi-rpc-0.42.3', requirement: 'vgi-rpc[http,conformance]==0.42.3', protocolVersion: '1.0.0', payloadsInLog: true },
  { name: 'newest vgi-rpc', folder: 'vgi-rpc-newest', requirement: 'vgi-rpc[http,conformance,external,mtls]', protocolVersion: '2.0.0', payloadsInLog: false },
];

/** Installs a release if it is not there; gives the folder of its executables. */
export function installed({ folder, requirement }) {
  const environment = join(cache, folder);
  const bin = join(environment, 'bin');
  if (!existsSync(join(bin, 'vgi-rpc-test'))) {
    console.log(`installing ${requirement} ...`);
    mkdirSync(cache, { recursive: true });
    execFileSync(findPython(), ['-m', 'venv', '--clear', environment], { stdio: 'inherit' });
    execFileSync(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', requirement, FURTHER], { stdio: 'inherit' });
  }
  return bin;
}

/** A Python that the reference runs on: 3.13 or newer, on PATH or under pyenv. */
function findPython() {
  const pyenv = join(process.env.PYENV_ROOT ?? join(process.env.HOME ?? '', '.pyenv'), 'versions');
  const versions = existsSync(pyenv) ? readdirSync(pyenv).filter((name) => /^3\.(1[3-9]|[2-9]\d)/.test(name)) : [];
  const candidates = [...versions.map((name) => join(pyenv, name, 'bin', 'python')), 'python3.14', 'python3.13', 'python3'];
  const found = candidates.find((python) => {
    const answer = spawnSync(python, ['-c', 'import sys; print(sys.version_info >= (3, 13))']);
    return answer.status === 0 && answer.stdout.toString().trim() === 'True';
  });
  if (!found) throw new Error('the reference implementation of vgi-rpc needs Python 3.13 or newer, on PATH or under pyenv');
  return found;
}
