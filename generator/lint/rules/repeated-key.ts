import { livesIn } from '../../model/versions.ts';
import { defineRule } from '../rule.ts';

export const repeatedKey = defineRule({
  code: 'VGI5035',
  slug: 'repeated-key',
  tier: 'wire',
  purpose: 'A key that means two things in the same place and version cannot be read.',
  message: '{owner} is `{key}` on {on}, and so is `{other}`.',
  hint: 'give one of the two another key, or say in `on` where it is found.',
  check({ model, origins }, report) {
    const keys = model.metadata.flatMap((group) => group.keys.map((key) => ({ key, group })));
    for (const [index, { key }] of keys.entries()) {
      const other = keys.slice(0, index).find(({ key: earlier }) => earlier.key === key.key && earlier.on === key.on && model.protocol.versions.some(({ version }) => livesIn(earlier, version) && livesIn(key, version)));
      if (other === undefined) continue;
      const related = [{ label: 'the other key', range: other.key.range }];
      report(origins.range(key, 'key'), { owner: origins.label(key), key: key.key, on: key.on, other: `${other.group.name}.${other.key.name}` }, { related });
    }
  },
});
