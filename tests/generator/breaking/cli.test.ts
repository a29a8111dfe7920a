import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandDefinition, Options, Terminal } from '../../../generator/cli/command.ts';
import { breakingCommand } from '../../../generator/cli/commands/breaking.ts';
import { changelogCommand } from '../../../generator/cli/commands/changelog.ts';
import { checkCommand } from '../../../generator/cli/commands/check.ts';
import { generateCommand } from '../../../generator/cli/commands/generate.ts';
import { releaseCommand } from '../../../generator/cli/commands/release.ts';

const root = `protocol:
  name: shop
  wire_name: shop.v1
  service: Shop
  request_contract: by_name
  doc: Sells things to whoever asks.
  versions:
    1.0.0: {doc: The first one.}
    2.0.0: {doc: The present one.}
include: [parts/types.yaml]
`;
const types = `types:
  Item:
    doc: Something sold.
    fields:
      price: {type: int64, doc: In cents.}
      size: {type: int8, doc: In cm., since: 2.0.0, default: 0}
`;
const withVersion = (version: string): string => root.replace('include', `  ${version}: {doc: The next one.}\ninclude`).replace(/^ {2}(\d)/m, '    $1');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vgi-gen-breaking-'));
  write('schema/shop/parts/types.yaml', types);
  write('schema/shop/protocol.yaml', root);
  write('vgi-gen.config.yaml', 'protocols:\n  - {definition: schema/shop/protocol.yaml, output: generated/shop, targets: [docs]}\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, text: string): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};

async function run(command: CommandDefinition, options: Options = {}, positional: readonly string[] = [], cwd = folder) {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    cwd,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readStdin: async () => new Uint8Array(),
    colour: false,
    interrupted: new AbortController().signal,
  };
  const status = await command.run(terminal, { format: 'text', ...options }, positional);
  return { status, out, err };
}

