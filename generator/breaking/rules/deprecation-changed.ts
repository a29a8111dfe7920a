import type { Version } from '../../model/model.ts';
import { compareVersions } from '../../model/versions.ts';
import { rule } from '../change.ts';
import { declaredParts, type DeclaredPart } from '../declared-parts.ts';

function status({ deprecated, since }: DeclaredPart['after'], version: Version): string {
  const from = deprecated?.since ?? since;
  if (deprecated === undefined || (from !== undefined && compareVersions(from, version) > 0)) return 'not deprecated';
  const details = [deprecated.use === undefined ? '' : `use ${deprecated.use}`, deprecated.reason ?? ''].filter((detail) => detail !== '');
  return details.length === 0 ? 'deprecated' : `deprecated (${details.join('; ')})`;
}

/** Authors are told to use something else; what they have works as before. */
export const deprecationChanged = rule('deprecation-changed', function* (comparison) {
  for (const part of declaredParts(comparison)) {
    const params = { owner: part.label, before: status(part.before, comparison.before.version), after: status(part.after, comparison.after.version) };
    if (params.before !== params.after) yield { params, before: part.before.range, after: part.after.range, breaks: ['docs'], bump: 'patch' };
  }
});
