import * as v from '../runtime/v1.ts';
import { type BindRequest, bindRequestCodec, type TableInfo, tableInfoCodec, tablesResponseCodec } from '../generated/vgi/ts/index.ts';
import type { Case } from './codec-case.ts';
import { peerDecode, peerEncode, peerSchema } from './codec-peer.ts';

const CALL_METADATA = new Map([
  ['vgi_rpc.method', 'bind'],
  ['vgi_rpc.request_version', '1'],
  ['vgi_rpc.protocol_version', '2.0.0'],
  ['vgi_rpc.protocol', 'vgi.v2'],
]);

const inputSchema = v.Schema.fromIpc(new v.Schema([v.field('id', v.int64, true), v.field('name', v.utf8, true), v.field('price', v.float64, true)]).toIpc());
const argumentsBatch = v.RecordBatch.fromIpc(
  v.RecordBatch.of(new v.Schema([v.field('args', v.structOf([v.field('positional_0', v.int64, true), v.field('named_label', v.utf8, true)]))]), [[{ positional_0: 10n, named_label: 'x' }]]).toIpc(),
);

const bindRequest: BindRequest = {
  functionName: 'sequence',
  arguments: argumentsBatch,
  functionType: 'TABLE',
  inputSchema,
  settings: undefined,
  secrets: undefined,
  attachOpaqueData: Uint8Array.from({ length: 36 }, (_, i) => i),
  transactionOpaqueData: Uint8Array.from({ length: 16 }, (_, i) => i),
  resolvedSecretsProvided: false,
  atUnit: undefined,
  atValue: undefined,
  copyFrom: undefined,
  copyTo: undefined,
  schemaPath: ['main'],
  argumentNames: ['start', 'stop', null],
};

const tableInfo = (i: number): TableInfo => ({
  comment: i % 3 === 0 ? undefined : `Table number ${i}, with a comment of usual length`,
  tags: new Map([['domain', 'sales'], ['owner', `team-${i % 7}`]]),
  name: `table_${i}`,
  schemaPath: ['main'],
  columns: inputSchema,
  notNullConstraints: [0],
  uniqueConstraints: [[0], [1, 2]],
  checkConstraints: ['price >= 0'],
  primaryKeyConstraints: [[0]],
  foreignKeyConstraints: [],
  writeResultModes: new Map([['insert', 'count']]),
  supportsColumnStatistics: true,
  scanFunction: undefined,
  insertFunction: undefined,
  updateFunction: undefined,
  deleteFunction: undefined,
  cardinalityEstimate: BigInt(i * 1000),
  cardinalityMax: undefined,
  columnStatistics: undefined,
  bindResult: undefined,
  requiredFilters: [],
});

const TABLES = 1000;
const tables = { items: Array.from({ length: TABLES }, (_, i) => tableInfo(i)) };

/** Column values as the peer takes them: nested schemas and batches encoded already, as ours are too. */
function peerValues(record: object): unknown[] {
  return Object.values(record).map((value) => (value instanceof v.Schema || value instanceof v.RecordBatch ? value.toIpc() : value));
}

/** One-row requests and a list of records. */
export function recordCases(): Case[] {
  const bindSchema = peerSchema(bindRequestCodec.schema);
  const bindValues = peerValues(bindRequest);
  const bindBytes = bindRequestCodec.encode(bindRequest);
  const callBytes = bindRequestCodec.encodeCall(bindRequest, CALL_METADATA);
  const tableSchema = peerSchema(tableInfoCodec.schema);
  const tablesSchema = peerSchema(tablesResponseCodec.schema);
  const tableValues = tables.items.map(peerValues);
  const tablesBytes = tablesResponseCodec.encode(tables);
  const peerTables = (): Uint8Array => peerEncode(tablesSchema, [tableValues.map((values) => peerEncode(tableSchema, values))]);
  // Records whose schema message was written by someone else are read through a plan, not by the constant prefix.
  const foreignBytes = peerEncode(bindSchema, bindValues);
  return [
    { name: 'bind-request-encode', goal: 5, ours: () => bindRequestCodec.encode(bindRequest), peer: () => peerEncode(bindSchema, bindValues), calls: { ours: 2000, peer: 20 } },
    { name: 'bind-request-encode-call', goal: 5, ours: () => bindRequestCodec.encodeCall(bindRequest, CALL_METADATA), peer: () => peerEncode(bindSchema, bindValues), calls: { ours: 2000, peer: 20 } },
    { name: 'bind-request-decode', goal: 5, ours: () => bindRequestCodec.decode(bindBytes), peer: () => peerDecode(bindBytes), calls: { ours: 2000, peer: 20 } },
    { name: 'bind-request-decode-call', goal: 5, ours: () => bindRequestCodec.decodeMessages(v.splitIpcStream(callBytes)), peer: () => peerDecode(callBytes), calls: { ours: 2000, peer: 20 } },
    { name: 'bind-request-decode-foreign', goal: 5, ours: () => bindRequestCodec.decode(foreignBytes), peer: () => peerDecode(foreignBytes), calls: { ours: 2000, peer: 20 } },
    { name: 'tables-1000-encode', goal: 3, ours: () => tablesResponseCodec.encode(tables), peer: peerTables, calls: { ours: 1, peer: 1 } },
    { name: 'tables-1000-decode', goal: 3, ours: () => tablesResponseCodec.decode(tablesBytes), peer: () => (peerDecode(tablesBytes)[0] as Uint8Array[]).map(peerDecode), calls: { ours: 1, peer: 1 } },
  ];
}
