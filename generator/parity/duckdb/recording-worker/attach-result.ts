import { field, int64, RecordBatch, Schema, utf8 } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';

/** Name of the secret type that the catalog registers. */
export const SECRET_TYPE = 'recording';

const value = new Schema([field('value', int64, true)]);
const secret = new Schema([field('token', utf8, true, new Map([[vgi.columnKeys.redact, 'true']]))]);

/** A catalog with all that makes the client ask: versions that move, transactions, time travel, statistics, settings and secrets. */
export function attachResult(name: string): vgi.CatalogAttachResult {
  return vgi.newCatalogAttachResult({
    attachOpaqueData: Buffer.from(name),
    attachOpaqueDataRequired: true,
    supportsTransactions: true,
    supportsTimeTravel: true,
    supportsColumnStatistics: true,
    catalogVersionFrozen: false,
    catalogVersion: 1n,
    defaultSchema: 'main',
    settings: name === 'recording' ? [vgi.newSettingSpec({ name: 'recording_offset', description: 'Added by plus_offset.', type: value, defaultValue: RecordBatch.of(value, [[1n]]) })] : [],
    secretTypes: name === 'recording' ? [{ name: SECRET_TYPE, description: 'A token.', parametersSchema: secret }] : [],
  });
}
