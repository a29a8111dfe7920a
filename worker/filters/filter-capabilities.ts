import { compareVersions } from '../../runtime/rpc/service.ts';
import type { FunctionInfo } from '../../generated/vgi/ts/index.ts';
import { SEMANTICS } from './parse-filters.ts';
import { legacyFunctions } from './parse-legacy-filters.ts';

/** What a function that takes filters says of itself to a client of a protocol version. */
export function filterCapabilities(filters: 'auto' | 'author', protocolVersion: string): Partial<FunctionInfo> {
  // Before 2.0.0 there are no profiles: the functions of the standard one have to be named like any other.
  const legacy = compareVersions(protocolVersion, '2.0.0') < 0;
  return {
    filterPushdown: true,
    filtersExactlyApplied: filters === 'auto',
    filterSemanticProfiles: [SEMANTICS],
    additionalFilterFunctions: legacy ? [...legacyFunctions.keys()].map((name) => ({ namespace: 'duckdb', name, version: 1n })) : [],
  };
}
