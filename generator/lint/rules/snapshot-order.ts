import { defineRule } from '../rule.ts';

export const snapshotOrder = defineRule({
  code: 'VGI5028',
  slug: 'snapshot-order',
  tier: 'docs',
  purpose: 'Versions are listed oldest first; the days they stand for must agree.',
  message: 'version {version} stands for {day}, which is before the day of {previous}: {other}.',
  hint: 'correct one of the dates.',
  check({ model, origins }, report) {
    const dated = model.protocol.versions.filter(({ snapshot }) => snapshot !== undefined);
    for (const [index, version] of dated.entries()) {
      const previous = dated[index - 1];
      if (previous === undefined || String(previous.snapshot) <= String(version.snapshot)) continue;
      const related = [{ label: 'the earlier version', range: origins.range(previous, 'snapshot') }];
      report(origins.range(version, 'snapshot'), { version: version.version, day: String(version.snapshot), previous: previous.version, other: String(previous.snapshot) }, { related });
    }
  },
});
