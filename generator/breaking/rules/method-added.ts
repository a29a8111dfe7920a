import { rule } from '../change.ts';

/** Nobody calls it yet; a worker has to write it only if its operation is required. */
export const methodAdded = rule('method-added', function* ({ methods }) {
  for (const { name, range, declared } of methods.added) {
    yield { params: { method: name }, after: range, breaks: declared?.operation?.required === true ? ['worker'] : [], bump: 'minor' };
  }
});
