import { sortDiagnostics } from '../diagnostics/diagnostic.ts';
import type { Snapshot } from '../history/snapshot.ts';
import { applyRule, type Change } from './change.ts';
import { Comparison } from './comparison.ts';
import { rules } from './rules.ts';

/** Every difference between two versions of a protocol, by place in the later one. `label` says what places in the earlier one are called. */
export function findChanges(before: Snapshot, after: Snapshot, label: string, applied = rules): readonly Change[] {
  const comparison = new Comparison(before, after);
  const changes = new Map(applied.flatMap((rule) => applyRule(rule, comparison, label)).map((change) => [change.note, change]));
  return sortDiagnostics([...changes.keys()]).flatMap((note) => changes.get(note) ?? []);
}
