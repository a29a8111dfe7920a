import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../generator/compile.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import type { Difference } from '../../../generator/parity/oracle.ts';
import { judgeRecording } from '../../../generator/parity/duckdb/judge-recording.ts';
import { RecordBatch } from '../../../runtime/arrow/record-batch.ts';
import { type Field, field, Schema } from '../../../runtime/arrow/schema.ts';
import { binary, dictionaryOf, int16, int32, int64, utf8 } from '../../../runtime/arrow/type.ts';

const definition = `protocol:
  name: shop
  wire_name: shop.v1
  service: Shop
  request_contract: by_name
  doc: Sells things.
  versions: {1.0.0: {doc: The only one.}}
enums:
  Size: {doc: How large a thing is., members: {SMALL: {doc: Fits in a hand.}, LARGE: {doc: Does not.}}}
types:
  Order:
    doc: What somebody wants to have.
    fields:
      item: {type: utf8, doc: Name of the thing.}
      count: {type: int64, doc: How many of them.}
      size: {type: Size?, doc: Null for any.}
metadata:
  Rpc:
    doc: Framing of the calls.
    keys:
      method: {key: vgi_rpc.method, on: request, doc: Which one is meant.}
      request_version: {key: vgi_rpc.request_version, on: request, doc: Always 1.}
      protocol_version: {key: vgi_rpc.protocol_version, on: request, doc: Of the client.}
      protocol: {key: vgi_rpc.protocol, on: request, doc: Which protocol is meant.}
methods:
  buy: {kind: unary, doc: Sells a thing., request: Order, result: void}
  catalog_detach: {kind: unary, doc: A method with a reason not to be called., params: {}, result: void}
`;

const { model } = compile(memoryFileSystem({ 'shop.yaml': definition }), 'shop.yaml');
const size = dictionaryOf(int16, utf8);
const orderFields: readonly Field[] = [field('item', utf8), field('count', int64), field('size', size, true)];
const good = { item: 'duck', count: 2n, size: 'SMALL' } as const;

const recordOf = (fields: readonly Field[], values: Readonly<Record<string, unknown>>): Uint8Array =>
  RecordBatch.of(new Schema(fields), fields.map(({ name }) => [values[name] ?? null]), { numRows: 1 }).toIpc();

const routing = { 'vgi_rpc.request_version': '1', 'vgi_rpc.protocol_version': '1.0.0', 'vgi_rpc.protocol': 'shop.v1' };

/** A request as it would be on the wire. */
function request(order: Uint8Array, { method = 'buy', metadata = {} as Readonly<Record<string, string>>, schema = new Schema([field('request', binary)]) } = {}): Uint8Array {
  return RecordBatch.of(schema, [[order]], { numRows: 1, metadata: new Map(Object.entries({ 'vgi_rpc.method': method, ...routing, ...metadata })) }).toIpc();
}

const recorded = {
  footer: { platform: 'linux_amd64', duckdbVersion: '1.9.9', extensionVersion: 'abc', abi: 'CPP' },
  engine: { name: '@duckdb/node-api', version: '1.9.9-r.1', folder: '' },
};

