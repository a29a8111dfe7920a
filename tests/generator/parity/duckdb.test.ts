import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadLayouts } from 'vgi-gen/runtime/v1';
import { afterAll, describe, expect, it } from 'vitest';
import { ownPlatform } from '../../../generator/parity/duckdb/extension-footer.ts';
import { recordedCalls } from '../../../generator/parity/duckdb/recorded-calls.ts';
import uncalled from '../../../generator/parity/duckdb/uncalled-methods.json' with { type: 'json' };
import { vgiProtocol } from '../../../generated/vgi/ts/index.ts';
import { plainValue } from '../../wire/plain-value.ts';
import { runInFolder } from '../run-in-folder.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-duckdb-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parity = (...args: readonly string[]) => runInFolder(root, ['parity', 'schema/vgi/protocol.yaml', ...args]);

interface Facts {
  readonly methods: Readonly<Record<string, { readonly called_by_duckdb_extension: boolean; readonly since: string }>>;
}

const facts = JSON.parse(readFileSync(new URL('../../reference/vgi-protocol.json', import.meta.url), 'utf8')) as Facts;

/** Methods that a version has and that the facts mark as called by the extension. 1.0.0 means the extension of that version: COPY came later. */
const calledIn = (version: string): string[] =>
  Object.entries(facts.methods).flatMap(([name, { called_by_duckdb_extension: called }]) => (called && (vgiProtocol.methods[name]?.since ?? '9') <= version ? [name] : []));

/** The extension that is installed in an engine's folder, for this machine. */
function extensionPath(engine: string): string {
  const scope = join(root, 'engines', engine, 'node_modules', '@haybarn');
  const name = readdirSync(scope).find((each) => each.startsWith('ext-vgi-') && each.endsWith(`-${process.platform}-${process.arch}`));
  if (name === undefined) throw new Error(`there is no extension in ${scope}`);
  return join(scope, name, 'bin', 'vgi.duckdb_extension');
}

const engines = [
  { engine: 'duckdb-1.5.5', version: '2.0.0', commit: 'd91b7c4', methods: 71, explained: 0 },
  { engine: 'duckdb-1.5.4', version: '1.2.0', commit: '171ae0f', methods: 70, explained: 23 },
  { engine: 'haybarn-1.5.3', version: '1.0.0', commit: '15fe529', methods: 69, explained: 20 },
];

describe.each(engines)('parity --duckdb with the extension in $engine', ({ engine, version, commit, methods, explained }) => {
  const recording = join(folder, engine);

  it('finds what the definition says, and drives every method that the extension calls', async () => {
    const { status, out, err } = await parity('--duckdb', extensionPath(engine), '--explained', 'tools/parity/explained/extension-requests.yaml', '--recording', recording);
    expect(out).toBe('');
    expect(status).toBe(0);
    const lines = err.trimEnd().split('\n');
    const called = new Map(lines.flatMap((line) => { const [, name, count] = /^ {2}(\w+) (\d+)$/.exec(line) ?? []; return name === undefined ? [] : [[name, Number(count)] as const]; }));
    const never = new Map(lines.flatMap((line) => { const [, name, reason] = /^ {2}(\w+): (.+)$/.exec(line) ?? []; return name === undefined ? [] : [[name, reason] as const]; }));
    expect(calledIn(version).filter((name) => !called.has(name))).toEqual([]);
    // Nothing has a reason that was called after all, and nothing is left without one.
    expect(Object.fromEntries(never)).toEqual(uncalled);
    expect(called.size + never.size).toBe(methods);
    expect(lines.filter((line) => !line.startsWith('  '))).toEqual([
      expect.stringMatching(new RegExp(`^duckdb: vgi ${version}: compared \\d+ statements, \\d+ requests, \\d+ records, ${called.size} methods$`)),
      expect.stringMatching(new RegExp(`^the extension is ${commit} for DuckDB ${engine.replace(/^.*-/, '')}, ${ownPlatform()}, CPP; it ran in @(duckdb|haybarn)/node-api@\\S+ and speaks ${version}$`)),
      `called (${called.size} of ${methods} methods):`,
      'never called:',
      ...(explained === 0 ? [] : [`${explained} more differences are explained in tools/parity/explained/extension-requests.yaml`]),
    ]);
  });

  it('sends nothing that the generated codecs cannot read and write again', async () => {
    await loadLayouts(vgiProtocol, version);
    let requests = 0;
    for (const { method, request } of recordedCalls(recording)) {
      const codec = vgiProtocol.methods[method]?.params(version);
      if (codec === undefined) throw new Error(`there is no ${method} in ${version}`);
      const value = codec.decodeMessages(request);
      expect(plainValue(codec.decode(codec.encode(value)))).toEqual(plainValue(value));
      requests++;
    }
    expect(requests).toBeGreaterThan(900);
  });
});

