import type { RecordAdapter } from 'vgi-gen/runtime/v1';
import type { EarlierFunctionInfo, FunctionInfo } from '../../generated/vgi/ts/types.ts';

/** Namespace of the functions that come with DuckDB; those of its extensions are below it. */
const DUCKDB = 'duckdb';
/** The only version that bare names can mean. */
const FIRST_VERSION = 1n;

/** Before 2.0.0 the functions that may stand in pushed filters are DuckDB's, told by bare name. */
export const functionInfoAdapter: RecordAdapter<FunctionInfo, EarlierFunctionInfo> = {
  toEarlier: ({ additionalFilterFunctions }) => ({
    supportedExpressionFilters: additionalFilterFunctions
      .filter(({ namespace }) => namespace === DUCKDB || namespace.startsWith(`${DUCKDB}.`))
      .map(({ name }) => name),
  }),
  fromEarlier: (value, { supportedExpressionFilters = [] }) => ({
    ...value,
    additionalFilterFunctions: supportedExpressionFilters.map((name) => ({ namespace: DUCKDB, name, version: FIRST_VERSION })),
  }),
};
