import type { Slug } from '../../../generator/diagnostics/codes.ts';

/** Codes that a definition in memory cannot give, by the test that shows each. */
export const coveredByOtherTests = {
  'compile.test.ts': ['file-not-readable'],
  'config.test.ts': ['overlapping-outputs', 'unsafe-output'],
  'generate.test.ts': ['unknown-target', 'output-conflict', 'not-expressible', 'foreign-file', 'stale-output', 'missing-output', 'leftover-output', 'edited-output'],
  'render.test.ts': ['internal'],
  'cli.test.ts': ['config-not-found', 'not-configured', 'write-failed'],
  '../cli/stdin.test.ts': ['stdin-without-name'],
  '../cli/describe.test.ts': ['unknown-name'],
  '../cli/format.test.ts': ['unformatted'],
  '../lint/suppressions.test.ts': ['unexplained-suppression', 'unused-suppression'],
  '../lint/own-rules.test.ts': ['rule-not-loaded', 'unknown-rule', 'rule-failed'],
  '../implement/implement.test.ts': ['handler-missing', 'handler-outdated', 'handler-gone', 'handler-overloads', 'base-not-read', 'no-handler-class', 'source-syntax'],
  '../target/own-target.test.ts': ['target-not-loaded', 'target-failed', 'template-failed', 'unknown-template'],
  '../parity/command.test.ts': ['no-peer', 'unused-explanation'],
  '../parity/cpp.test.ts': [
    'unusable-peer', 'unknown-peer-version', 'cpp-unreadable', 'cpp-header-missing', 'cpp-header-unexpected', 'cpp-support-edited', 'cpp-declaration-missing', 'cpp-declaration-unexpected',
    'cpp-declared-twice', 'cpp-part-missing', 'cpp-part-unexpected', 'cpp-part-renamed', 'cpp-part-moved', 'cpp-type-differs', 'cpp-nullability-differs', 'cpp-value-differs', 'cpp-code-differs',
  ],
  '../parity/vectors.test.ts': ['vector-unreadable', 'vector-missing', 'vector-unexpected', 'vector-twice', 'vector-head-differs', 'vector-values-differ', 'vector-schema-differs', 'vector-bytes-differ'],
  '../parity/worker.test.ts': ['worker-method-missing', 'worker-method-unknown', 'worker-method-kind', 'worker-answer', 'worker-column-missing', 'worker-column-unknown', 'worker-column-differs', 'worker-column-order', 'worker-hash'],
  '../parity/duckdb-requests.test.ts': ['duckdb-unknown-method', 'duckdb-column-missing', 'duckdb-column-unknown', 'duckdb-column-differs', 'duckdb-column-order', 'duckdb-value', 'duckdb-metadata', 'duckdb-never-called', 'duckdb-statement'],
  '../../package/init.test.ts': ['folder-not-empty', 'unknown-project'],
} as const satisfies Readonly<Record<string, readonly Slug[]>>;
