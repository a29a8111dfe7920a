/**
 * `make parity`, the part about C++ and Arrow: compiles the generated headers against the Arrow C++ inside the pyarrow wheel, once as C++17 with
 * pyarrow 20 and once as C++20 with the newest, and sends the golden vectors through: C++ reads and writes each, pyarrow reads, compares and
 * writes each, and our own reader compares what both wrote. Installs what it needs into `.parity/`.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.parity');

const toolchains = [
  { name: 'pyarrow 20, C++17', folder: 'pyarrow-20', requirement: 'pyarrow==20.*', standard: 'c++17' },
  { name: 'newest pyarrow, C++20', folder: 'pyarrow-newest', requirement: 'pyarrow', standard: 'c++20' },
];

const units = ['main', 'vgi', 'conformance'];

/** Optimizing would double the time to compile; the vectors take a second either way. */
const flags = ['-O0', '-Wall', '-Wextra', '-Wpedantic', '-Werror'];

/** Gives the Python of a virtual environment with the requirement. */
function installPyarrow({ folder, requirement }) {
  const environment = join(cache, folder);
  const python = join(environment, 'bin', 'python');
  if (spawnSync(python, ['-c', 'import pyarrow'], { stdio: 'ignore' }).status !== 0) {
    console.log(`installing ${requirement} ...`);
    execFileSync('python3', ['-m', 'venv', '--clear', environment], { stdio: 'inherit' });
    execFileSync(join(environment, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', requirement], { stdio: 'inherit' });
  }
  return python;
}

/** Runs a program to its end. Gives its output; throws what it said if it failed. */
function run(command, args, input = '') {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root });
    const output = [];
    const complaints = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => complaints.push(chunk));
    child.on('error', reject);
    // A program that ends early has its reason on stderr; the broken pipe says nothing more.
    child.stdin.on('error', () => {});
    child.on('close', (status) => {
      if (status === 0) resolve(Buffer.concat(output).toString());
      else reject(new Error(`${command} ended with ${status}:\n${Buffer.concat(complaints)}`));
    });
    child.stdin.end(input);
  });
}

/** Compiles the headers with a program that uses all of them. */
async function compile({ folder, standard }, python) {
  const wheel = execFileSync(python, ['-c', 'import pyarrow; print(pyarrow.__path__[0])']).toString().trim();
  const out = join(cache, 'cpp', folder);
  mkdirSync(out, { recursive: true });
  const object = (unit) => join(out, `${unit}.o`);
  await Promise.all(units.map((unit) => run('g++', [`-std=${standard}`, ...flags, '-isystem', join(wheel, 'include'), '-c', join(root, 'tools', 'parity', `${unit}.cpp`), '-o', object(unit)])));
  const program = join(out, 'round-trip');
  // The wheel has the library under its versioned name only, which the linker does not look for.
  const library = readdirSync(wheel).find((name) => /^libarrow\.so\.\d+$/.test(name));
  if (library === undefined) throw new Error(`there is no libarrow in ${wheel}`);
  rmSync(join(out, 'libarrow.so'), { force: true });
  symlinkSync(join(wheel, library), join(out, 'libarrow.so'));
  await run('g++', [...units.map(object), `-L${out}`, '-larrow', `-Wl,-rpath,${wheel}`, '-o', program]);
  return program;
}

/** Our side, bundled from its sources. */
async function loadReader() {
  const outfile = join(cache, 'vector-reader.mjs');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await build({ entryPoints: [join(root, 'tools', 'parity', 'vector-reader.ts')], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', external: Object.keys(dependencies), logLevel: 'warning' });
  return import(pathToFileURL(outfile).href);
}

/** Reports totals in the form that tools/summary.mjs adds up. */
function report(suite, problems, total) {
  for (const problem of problems.slice(0, 20)) console.log(`FAILED ${suite} > ${problem}`);
  if (problems.length > 20) console.log(`... and ${problems.length - 20} more`);
  console.log(`@@ ${suite}: ${JSON.stringify({ passed: total - problems.length, failed: problems.length, skipped: [] })}`);
  return problems.length;
}

/** Sends every vector through a program that answers each line with `ok <hex>` or `error <message>`, and compares what it wrote. */
async function rewrite(suite, { VectorReader, vectorName }, vectors, command, args, lineOf) {
  const reader = new VectorReader(root);
  const answers = (await run(command, args, vectors.map((vector) => `${lineOf(vector)}\n`).join(''))).split('\n');
  const problems = vectors.flatMap((vector, index) => {
    const [state, ...rest] = (answers[index] ?? 'error no answer').split(' ');
    const problem = state === 'ok' ? reader.problem(vector, Buffer.from(rest.join(''), 'hex')) : rest.join(' ');
    return problem === undefined ? [] : [`${vectorName(vector)}: ${problem}`];
  });
  return report(suite, problems, vectors.length);
}

const hex = ({ bytes }) => Buffer.from(bytes).toString('hex');

/** A toolchain that fails as a whole is one failure of its suite. */
async function attempt(suite, work) {
  try {
    return await work();
  } catch (error) {
    return report(suite, [error instanceof Error ? error.message : String(error)], 1);
  }
}

mkdirSync(cache, { recursive: true });
const reading = await loadReader();
const vectors = [...reading.readVectors(root)];
if (vectors.length === 0) throw new Error('there are no vectors; run `bin/vgi-gen generate`');
let failures = 0;
for (const toolchain of toolchains) {
  const { name } = toolchain;
  const python = installPyarrow(toolchain);
  failures += await attempt(`vectors through C++ (${name})`, async () => {
    const program = await compile(toolchain, python);
    return rewrite(`vectors through C++ (${name})`, reading, vectors, program, [], (vector) => `${vector.protocol} ${vector.record} ${vector.versions.at(-1)} ${hex(vector)}`);
  });
  failures += await attempt(`vectors through pyarrow (${name})`, () =>
    rewrite(`vectors through pyarrow (${name})`, reading, vectors, python, [join(root, 'tools', 'parity', 'reread.py')], (vector) => `${JSON.stringify(vector.values)}\t${hex(vector)}`),
  );
}
process.exitCode = failures > 0 ? 1 : 0;
