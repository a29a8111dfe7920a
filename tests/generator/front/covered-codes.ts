import type { Slug } from '../../../generator/diagnostics/codes.ts';

/** Codes that a definition in memory cannot give, by the test that shows each. */
const byTest = {
  'load-sources.test.ts': ['file-not-readable'],
  'config.test.ts': ['config-not-found', 'overlapping-outputs', 'unsafe-output'],
  'generate.test.ts': ['unknown-target', 'output-conflict', 'foreign-file', 'stale-output', 'missing-output', 'leftover-output', 'edited-output'],
  'cli.test.ts': ['write-failed', 'internal'],
} as const satisfies Readonly<Record<string, readonly Slug[]>>;

export const coveredByOtherTests: readonly Slug[] = Object.values(byTest).flat();
