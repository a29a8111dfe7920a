import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

const definition = `# yaml-language-server: $schema=node_modules/vgi-gen/schema/protocol.schema.json
protocol:
  name: garden
  wire_name: Garden
  service: Garden
  request_contract: exact
  doc: Looks after plants.
  versions:
    1.0.0: {doc: The first release.}
enums:
  Weather:
    doc: What it is like outside.
    encoding: utf8
    members:
      DRY: {doc: No rain for a day.}
      WET: {doc: Rain within a day.}
types:
  Plant:
    doc: One plant of the garden.
    fields:
      name: {type: utf8, doc: What the gardener calls it.}
      likes: {type: Weather, doc: When it grows best.}
methods:
  forecast:
    doc: Says what tomorrow will be like.
    kind: unary
    params: {}
    result: utf8
  plant:
    doc: Puts a plant into the ground.
    kind: unary
    request: Plant
    result: void
`;

const handlers = `import type { CallContext } from 'vgi-gen/runtime/v1';
import { GardenHandlers, type Plant } from './generated/garden/ts/index.ts';

/** The garden behind the house. */
export class MyGarden extends GardenHandlers {
  readonly #plants: Plant[] = [];

  // Always right, half of the time.
  override async forecast(): Promise<string> {
    return this.#plants.length % 2 === 0 ? 'DRY' : 'WET';
  }

  override plant(plant: Plant, context: CallContext): void {
    context.log('INFO', plant.name);
    this.#plants.push(plant);
  }
}
`;

const tsconfig = {
  compilerOptions: { target: 'ES2022', lib: ['ES2023'], module: 'NodeNext', types: ['node'], strict: true, noImplicitOverride: true, noEmit: true, allowImportingTsExtensions: true },
  include: ['handlers.ts', 'generated'],
};

const generated = 'generated/garden/ts';
let folder: string;
const path = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(path(name), 'utf8');

function run(script: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...args], { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}
const vgiGen = (...args: string[]) => run('bin/vgi-gen', ...args);
const tsc = () => run('node_modules/typescript/bin/tsc', '-p', '.');

/** One change of a protocol, from the definition to the author's own class, in the steps that the README tells. */
describe('a field is edited', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vgi-gen-walk-'));
    mkdirSync(path('node_modules/@types'), { recursive: true });
    symlinkSync(root, path('node_modules/vgi-gen'));
    symlinkSync(join(root, 'node_modules/@types/node'), path('node_modules/@types/node'));
    writeFileSync(path('package.json'), '{"type": "module"}\n');
    writeFileSync(path('tsconfig.json'), JSON.stringify(tsconfig));
    writeFileSync(path('vgi-gen.config.yaml'), 'protocols: [{definition: garden.yaml, output: generated/garden, targets: [ts]}]\n');
    writeFileSync(path('garden.yaml'), definition);
    writeFileSync(path('handlers.ts'), handlers);
    expect(vgiGen('generate')).toMatchObject({ status: 0 });
    for (const name of readdirSync(path(generated))) utimesSync(path(`${generated}/${name}`), 1000, 1000);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('starts clean', () => {
    expect(vgiGen('check')).toMatchObject({ status: 0, stdout: '' });
    expect(tsc()).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(vgiGen('implement', '--check', 'handlers.ts')).toMatchObject({ status: 0, stdout: '' });
  }, 60_000);

  it('check fails and shows the difference', () => {
    writeFileSync(path('garden.yaml'), definition.replace('result: utf8', 'result: Weather'));
    const { status, stdout, stderr } = vgiGen('check', '--diff');
    expect(status).toBe(1);
    expect(stderr).toContain(`${generated}/handlers.ts - error VGI8001 stale-output: differs from what garden.yaml generates`);
    expect(stdout).toContain('-  abstract forecast(params: ForecastParams, context: CallContext): MaybePromise<string>;\n+  abstract forecast(params: ForecastParams, context: CallContext): MaybePromise<Weather>;\n');
    // Nothing else differs in the class: the method that was not edited is in no hunk as changed.
    expect(stdout).not.toMatch(/^[+-].*plant\(/m);
  }, 60_000);

  it('generate changes what follows from it and nothing else', () => {
    const { status, stderr } = vgiGen('generate');
    expect(status).toBe(0);
    const written = [...stderr.matchAll(/^wrote (.*)$/gm)].map(([, name]) => (name as string).slice(generated.length + 1));
    expect(written.sort()).toEqual(['calls.ts', 'client.ts', 'handlers.ts', 'methods.ts']);
    const touched = readdirSync(path(generated)).filter((name) => statSync(path(`${generated}/${name}`)).mtimeMs !== 1_000_000);
    expect(touched.sort()).toEqual(written);
  }, 60_000);

  it("the compiler's error names the handler", () => {
    const { status, stdout } = tsc();
    expect(status).not.toBe(0);
    const errors = stdout.split('\n').filter((line) => /^\S/.test(line));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^handlers\.ts\(9,18\): error TS2416: Property 'forecast' in type 'MyGarden' is not assignable/);
  }, 60_000);

  it('implement mends it and touches nothing else', () => {
    expect(vgiGen('implement', '--check', 'handlers.ts')).toMatchObject({ status: 1, stderr: expect.stringContaining('handlers.ts:9:18 - error VGI8011 handler-outdated: the signature of `MyGarden.forecast`') });
    expect(vgiGen('implement', 'handlers.ts')).toMatchObject({ status: 0, stdout: '' });
    const mended = handlers.replace('Promise<string>', 'Promise<Weather>').replace('type Plant }', 'type Plant, type Weather }');
    expect(read('handlers.ts')).toBe(mended);
    expect(tsc()).toEqual({ status: 0, stdout: '', stderr: '' });
  }, 60_000);

  it('ends clean', () => {
    expect(vgiGen('check')).toMatchObject({ status: 0, stdout: '' });
    expect(vgiGen('implement', '--check', 'handlers.ts')).toMatchObject({ status: 0, stdout: '' });
  }, 60_000);
});
