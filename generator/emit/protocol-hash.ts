import { createHash } from 'node:crypto';
import type { Model } from '../model/model.ts';

/** Parts of a model that say nothing of the wire or of behaviour. */
const silent: ReadonlySet<string> = new Set(['range', 'doc', 'deprecated', 'names']);

/**
 * SHA-256 over the canonical form of a definition: the model as JSON with sorted keys and declarations, without documentation, names in
 * target languages and positions. How a definition is spread over files makes no difference.
 */
export function protocolHash(model: Model): string {
  const declarations = Object.entries(model).map(([section, part]) => [section, Array.isArray(part) ? [...part].sort(byName) : part]);
  return createHash('sha256').update(JSON.stringify(canonical(Object.fromEntries(declarations)))).digest('hex');
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, part]) => part !== undefined && !silent.has(key));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, canonical(part)]));
}
