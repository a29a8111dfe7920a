import { field, int64, Schema } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';

const shared = { schemaPath: ['main'], functionType: vgi.FunctionType.AGGREGATE, arguments: new Schema([field('value', int64, true)]), outputSchema: new Schema([field('result', int64, true)]) };

/** Sums all of them; what differs is which way DuckDB may take. */
export const aggregateFunctions: readonly vgi.FunctionInfo[] = [
  vgi.newFunctionInfo({ ...shared, name: 'total', description: 'Sum by groups.' }),
  vgi.newFunctionInfo({ ...shared, name: 'window_total', description: 'Sum over frames of a partition.', supportsWindow: true }),
  vgi.newFunctionInfo({ ...shared, name: 'running_total', description: 'Sum so far over sorted rows.', supportsWindow: true, streamingPartitioned: true }),
];
