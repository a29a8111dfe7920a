import { rule } from '../change.ts';

/** Callers get "unknown method", and the handler has nothing to handle. */
export const methodRemoved = rule('method-removed', function* (comparison) {
  for (const { name, range } of comparison.methods.removed) {
    yield { params: { method: name }, before: range, after: comparison.placeOfRemoved(name), breaks: ['wire', 'worker', 'client'], bump: 'major' };
  }
});
