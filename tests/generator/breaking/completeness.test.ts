import { expect, it } from 'vitest';
import { findChanges } from '../../../generator/breaking/find-changes.ts';
import { compile } from '../../../generator/compile.ts';
import { DiagnosticCollector } from '../../../generator/diagnostics/diagnostic.ts';
import { historyText } from '../../../generator/history/history-text.ts';
import { readHistory } from '../../../generator/history/read-history.ts';
import { snapshotOf } from '../../../generator/history/snapshot-of.ts';
import type { Snapshot } from '../../../generator/history/snapshot.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';

/** A definition with at least one of everything that versions record. */
const definition = `protocol:
  name: shop
  wire_name: shop.v1
  service: Shop
  request_contract: by_name
  doc: Sells things to whoever asks.
  versions: {1.0.0: {doc: The first one.}}
types:
  Item: {doc: Something sold., fields: {price: {type: int64, doc: In cents.}, size: {type: int8?, doc: In cm.}, colour: {type: Tone, doc: As seen., carries_null: true}}}
  Head: {doc: What comes first., fields: {}}
enums:
  Tone: {doc: How it looks., members: {DARK: {doc: Little light., value: dark}, PALE: {doc: Much light.}}}
methods:
  buy: {kind: unary, doc: Takes one away., params: {item: {type: ipc<Item>, doc: Which one.}, count: {type: int8, doc: How many.}}, result: utf8?}
  watch: {kind: exchange, doc: Looks at many., params: {}, header: Head, input: {x: {type: int8?, doc: Any number.}, y: {type: int8?, doc: Another one.}}, output: dynamic}
metadata:
  Cache: {doc: How long answers keep., keys: {age: {key: shop.age, on: first batch, doc: In seconds.}}}
constants:
  MOST: {type: int64, value: 5, doc: Things in one order.}
batches:
  Row: {doc: One thing., columns: {price: {type: int64, doc: In cents.}, size: {type: any, doc: In any unit.}}, open: true}
`;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const words: Readonly<Record<string, string>> = { by_name: 'exact', dictionary: 'utf8', unary: 'stream', exchange: 'stream' };

/** Every way to change, leave out or move one thing, with what it is called. */
function* mutations(value: Json, path: string): Generator<readonly [about: string, mutated: Json | undefined]> {
  if (typeof value !== 'object' || value === null) {
    yield [`${path} changed`, typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : (words[String(value)] ?? `${String(value)}_x`)];
    return;
  }
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const rebuilt = (list: readonly (readonly [string, Json])[]): Json => (isList ? list.map(([, part]) => part) : Object.fromEntries(list));
  for (const [at, [key, part]] of entries.entries()) {
    yield [`${path}/${key} left out`, rebuilt(entries.filter((_, index) => index !== at))];
    if (isList && at > 0) yield [`${path}/${key} moved`, rebuilt([...entries.slice(0, at - 1), entries[at] as [string, Json], entries[at - 1] as [string, Json], ...entries.slice(at + 1)])];
    for (const [about, mutated] of mutations(part, `${path}/${key}`)) yield [about, rebuilt(entries.map((entry, index) => (index === at ? [key, mutated as Json] : entry)))];
  }
}

/** The snapshot of a text; `undefined` if it is no history file. */
function read(text: string): Snapshot | undefined {
  return readHistory('history.json', text, new DiagnosticCollector());
}

it('no difference between two history files goes unnoticed, whichever is the later one', () => {
  const { model, diagnostics } = compile(memoryFileSystem({ 'protocol.yaml': definition }), 'protocol.yaml');
  expect(diagnostics).toEqual([]);
  if (model === undefined) throw new Error('no model');
  const text = historyText(snapshotOf(model, '1.0.0'));
  const original = read(text) as Snapshot;
  let compared = 0;
  const unnoticed: string[] = [];
  for (const [about, mutated] of mutations(JSON.parse(text) as Json, '')) {
    const other = /^\/(protocol|version) /.test(about) ? undefined : read(JSON.stringify(mutated));
    if (other === undefined) continue;
    compared++;
    if (findChanges(original, other, '').length === 0) unnoticed.push(about);
    if (findChanges(other, original, '').length === 0) unnoticed.push(`${about}, the other way round`);
  }
  expect(unnoticed).toEqual([]);
  expect(compared).toBeGreaterThan(60);
});
