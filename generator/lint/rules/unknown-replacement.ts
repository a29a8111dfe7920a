import { closest } from '../../diagnostics/suggest.ts';
import { fieldGroups } from '../../passes/field-groups.ts';
import { declarations } from '../declarations.ts';
import { defineRule } from '../rule.ts';

export const unknownReplacement = defineRule({
  code: 'VGI5021',
  slug: 'unknown-replacement',
  tier: 'docs',
  purpose: '`deprecated.use` becomes a link in every target; one that leads nowhere leaves the reader with something he must not use and nothing instead.',
  message: '{owner} is deprecated in favour of `{use}`, which is not declared.',
  check({ model, origins }, report) {
    const known = new Set<string>();
    for (const section of [model.types, model.enums, model.methods, model.constants, model.batches, model.metadata]) for (const { name } of section) known.add(name);
    for (const owner of model.enums) for (const { name } of owner.members) known.add(name).add(`${owner.name}.${name}`);
    for (const owner of model.metadata) for (const { name, key } of owner.keys) known.add(name).add(key).add(`${owner.name}.${name}`);
    for (const { name: owner, fields } of fieldGroups(model)) for (const { name } of fields) known.add(name).add(`${owner}.${name}`);
    for (const { part } of declarations({ model, origins })) {
      const use = part.deprecated?.use;
      if (use === undefined || known.has(use)) continue;
      const meant = closest(use, known);
      report(origins.range(part, 'deprecated', 'use'), { owner: origins.label(part), use }, { hint: meant === undefined ? 'name a declaration, a field or `Type.field`; other advice belongs into `reason`.' : `did you mean \`${meant}\`?` });
    }
  },
});
