import { fieldGroups } from '../../passes/field-groups.ts';
import { declarations } from '../declarations.ts';
import { defineRule } from '../rule.ts';

export const idleVersion = defineRule({
  code: 'VGI5027',
  slug: 'idle-version',
  tier: 'docs',
  purpose: 'Peers compare versions before they talk. One that is served and brings nothing makes them refuse each other for nothing, or the marks of its changes are missing.',
  message: 'nothing comes, goes or changes in version {version}.',
  check(subject, report) {
    const { model } = subject;
    const named = new Set<string | undefined>([model.protocol.routingKeySince]);
    for (const { part } of declarations(subject)) named.add(part.since).add(part.removed).add(part.deprecated?.since);
    for (const { fields } of fieldGroups(model)) for (const field of fields) for (const form of field.was) named.add(form.before);
    for (const batch of model.batches) for (const column of batch.columns) named.add(column.since).add(column.removed);
    for (const { version, served, range } of model.protocol.versions.slice(1)) {
      if (served && !named.has(version)) report(range, { version }, { hint: `say \`since: ${version}\` where it brought something, or remove the version.` });
    }
  },
});
