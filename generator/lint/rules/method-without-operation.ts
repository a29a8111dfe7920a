import { defineRule } from '../rule.ts';

export const methodWithoutOperation = defineRule({
  code: 'VGI5013',
  slug: 'method-without-operation',
  tier: 'api',
  purpose: 'Where methods say what they do to the object model, one that does not has no default and no place in the catalog that workers are built from.',
  message: '{owner} has no `operation`, though other methods of the protocol have.',
  hint: 'add `operation: {object: ..., action: ..., required: true}` or one with a `default`.',
  check({ model, origins }, report) {
    if (!model.methods.some((method) => method.operation !== undefined)) return;
    for (const method of model.methods) if (method.operation === undefined) report(method.range, { owner: origins.label(method) });
  },
});
