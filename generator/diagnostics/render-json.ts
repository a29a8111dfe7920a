import type { Diagnostic } from './diagnostic.ts';

/** Diagnostics for a program: a JSON object with `diagnostics` (the `Diagnostic` objects) and the members of `data`. */
export const renderJson = (diagnostics: readonly Diagnostic[], data: Readonly<Record<string, unknown>> = {}): string =>
  `${JSON.stringify({ ...data, diagnostics }, null, 2)}\n`;
