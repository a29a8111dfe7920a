import type { CodeDefinition } from './codes.ts';

/** Differences between a model and another implementation of its protocol: 820x the command, 821x C++ headers, 822x vectors, 823x workers, 824x the DuckDB extension. */
export const parityCodes = {
  'no-peer': { code: 'VGI8200', severity: 'error', message: 'nothing says what to compare the definitions with.', hint: 'name an implementation, such as `--cpp <folder>`; `vgi-gen parity --help` lists the options.' },
  'unusable-peer': { code: 'VGI8201', severity: 'error', message: 'cannot compare with `{peer}`: {reason}.' },
  'unused-explanation': { code: 'VGI8203', severity: 'error', message: 'this explains nothing: {protocol} {versions} has no `{finding}` of `{subject}`.', hint: 'remove it, or correct it.' },
} as const satisfies Readonly<Record<string, CodeDefinition>>;
