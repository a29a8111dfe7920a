import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { item } from '../front/fixtures/fixture.ts';
import { runInFolder } from '../run-in-folder.ts';

/** The rule that docs/lint.md shows. */
const noGet = /```js\n\/\/ rules\/no-get\.mjs\n([^]*?)```/.exec(readFileSync(new URL('../../../docs/lint.md', import.meta.url), 'utf8'))?.[1] ?? '';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vgi-gen-rules-'));
  mkdirSync(join(folder, 'rules'));
  writeFileSync(join(folder, 'rules/no-get.mjs'), noGet);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const config = (lint: string): void => writeFileSync(join(folder, 'vgi-gen.config.yaml'), `protocols: [{definition: protocol.yaml, output: out, targets: [ts]}]\nlint: ${lint}\n`);
const definition = (fields: string): void => writeFileSync(join(folder, 'protocol.yaml'), String(item(fields)['protocol.yaml']));
const quiet = 'off: [unused-type, idle-version]';

describe('a rule of the project', () => {
  it('is followed like ours, and suppressed like ours', async () => {
    config(`{rules: [rules/no-get.mjs], ${quiet}}`);
    definition('get_price: {type: int64, doc: In cents.}');
    const { status, err } = await runInFolder(folder, ['lint']);
    expect(status).toBe(1);
    expect(err).toContain('protocol.yaml:15:7 - warning SHOP1 get-in-name: field `get_price` of `Item` says `get`.');
    expect(err).toContain('hint: say what it does: `find`, `read`, `list`.');
    definition('get_price: {type: int64, doc: In cents.} # vgi-gen-ignore SHOP1: the shop calls it that');
    expect((await runInFolder(folder, ['lint'])).status).toBe(0);
  });

  it('may be switched off, like ours', async () => {
    config(`{rules: [rules/no-get.mjs], off: [get-in-name, unused-type, idle-version]}`);
    definition('get_price: {type: int64?, doc: In cents. Null if free.}');
    expect(await runInFolder(folder, ['lint'])).toMatchObject({ status: 0 });
  });

  it.each([
    ['none.mjs', '', 'rule-not-loaded', 'cannot use the rule `rules/none.mjs`: '],
    ['rules/no-default.mjs', 'export const rule = {};', 'rule-not-loaded', 'it has no default export that is a rule'],
    ['rules/throws.mjs', 'throw new Error("not today");', 'rule-not-loaded', 'not today'],
    ['rules/taken.mjs', noGet.replace('get-in-name', 'unused-type'), 'rule-not-loaded', 'there is a rule VGI5010 unused-type already'],
    ['rules/ours.mjs', noGet.replace('SHOP1', 'VGI5999'), 'rule-not-loaded', 'its code `VGI5999` is not capitals and digits'],
    ['rules/tier.mjs', noGet.replace("'api'", "'huge'"), 'rule-not-loaded', 'its tier `huge` is not one of wire, api, docs'],
    ['rules/check.mjs', noGet.replace('check(', 'test('), 'rule-not-loaded', 'its `check` is not a function'],
  ])('that cannot be used is an error of the configuration: %s', async (path, text, slug, message) => {
    const file = path === 'none.mjs' ? 'rules/none.mjs' : path;
    if (text !== '') writeFileSync(join(folder, file), text);
    config(`{rules: [${file}]}`);
    definition('price: {type: int64, doc: In cents.}');
    const { status, err } = await runInFolder(folder, ['lint']);
    expect([status, err.includes(` ${slug}: `), err.includes(message)]).toEqual([2, true, true]);
    expect(err).toMatch(/^vgi-gen\.config\.yaml:2:\d+ - error/);
    expect(err).not.toMatch(/^ +at /m);
  });

  it('that fails is reported with its name', async () => {
    writeFileSync(join(folder, 'rules/no-get.mjs'), noGet.replace('for (const type of model.types)', 'for (const type of model.tables)'));
    config(`{rules: [rules/no-get.mjs], ${quiet}}`);
    definition('price: {type: int64, doc: In cents.}');
    const { status, err } = await runInFolder(folder, ['lint']);
    expect(status).toBe(1);
    expect(err).toContain('rule-failed: the rule `get-in-name` failed: model.tables is not iterable.');
  });

  it('that is switched off must exist', async () => {
    config('{off: [unused-typ]}');
    definition('price: {type: int64, doc: In cents.}');
    const { status, err } = await runInFolder(folder, ['lint']);
    expect(status).toBe(2);
    expect(err).toContain('vgi-gen.config.yaml:2:14 - error VGI1025 unknown-rule: there is no rule `unused-typ`.');
    expect(err).toContain('hint: did you mean `unused-type`?');
  });
});
