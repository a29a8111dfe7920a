import type { Comparison } from '../comparison.ts';
import { rule } from '../change.ts';

/** Types, enums and batch shapes, with what messages call them. */
export const namedTypes = ({ types, enums, batches }: Comparison) =>
  [
    ['type', types],
    ['enum', enums],
    ['batch shape', batches],
  ] as const;

/** Code on both sides that names it does not compile; the wire is a matter of the columns that carried it. */
export const typeRemoved = rule('type-removed', function* (comparison) {
  for (const [kind, { removed }] of namedTypes(comparison)) {
    for (const { name, range } of removed) yield { params: { kind, name }, before: range, after: comparison.placeOfRemoved(name), breaks: ['worker', 'client'], bump: 'major' };
  }
});