function judge(requests: readonly Uint8Array[], failed: readonly { readonly sql: string; readonly problem: string }[] = []) {
  if (model === undefined) throw new Error('the definition has errors');
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-requests-'));
  try {
    requests.forEach((bytes, index) => writeFileSync(join(folder, `${index + 1}.bin`), bytes));
    const report = judgeRecording(model, { version: '1.0.0', ran: 1, failed }, folder, recorded);
    if (report === undefined) throw new Error('the version is not served');
    return report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const texts = (differences: readonly Difference[]): string[] => differences.map(({ subject, diagnostic: { slug, message, range } }) => `${range.start.line} ${slug} ${subject}: ${message}`);
const found = (...requests: readonly Uint8Array[]): string[] => texts(judge(requests).differences);

describe('requests that were recorded', () => {
  it('are as the definition says', () => {
    const report = judge([request(recordOf(orderFields, good)), request(recordOf(orderFields, { ...good, size: null }))]);
    expect(texts(report.differences)).toEqual([]);
    expect(report.compared).toEqual([{ protocol: 'shop', versions: ['1.0.0'], counts: { statements: 1, requests: 2, records: 2, methods: 1 } }]);
    expect(report.remarks).toEqual([
      'the extension is abc for DuckDB 1.9.9, linux_amd64, CPP; it ran in @duckdb/node-api@1.9.9-r.1 and speaks 1.0.0',
      'called (1 of 2 methods):',
      '  buy 2',
      'never called:',
      '  catalog_detach: DETACH is not passed on',
    ]);
  });

  it('may have columns that are missing, unknown or different', () => {
    const fields = [field('item', utf8, true), field('count', int32), field('gift', utf8, true)];
    expect(found(request(recordOf(fields, { ...good, count: 2 })))).toEqual([
      '14 duckdb-column-differs Order.item: the extension sends the column `Order.item` as `utf8?`; the definition says `utf8`.',
      '15 duckdb-column-differs Order.count: the extension sends the column `Order.count` as `int32`; the definition says `int64`.',
      '16 duckdb-column-missing Order.size: the extension does not send the column `Order.size`.',
      '11 duckdb-column-unknown Order.gift: the extension sends the column `Order.gift`, which the definition does not have.',
    ]);
  });

  it('may have columns in another order', () => {
    expect(found(request(recordOf(orderFields.toReversed(), good)))).toEqual([
      '11 duckdb-column-order Order: the extension sends the columns of `Order` in the order size, count, item; the definition says item, count, size.',
    ]);
  });

  it('may have values that are wrong', () => {
    const nullable = orderFields.map((each) => ({ ...each, nullable: true }));
    expect(found(request(recordOf(nullable, { ...good, item: null, size: 'HUGE' }))).filter((text) => text.includes('duckdb-value'))).toEqual([
      '14 duckdb-value Order.item: what the extension sends as `Order.item` is not what the definition says: it is null.',
      '16 duckdb-value Order.size: what the extension sends as `Order.size` is not what the definition says: `HUGE` is no member of Size.',
    ]);
    expect(found(request(new TextEncoder().encode('no record')))).toEqual([expect.stringMatching(/^11 duckdb-value Order: what the extension sends as `Order` is not what the definition says: /)]);
  });

  it('may have metadata that is wrong', () => {
    const marked = orderFields.with(0, field('item', utf8, false, new Map([['note', 'x']])));
    expect(found(request(recordOf(marked, good), { metadata: { 'vgi_rpc.protocol': 'shop.v2', 'shop.till': '4' } }))).toEqual([
      '26 duckdb-metadata vgi_rpc.protocol: what the extension sends beside the columns, `vgi_rpc.protocol`, is not what the definition says: it is `shop.v2` instead of `shop.v1`.',
      '26 duckdb-metadata shop.till: what the extension sends beside the columns, `shop.till`, is not what the definition says: the definition has no such key in 1.0.0.',
      '11 duckdb-metadata Order.item: what the extension sends beside the columns, `Order.item`, is not what the definition says: it has metadata that nothing declares: note.',
    ]);
  });

  it('may call what is not there, and not what is', () => {
    const report = judge([request(recordOf(orderFields, good), { method: 'rent' })], [{ sql: 'BUY 1', problem: 'Parser Error' }]);
    expect(texts(report.differences)).toEqual([
      '1 duckdb-statement BUY 1: the statement `BUY 1` did not do what it should: Parser Error.',
      '1 duckdb-unknown-method rent: the extension calls `rent`, which the definition does not have in 1.0.0.',
      '26 duckdb-never-called buy: no statement made the extension call `buy`, and nothing says why.',
    ]);
    expect(report.remarks?.slice(-2)).toEqual(['  buy: no reason is known', '  catalog_detach: DETACH is not passed on']);
  });
});