function git(...args: readonly string[]): void {
  const identity = ['-c', 'user.name=tester', '-c', 'user.email=tester@example.com', '-c', 'commit.gpgsign=false'];
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

describe('breaking', () => {
  it('compares two versions of one definition', async () => {
    const { status, out, err } = await run(breakingCommand, { against: '1.0.0' });
    expect([status, out]).toEqual([0, '']);
    expect(err).toContain('schema/shop/parts/types.yaml:6:7 - note VGI6121 field-added: field `size` of `Item` (`int8`) is added.\n');
    expect(err).toContain('  hint: breaks the wire.\n');
    expect(err).toMatch(/\n1 note in 1 file\nshop 2\.0\.0 against 1\.0\.0: 1 change; the smallest legal version is 1\.1\.0 \(minor\)\n$/);
  });

  it('compares with another definition, names places in both, and fails if the version makes too small a step', async () => {
    write('old/shop.yaml', root.replace('parts/types', '../schema/shop/parts/old'));
    write('schema/shop/parts/old.yaml', `${types}      weight: {type: int8, doc: In grams.}\n`);
    write('schema/shop/protocol.yaml', withVersion('2.1.0'));
    const { status, err } = await run(breakingCommand, { against: '../old/shop.yaml' }, [], join(folder, 'schema'));
    expect(status).toBe(1);
    expect(err).toContain(`schema/shop/parts/types.yaml:2:3 - error VGI6120 field-removed: field \`weight\` of \`Item\` is removed.
  2 |   Item:
    |   ^^^^
  see: schema/shop/parts/old.yaml:7:7 - in 2.0.0, old/shop.yaml
  hint: breaks the wire, workers and clients; this needs a major version, 3.0.0 or later.
`);
    expect(err).toContain('schema/shop/protocol.yaml:10:5 - error VGI6001 bump-too-small: the changes since 2.0.0 need a major version, 3.0.0 or later, but this is 2.1.0.');
    // The field is gone from what 2.0.0 and 1.0.0 were, too: the definition has no mark for it.
    expect(err).toContain('error VGI6002 released-version-changed: version 1.0.0 is released, but changes here: field `weight` of `Item` is removed.');
  });

  it('gives programs everything as JSON', async () => {
    const { out } = await run(breakingCommand, { against: '1.0.0', format: 'json' });
    expect(JSON.parse(out)).toMatchObject({
      protocols: [
        {
          ...{ protocol: 'shop', before: '1.0.0', after: '2.0.0', bump: 'minor', smallest: '1.1.0' },
          changes: [{ code: 'VGI6121', rule: 'field-added', breaks: ['wire'], bump: 'minor', before: null, after: { file: 'schema/shop/parts/types.yaml', start: { line: 6 } } }],
        },
      ],
      diagnostics: [{ slug: 'field-added', severity: 'note' }],
    });
  });

  it('compares with a commit, includes and all, without a checkout', async () => {
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '-m', 'first');
    git('tag', 'v2.0.0');
    write('schema/shop/parts/types.yaml', `${types}      weight: {type: int8, doc: In grams., since: 2.1.0, default: 0}\n`.replace('price: {type: int64', 'price: {type: int32'));
    write('schema/shop/protocol.yaml', withVersion('2.1.0'));
    const { status, err } = await run(breakingCommand, { against: 'v2.0.0' });
    expect(status).toBe(1);
    expect(err).toContain('schema/shop/parts/types.yaml:5:7 - error VGI6123 field-type-changed: field `price` of `Item` changes from `int64` to `int32`.');
    expect(err).toContain('  see: v2.0.0:schema/shop/parts/types.yaml:5:7 - in 2.0.0, v2.0.0\n');
    expect(err).toContain('schema/shop/parts/types.yaml:7:7 - note VGI6121 field-added');
    expect((await run(breakingCommand, { against: 'HEAD', to: '2.0.0' })).err).not.toContain('weight');
  });

  it.each([
    ['1.7.0', 'VGI6005 no-earlier-state: `1.7.0` says nothing of `schema/shop/protocol.yaml`.'],
    [undefined, 'VGI6005 no-earlier-state: the history of releases says nothing of `schema/shop/protocol.yaml`.'],
    ['v9', 'VGI6004 nothing-to-compare: `v9` is neither a version nor a file, and cannot be read as a git reference: the project lies in no git repository.'],
  ])('answers %s with status 2', async (against, message) => {
    const { status, err } = await run(breakingCommand, { against });
    expect(status).toBe(2);
    expect(err).toContain(message);
  });

  it('says how to fetch a reference that is missing', async () => {
    git('init', '--quiet');
    const { status, err } = await run(breakingCommand, { against: 'origin/main' });
    expect(status).toBe(2);
    expect(err).toContain('git does not know it.\n  hint: to compare with a branch or tag, fetch it first: `git fetch origin main`; in GitHub Actions give actions/checkout `fetch-depth: 0`.');
    expect((await run(breakingCommand, { against: '--upload-pack=sh' })).status).toBe(2);
  });

  it('refuses versions that are not served', async () => {
    write('schema/shop/protocol.yaml', root.replace('1.0.0: {', '1.0.0: {status: incomplete, ').replace('include', '    3.0.0: {doc: The next one.}\ninclude'));
    const earlier = await run(breakingCommand, { against: '1.0.0' });
    expect(earlier.status).toBe(2);
    expect(earlier.err).toContain('schema/shop/protocol.yaml:8:5 - error VGI6006 unserved-version: `1.0.0` is not a served version of shop (2.0.0, 3.0.0).');
    expect((await run(breakingCommand, { against: '2.0.0', to: '1.0.0' })).status).toBe(2);
  });
});

