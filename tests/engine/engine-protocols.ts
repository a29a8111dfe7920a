/** Engines, and the version of the protocol that the extension of each speaks; oldest first. */
export const engineProtocols = { 'haybarn-1.5.3': '1.0.0', 'duckdb-1.5.4': '1.2.0', 'duckdb-1.5.5': '2.0.0' } as const;

export type Engine = keyof typeof engineProtocols;
