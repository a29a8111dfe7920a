import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };

export interface Output {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; a status other than 0 is an answer, not an error. */
export async function run(folder: string, command: string, ...args: string[]): Promise<Output> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, { cwd: folder, maxBuffer: 1 << 26, env: { ...process.env, NO_COLOR: '1' } });
    return { status: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw error;
    return { status: code, stdout: stdout ?? '', stderr: stderr ?? '' };
  }
}

/** Like `run`, where every status but 0 fails the test with what the program said. */
export async function succeed(folder: string, command: string, ...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await run(folder, command, ...args);
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

/** The package as it would be published, and folders to use it in. All of it lies in one folder that `remove` deletes. */
export class PackedPackage {
  readonly folder: string;
  readonly tarball: string;

  private constructor(folder: string, tarball: string) {
    this.folder = folder;
    this.tarball = tarball;
  }

  /** Packs the built tree. */
  static async create(): Promise<PackedPackage> {
    if (!existsSync(join(root, 'dist/types/runtime/v1.d.ts'))) throw new Error('dist/ is not built: run `node tools/build.mjs`');
    const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-packed-'));
    await succeed(root, 'npm', 'pack', '--ignore-scripts', '--pack-destination', folder);
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
    if (tarball === undefined) throw new Error('npm pack wrote no tarball');
    return new PackedPackage(folder, join(folder, tarball));
  }

  /** An empty project into which the package, tsc and the types of Node are installed as a user would. */
  async install(name: string): Promise<string> {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}\n');
    const pinned = ['typescript', '@types/node'].map((dependency) => `${dependency}@${devDependencies[dependency]}`);
    await succeed(folder, 'npm', 'install', this.tarball, ...pinned, ...quietly);
    return folder;
  }

  /** A folder inside an installed project, with the files of tests/package/projects/<project>. It finds the packages of the project. */
  subproject(installed: string, project: string): string {
    const folder = join(installed, project);
    cpSync(join(root, 'tests/package/projects', project), folder, { recursive: true });
    return folder;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** npm without talk and without questions to the registry that the cache can answer. */
export const quietly = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
