import type { Declared } from '../../model/model.ts';
import { defineRule } from '../rule.ts';

export const usesDeprecated = defineRule({
  code: 'VGI5023',
  slug: 'uses-deprecated',
  tier: 'api',
  purpose: 'Whoever calls a method that is fine should not be told that its type is not.',
  message: '{owner} uses `{name}`, which is deprecated, and is not deprecated itself.',
  check({ model, origins, uses }, report) {
    const targets = new Map<string, Declared>([...model.types, ...model.enums, ...model.batches].map((part) => [part.name, part]));
    const users = { type: new Map(model.types.map((part) => [part.name, part])), method: new Map(model.methods.map((part) => [part.name, part])), batch: new Map(model.batches.map((part) => [part.name, part])) };
    for (const { name, by, part } of uses) {
      const target = targets.get(name);
      const user = users[by.kind].get(by.name);
      if (target?.deprecated === undefined || user === undefined || user.deprecated !== undefined || user.removed !== undefined) continue;
      const node = origins.node(user);
      const place = ['fields', 'params', 'input', 'output', 'columns'].map((group) => node.get(group)?.get(part)).find((found) => found !== undefined) ?? node.get(part);
      if (place?.get('deprecated') !== undefined || place?.get('removed') !== undefined) continue;
      const hint = target.deprecated.use === undefined ? 'deprecate it too, or take the use out.' : `use \`${target.deprecated.use}\`.`;
      report((place?.get('type') ?? place ?? node).range, { owner: `\`${part}\` of ${origins.label(user)}`, name }, { hint, related: [{ label: 'declared here', range: target.range }] });
    }
  },
});
