import { defineRule } from '../rule.ts';

export const unusedBatch = defineRule({
  code: 'VGI5012',
  slug: 'unused-batch',
  tier: 'docs',
  purpose: 'A batch shape says what a `batch<Shape>` column or a metadata value holds. One that nothing names describes nothing.',
  message: '{owner} is named by no column, no metadata key and no doc of a method.',
  check({ model, origins, uses }, report) {
    const words = [...model.methods.map(({ doc }) => doc), ...model.metadata.flatMap((group) => group.keys.flatMap(({ on, doc }) => [on, doc]))].join('\n');
    for (const batch of model.batches) {
      if (uses.some(({ name }) => name === batch.name) || new RegExp(`\\b${batch.name}\\b`).test(words)) continue;
      report(batch.range, { owner: origins.label(batch) }, { hint: `write \`batch<${batch.name}>\` where such a batch travels, or remove the shape.` });
    }
  },
});