describe('release', () => {
  it('writes the newest version once; from then on it may not change', async () => {
    const path = 'schema/history/shop/2.0.0.json';
    expect((await run(releaseCommand, { dryRun: true })).err).toBe(`would write ${path}\n`);
    expect(await run(releaseCommand)).toEqual({ status: 0, out: '', err: `wrote ${path}\n` });
    const text = readFileSync(join(folder, path), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ protocol: 'shop', version: '2.0.0', types: { Item: [{ name: 'price', type: 'int64' }, { name: 'size', type: 'int8' }] } });
    expect((await run(releaseCommand)).err).toBe('nothing to release: every version is frozen already\n');
    expect((await run(releaseCommand, { all: true })).err).toBe('wrote schema/history/shop/1.0.0.json\n');
    await run(generateCommand, { quiet: true });
    expect((await run(checkCommand, { quiet: true })).err).toBe('');

    write('schema/shop/parts/types.yaml', types.replace('int8', 'int16'));
    for (const command of [checkCommand, generateCommand, releaseCommand]) {
      const { status, err } = await run(command);
      expect(status).toBe(1);
      expect(err).toContain('schema/shop/parts/types.yaml:6:7 - error VGI6002 released-version-changed: version 2.0.0 is released, but changes here: field `size` of `Item` changes from `int8` to `int16`.');
      expect(err).toContain(`  see: ${path}:11:16 - as released in 2.0.0\n`);
    }
    expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
  });

  it('lets docs, order of declaration and names in target languages change', async () => {
    await run(releaseCommand, { all: true });
    write('schema/shop/parts/types.yaml', types.replace('Something sold.', 'Anything sold.').replace('default: 0', 'default: 1, names: {ts: width}').replace('types:\n', 'types:\n  Box: {doc: Holds things., since: 3.0.0, fields: {}}\n'));
    write('schema/shop/protocol.yaml', withVersion('3.0.0'));
    expect((await run(breakingCommand)).status).toBe(0);
    expect((await run(releaseCommand)).err).toBe('wrote schema/history/shop/3.0.0.json\n');
  });

  it('refuses a version whose step is too small', async () => {
    await run(releaseCommand);
    write('schema/shop/parts/types.yaml', types.replace('default: 0', 'default: 0, removed: 2.1.0'));
    write('schema/shop/protocol.yaml', withVersion('2.1.0'));
    const { status, err } = await run(releaseCommand);
    expect(status).toBe(1);
    expect(err).toContain('VGI6001 bump-too-small');
    expect(err).not.toContain('wrote');
  });

  it('sees versions that are served no more, and files that were edited', async () => {
    await run(releaseCommand, { all: true });
    write('schema/shop/protocol.yaml', root.replace('1.0.0: {', '1.0.0: {status: incomplete, '));
    expect((await run(releaseCommand)).err).toContain('VGI6003 released-version-unserved: version 1.0.0 is released in `schema/history/shop/1.0.0.json`, but the definition does not serve it.');
    write('schema/shop/protocol.yaml', root);
    const path = 'schema/history/shop/2.0.0.json';
    const text = readFileSync(join(folder, path), 'utf8');
    write(path, text.replace('"version": "2.0.0"', '"version": "2.0.1"'));
    expect((await run(releaseCommand)).err).toContain(`${path} - error VGI6007 edited-history: is not as \`vgi-gen release\` wrote it (first difference at line 3).`);
    write(path, text.replace('"kind"', '"kinds"').replace('"types"', '"typos"'));
    expect((await run(releaseCommand)).err).toContain(`${path}:8:3 - error VGI2001 unknown-property`);
    expect((await run(breakingCommand, { against: path })).status).toBe(1);
  });
});

describe('changelog', () => {
  it('prints Markdown, newest version first', async () => {
    write('schema/shop/protocol.yaml', withVersion('3.0.0'));
    const { status, out, err } = await run(changelogCommand, { from: '1.0.0' });
    expect([status, err]).toEqual([0, '']);
    expect(out).toBe(`# Changes of shop from 1.0.0 to 3.0.0

## 3.0.0

The next one.

Nothing changes on the wire.

## 2.0.0

The present one.

### Added

- Field \`size\` of \`Item\` (\`int8\`) is added (breaks the wire). In cm.
`);
    expect((await run(changelogCommand)).out).not.toContain('## 2.0.0');
    expect((await run(changelogCommand, { from: '0.9.0' })).status).toBe(2);
  });
});
