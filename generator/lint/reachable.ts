import type { Model } from '../model/model.ts';
import type { Use } from '../model/uses.ts';

/** Names that a method or a batch shape uses, directly or through the types it uses. Batch shapes travel in metadata too, so each is a start. */
export function reachable(model: Model, uses: readonly Use[]): ReadonlySet<string> {
  const byUser = new Map<string, string[]>();
  for (const { by, name } of uses) {
    const key = `${by.kind} ${by.name}`;
    byUser.set(key, [...(byUser.get(key) ?? []), name]);
  }
  const found = new Set<string>();
  const visit = (user: string): void => {
    for (const name of byUser.get(user) ?? []) {
      if (found.has(name)) continue;
      found.add(name);
      visit(`type ${name}`);
    }
  };
  for (const { name } of model.methods) visit(`method ${name}`);
  for (const { name } of model.batches) visit(`batch ${name}`);
  return found;
}
