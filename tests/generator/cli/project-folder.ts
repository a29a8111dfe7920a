import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { protocolHead } from '../front/fixtures/fixture.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export const shopRoot = `${protocolHead}
include: [types.yaml]
methods:
  buy: {kind: unary, doc: Takes one away., params: {item: {type: ipc<Item>, doc: Which one.}}, result: void}
`;
export const shopTypes = `types:
  Item: {doc: One of the things that are sold., fields: {price: {type: int64, doc: In cents.}, label: {type: utf8?, since: 2.0.0, doc: Null if it has none.}}}
`;
export const shopConfig = 'protocols:\n  - {definition: schema/protocol.yaml, output: generated/echo, targets: [ts]}\n';

/** A folder with a project of one protocol in two files, deleted after the test; more files may be given, or others in their place. */
export function projectFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-project-'));
  made.push(folder);
  for (const [path, text] of Object.entries({ 'vgi-gen.config.yaml': shopConfig, 'schema/protocol.yaml': shopRoot, 'schema/types.yaml': shopTypes, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
