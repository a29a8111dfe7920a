/**
 * What a maintainer of a definition waits for, with the TypeScript of VGI as the example: `generate` into an empty folder and `check` of a
 * current one, each in a new process and in turn with @bufbuild/protoc-gen-es on a schema with as many messages and fields; an edited file to
 * the written output under `--watch`; and how the time grows with the definition. Prints `name ours peer ratio goal`, times in
 * milliseconds; exits with 1 if a ratio misses its goal. Two thirds of the peer's time are meant for the cold runs; the goal leaves room
 * for a machine that does other things.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { grownDefinition } from './generator/grown-definition.mjs';
import { median } from './rpc/measure.mjs';

const ROUNDS = 15;
const EDITS = 15;
const SIZES = [1, 2, 5, 10];
const GROWTH_ROUNDS = 5;

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const vgiGen = at('../bin/vgi-gen');
const plugin = at('peers/protobuf-es/node_modules/@bufbuild/protoc-gen-es/bin/protoc-gen-es');
const root = 'schema/vgi/protocol.yaml';

let met = true;

/** Prints a line with a goal for the ratio. */
function report(name, ours, peer, atMost) {
  const ratio = ours / peer;
  if (!(ratio <= atMost)) met = false;
  console.log(`${name} ${ours.toFixed(1)} ${peer.toFixed(1)} ${ratio.toFixed(2)} <=${atMost}`);
}

function writeAll(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A project that generates the TypeScript of a definition and nothing else. */
function newProject(folder, files) {
  writeAll(folder, { ...files, 'vgi-gen.config.yaml': `protocols:\n  - definition: ${root}\n    output: generated/vgi\n    adapters_import: ../../../adapters/vgi/index.ts\n    targets: [ts]\n` });
  return folder;
}

/** The definition of VGI: texts by path, the root first. */
function definitionFiles() {
  const folder = at('../schema/vgi');
  const paths = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.yaml')).map((path) => `schema/vgi/${path.replaceAll('\\', '/')}`);
  return Object.fromEntries([root, ...paths.filter((path) => path !== root).sort()].map((path) => [path, readFileSync(at(`../${path}`), 'utf8')]));
}

function history() {
  const folder = at('../schema/history/vgi');
  return Object.fromEntries(readdirSync(folder).map((name) => [`schema/history/vgi/${name}`, readFileSync(join(folder, name), 'utf8')]));
}

/** Milliseconds of a call. */
function timed(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function runOurs(project, command) {
  const { status, stderr } = spawnSync(process.execPath, [vgiGen, command, '--quiet'], { cwd: project, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`vgi-gen ${command} ended with ${status}: ${stderr}`);
}

/** Generates into an empty folder; removing what was there is not part of the time. */
function generateAnew(project) {
  rmSync(join(project, 'generated'), { recursive: true, force: true });
  return timed(() => runOurs(project, 'generate'));
}

/** A function that runs the peer once as protoc and buf do, request to files; absent where `make bench` has not installed it. */
async function startPeer(folder, scratch) {
  if (!existsSync(plugin)) return undefined;
  const bundle = at('../node_modules/.cache/vgi-gen/plain-schema.mjs');
  await build({ entryPoints: [at('generator/plain-schema.ts')], outfile: bundle, bundle: true, format: 'esm', platform: 'node', target: 'node20', packages: 'external', logLevel: 'warning' });
  const { plainSchema } = await import(pathToFileURL(bundle).href);
  const { codeGeneratorRequest, generatedFiles } = await import('./generator/code-generator-request.mjs');
  const schema = plainSchema(folder, root);
  const request = codeGeneratorRequest(schema);
  const fields = schema.messages.reduce((sum, message) => sum + message.fields.length, 0);
  console.log(`(${schema.messages.length} messages with ${fields} fields, ${schema.enums.length} enums, ${schema.methods.length} methods, on both sides)`);
  const output = join(scratch, 'peer');
  return () => {
    rmSync(output, { recursive: true, force: true });
    return timed(() => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [plugin], { input: request, maxBuffer: 2 ** 30 });
      if (status !== 0) throw new Error(`protoc-gen-es ended with ${status}: ${stderr}`);
      writeAll(output, Object.fromEntries(generatedFiles(stdout).map(({ path, text }) => [path, text])));
    });
  };
}

async function coldRuns(project, scratch) {
  const peer = await startPeer(project, scratch);
  if (peer === undefined) console.log('(bench/peers/protobuf-es is not installed; `make bench` does it)');
  const remembering = newProject(join(scratch, 'remembering'), { ...definitionFiles(), ...history(), 'node_modules/.keep': '' });
  runOurs(remembering, 'generate');
  const times = { generate: [], check: [], again: [], peer: [], node: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    times.generate.push(generateAnew(project));
    times.check.push(timed(() => runOurs(project, 'check')));
    times.again.push(timed(() => runOurs(remembering, 'check')));
    if (peer !== undefined) times.peer.push(peer());
    times.node.push(timed(() => spawnSync(process.execPath, ['-e', '0'])));
  }
  // The first round finds cold file caches.
  const middle = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all.slice(1))]));
  if (peer !== undefined) {
    report('cold-generate-vs-protoc-gen-es', middle.generate, middle.peer, 1);
    report('cold-check-vs-protoc-gen-es', middle.check, middle.peer, 1);
  }
  console.log(`(check where an earlier run is remembered: ${middle.again.toFixed(1)}; a Node process that does nothing: ${middle.node.toFixed(1)})`);
  return middle.generate;
}

