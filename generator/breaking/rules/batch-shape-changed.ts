import { rule } from '../change.ts';

const shape = /\b(large_batch|batch)<(\w+)>/g;

/** A type expression as the wire has it: `batch<GroupIds>` and `batch` are both bytes. */
export const withoutShapes = (type: string): string => type.replace(shape, '$1');

const shapes = (type: string): readonly string[] => [...type.matchAll(shape)].map(([, , name]) => name ?? '');

/** A batch inside a column holds other columns. To name the shape of what was not described, or no longer to, is for readers only. */
export const batchShapeChanged = rule('batch-shape-changed', function* ({ records }) {
  for (const { fields, label } of records) {
    for (const { before, after } of fields.kept) {
      if (before.type === after.type || withoutShapes(before.type) !== withoutShapes(after.type)) continue;
      const described = shapes(before.type).length === shapes(after.type).length;
      const params = { field: label(after), before: before.type, after: after.type };
      yield { params, before: before.range, after: after.range, breaks: described ? ['wire', 'worker', 'client'] : ['docs'], bump: described ? 'major' : 'patch' };
    }
  }
});
