import { defineRule } from '../rule.ts';

export const unexplainedResult = defineRule({
  code: 'VGI5019',
  slug: 'unexplained-result',
  tier: 'docs',
  purpose: 'A method that may answer null has two kinds of answers, and the handler\'s author has to know when to give which.',
  message: 'the result of {owner} may be null, but nothing says what null means.',
  hint: 'write `result: {type: ..., doc: ...}` and say in the doc what null means, or say it in the doc of the method.',
  check({ model, origins }, report) {
    for (const method of model.methods) {
      if (method.result?.type.nullable !== true || /\bnull/i.test(`${method.result.doc ?? ''} ${method.doc}`)) continue;
      report(origins.range(method, 'result'), { owner: origins.label(method) });
    }
  },
});
