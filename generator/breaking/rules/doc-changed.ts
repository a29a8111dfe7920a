import { rule } from '../change.ts';
import { declaredParts, type DeclaredPart } from '../declared-parts.ts';

/** Everything that a definition says in prose. */
const prose = ({ doc, result, on, rows, snapshot }: DeclaredPart['after']): string => JSON.stringify([doc, result?.doc, on, rows, snapshot]);

/** Readers of the documentation see it, nobody else. */
export const docChanged = rule('doc-changed', function* (comparison) {
  for (const { label, before, after } of declaredParts(comparison)) {
    if (prose(before) !== prose(after)) yield { params: { owner: label }, before: before.range, after: after.range, breaks: ['docs'], bump: 'patch' };
  }
});
