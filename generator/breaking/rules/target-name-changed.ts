import { rule } from '../change.ts';
import { declaredParts, type DeclaredPart } from '../declared-parts.ts';

function names({ names: given = {} }: DeclaredPart['after']): string {
  const entries = Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? 'its derived names only' : entries.map(([target, name]) => `the name \`${name}\` in ${target}`).join(' and ');
}

/** Code that uses the generated names does not compile; the wire has its own. */
export const targetNameChanged = rule('target-name-changed', function* (comparison) {
  for (const { label, before, after } of declaredParts(comparison)) {
    const params = { owner: label, before: names(before), after: names(after) };
    if (params.before !== params.after) yield { params, before: before.range, after: after.range, breaks: ['worker', 'client'], bump: 'minor' };
  }
});
