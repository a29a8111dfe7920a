import type { FunctionInfo } from '../../generated/vgi/ts/index.ts';
import { SEMANTICS } from './parse-filters.ts';

/**
 * What a function that takes filters says of itself. It names no functions beyond those of the profile: for clients before 2.0.0, which
 * know no profiles, even one would let all comparisons through as expressions, and those clients send IS DISTINCT FROM and IS NOT
 * DISTINCT FROM under one name (observed, 1.0.0 and 1.2.0).
 */
export function filterCapabilities(filters: 'auto' | 'author'): Partial<FunctionInfo> {
  return { filterPushdown: true, filtersExactlyApplied: filters === 'auto', filterSemanticProfiles: [SEMANTICS] };
}
