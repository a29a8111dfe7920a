import type { Oracle } from './oracle.ts';

export interface OracleEntry {
  /** Its name: the option, the key in the configuration and in a file of explanations. */
  readonly name: string;
  /** What the option takes, as the help shows it. */
  readonly argument: string;
  readonly summary: string;
  /** Loads it; other commands and runs without the option do not pay for it. */
  load(): Promise<Oracle>;
}

/** What a model can be compared with. The option of each is made from its entry. */
export const oracles: readonly OracleEntry[] = [
  { name: 'cpp', argument: 'folder', summary: 'compare with the declarations of C++ headers', load: async () => (await import('./cpp/cpp-oracle.ts')).cppOracle },
  { name: 'worker', argument: 'location', summary: 'compare with what a live worker says of itself', load: async () => (await import('./worker/worker-oracle.ts')).workerOracle },
  { name: 'duckdb', argument: 'file', summary: 'compare with what a DuckDB extension sends', load: async () => (await import('./duckdb/duckdb-oracle.ts')).duckdbOracle },
  { name: 'vectors', argument: 'folder', summary: 'compare with golden vectors that another implementation wrote', load: async () => (await import('./vectors/vectors-oracle.ts')).vectorsOracle },
];