/** Waits until something is so. */
async function until(holds, what) {
  const end = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/**
 * Edits a doc, a default and the type of a column of a version to come, and waits for the output that follows from it. What a doc reaches
 * is a module; a type may change every one.
 */
async function watched(project, cold) {
  const protocol = join(project, root);
  writeFileSync(protocol, readFileSync(protocol, 'utf8').replace(/^(    2\.0\.0:.*\n(?: {6}.*\n)*)/m, '$1    9.0.0: {doc: Only to be measured.}\n'));
  const source = join(project, 'schema/vgi/types/scan.yaml');
  const before = readFileSync(source, 'utf8').replace(/^types:\n/m, (line) => `${line}  Edited: {doc: Only to be measured., since: 9.0.0, fields: {edited: {type: bool, doc: Another type each time.}}}\n`);
  writeFileSync(source, before);
  const child = spawn(process.execPath, [vgiGen, 'generate', '--watch'], { cwd: project, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const settled = (times) => until(() => said.split('waiting for changes').length > times, `run ${times}: ${said}`);
  try {
    await settled(1);
    const edits = {
      doc: { text: (edit) => before.replace('A function call that reads a table', `A function call number ${edit} that reads a table`), output: 'types.ts', shows: (edit) => `call number ${edit} that`, atMost: 0.1 },
      default: { text: (edit) => before.replace('        default: []\n', `        default: [edit ${edit}]\n`), output: 'defaults.ts', shows: (edit) => `'edit ${edit}'`, atMost: 0.2 },
      type: { text: (edit) => before.replace('{type: bool, ', `{type: fixed_binary<${edit}>, `), output: 'codecs.ts', shows: (edit) => `fixedBinaryValue(${edit})`, atMost: 0.25 },
    };
    let edit = 0;
    for (const [name, { text, output, shows, atMost }] of Object.entries(edits)) {
      const times = [];
      for (let round = 0; round <= EDITS; round++) {
        await settled(++edit);
        await new Promise((resolve) => setTimeout(resolve, 20));
        const start = performance.now();
        writeFileSync(source, text(edit));
        await until(() => readFileSync(join(project, 'generated/vgi/ts', output), 'utf8').includes(shows(edit)), `${shows(edit)} in ${output}: ${said}`);
        times.push(performance.now() - start);
      }
      report(`watch-${name}-vs-cold-generate`, median(times.slice(1)), cold, atMost);
    }
  } finally {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  }
}

/** The time of `generate` for definitions of several sizes, without released versions to compare with; the goal is that it grows no faster than they do. */
function growth(files, scratch) {
  const projects = SIZES.map((times) => newProject(join(scratch, `grown-${times}`), grownDefinition(files, times)));
  const times = SIZES.map(() => []);
  for (let round = 0; round < GROWTH_ROUNDS; round++) projects.forEach((project, index) => times[index].push(generateAnew(project)));
  // The fastest run is the one that others disturbed least; the sizes are too far apart for a median of few.
  const fastest = times.map((all) => Math.min(...all));
  SIZES.forEach((size, index) => {
    if (size > 1) report(`generate-${size}x-vs-${size}-times-1x`, fastest[index], size * fastest[0], 1);
  });
  const [five, ten] = fastest.slice(-2);
  report('generate-10x-vs-2-times-5x', ten, 2 * five, 1.1);
  console.log(`(time grows with the size to the power of ${(Math.log(ten / fastest[0]) / Math.log(10)).toFixed(2)} from 1x to 10x, ${Math.log2(ten / five).toFixed(2)} from 5x to 10x)`);
}

const scratch = mkdtempSync(join(tmpdir(), 'vgi-gen-bench-'));
try {
  const files = definitionFiles();
  const project = newProject(join(scratch, 'vgi'), { ...files, ...history() });
  const cold = await coldRuns(project, scratch);
  await watched(project, cold);
  growth(files, scratch);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = met ? 0 : 1;
