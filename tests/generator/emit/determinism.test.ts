import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { protocolHash } from '../../../generator/emit/protocol-hash.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { compileModel, emitAll, emitLibrary, libraryFolder } from './emit-library.ts';

const files = Object.fromEntries(['protocol.yaml', 'types.yaml', 'methods.yaml', 'rest.yaml'].map((name) => [name, readFileSync(join(libraryFolder, name), 'utf8')]));
const sortedLines = (text: string): string[] => text.split('\n').sort();

it('emits the same files each time', async () => {
  expect([...(await emitLibrary())]).toEqual([...(await emitLibrary())]);
});

it('emits the same things whatever the order of the included files', async () => {
  const shuffled = files['protocol.yaml']?.replace('[types.yaml, methods.yaml, rest.yaml]', '[rest.yaml, methods.yaml, types.yaml]') ?? '';
  expect(shuffled).not.toBe(files['protocol.yaml']);
  const [before, after] = [await emitLibrary(memoryFileSystem(files)), await emitLibrary(memoryFileSystem({ ...files, 'protocol.yaml': shuffled }))];
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  for (const [path, text] of before) expect(sortedLines(after.get(path) ?? ''), path).toEqual(sortedLines(text));
});

it('hashes what a definition means, not how it is written', () => {
  const hash = (changed: Partial<typeof files>): string => protocolHash(compileModel(memoryFileSystem({ ...files, ...changed } as Record<string, string>)));
  const now = hash({});
  expect(now).toMatch(/^[0-9a-f]{64}$/);
  expect(hash({ 'types.yaml': files['types.yaml']?.replace('A person who writes.', 'Somebody who writes.') })).toBe(now);
  expect(hash({ 'protocol.yaml': files['protocol.yaml']?.replace('[types.yaml, methods.yaml, rest.yaml]', '[rest.yaml, methods.yaml, types.yaml]') })).toBe(now);
  expect(hash({ 'types.yaml': files['types.yaml']?.replace('type: int32, doc: Year', 'type: int64, doc: Year') })).not.toBe(now);
});

it('emits for a protocol of any size', async () => {
  const head = 'protocol: {name: tiny, wire_name: tiny, service: Tiny, request_contract: exact, doc: For tests., versions: {1.0.0: {doc: The only one.}}}\n';
  const emitted = await emitAll(compileModel(memoryFileSystem({ 'protocol.yaml': head })));
  const headers = [...emitted.keys()].filter((path) => path.startsWith('cpp/'));
  expect(headers).toHaveLength(9);
  expect([...emitted.keys()].filter((path) => !headers.includes(path)).sort()).toEqual(['docs/index.md', 'ts/client.ts', 'ts/handlers.ts', 'ts/index.ts', 'ts/methods.ts']);
});