describe('parity --duckdb', () => {
  it('names the differences that nothing explains', async () => {
    const { status, out } = await parity('--duckdb', extensionPath('duckdb-1.5.4'), '--format', 'json');
    expect(status).toBe(1);
    const report = JSON.parse(out) as { readonly diagnostics: readonly { readonly slug: string; readonly message: string; readonly range: { readonly file: string } }[]; readonly duckdb: unknown };
    expect(report.diagnostics).toHaveLength(23);
    expect(report.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'VGI8241', message: 'the extension does not send the column `BindRequest.copy_from`.', range: expect.objectContaining({ file: 'schema/vgi/types/call.yaml' }) }),
    );
    expect(report.diagnostics).toContainEqual(expect.objectContaining({ slug: 'duckdb-column-order', message: expect.stringContaining('the columns of `InitRequest` in the order bind_call, output_schema, ') }));
    expect(report.diagnostics).toContainEqual(
      expect.objectContaining({ slug: 'duckdb-column-differs', message: 'the extension sends the column `InitRequest.join_keys` as `list<large_binary>?`; the definition says `list<large_binary>`.' }),
    );
    expect(report.duckdb).toMatchObject({ engine: '@duckdb/node-api@1.5.4-r.1', version: '1.2.0', footer: { duckdbVersion: '1.5.4', extensionVersion: '171ae0f', abi: 'CPP' }, called: { catalog_attach: 2 }, neverCalled: { catalog_detach: 'DETACH is not passed on' } });
  });

  /** An extension file with nothing in it but its footer. */
  function footerFile(name: string, texts: readonly string[]): string {
    const file = join(folder, name);
    const fields = ['', '', '', ...texts].map((text) => Buffer.from(text.padEnd(32, '\0')));
    writeFileSync(file, Buffer.concat([Buffer.from('code'), ...fields, Buffer.alloc(256)]));
    return file;
  }

  it('names the engine package that is missing', async () => {
    const file = footerFile('new.duckdb_extension', ['CPP', 'abc', 'v1.9.9', ownPlatform(), '4']);
    const { status, out, err } = await parity('--duckdb', file);
    expect(status).toBe(2);
    expect(out + err).toMatch(/error VGI8201 unusable-peer: cannot compare with `.*new\.duckdb_extension`: it is for DuckDB 1\.9\.9, and no package with that is installed \(found: .*@duckdb\/node-api@1\.5\.5-r\.5.*\)\.\n/);
    expect(out + err).toContain('hint: run `npm install --no-save @duckdb/node-api@~1.9.9-0`, or say where one is with `--engine-package <folder>`.');
    const other = await parity('--duckdb', extensionPath('duckdb-1.5.5'), '--engine-package', join(root, 'engines', 'duckdb-1.5.4'));
    expect(other.status).toBe(2);
    expect(other.out + other.err).toMatch(/it is for DuckDB 1\.5\.5, and no package with that is installed \(found: @duckdb\/node-api@1\.5\.4-r\.1\)\.\n[^]*run `npm install --no-save @duckdb\/node-api@1\.5\.5-r\.5`/);
  });

  it('refuses files that it cannot run', async () => {
    const refused = async (file: string): Promise<string> => {
      const { status, out, err } = await parity('--duckdb', file);
      expect(status).toBe(2);
      return out + err;
    };
    expect(await refused('nowhere.duckdb_extension')).toContain('cannot compare with `nowhere.duckdb_extension`: there is no such file.');
    expect(await refused('package.json')).toContain('cannot compare with `package.json`: it does not end like an extension of DuckDB.');
    expect(await refused(footerFile('mac.duckdb_extension', ['CPP', 'abc', 'v1.5.5', 'plan9_mips', '4']))).toContain(`it is for plan9_mips, and this machine is ${ownPlatform()}.`);
    expect(await refused(footerFile('empty.duckdb_extension', ['CPP', 'abc', 'v1.5.5', ownPlatform(), '4']))).toMatch(/cannot compare with `.*empty\.duckdb_extension`: .+/);
  });
});
