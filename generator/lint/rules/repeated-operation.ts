import { livesIn } from '../../model/versions.ts';
import { defineRule } from '../rule.ts';

export const repeatedOperation = defineRule({
  code: 'VGI5014',
  slug: 'repeated-operation',
  tier: 'api',
  purpose: 'A worker finds the handler of an operation by object and action; two methods that share both in one version cannot be told apart.',
  message: '{owner} does the same to the object model as `{other}`: {action} of {object}.',
  hint: 'give it an action of its own.',
  check({ model, origins }, report) {
    for (const [index, method] of model.methods.entries()) {
      const { operation } = method;
      if (operation === undefined) continue;
      const other = model.methods.slice(0, index).find((earlier) => earlier.operation?.object === operation.object && earlier.operation.action === operation.action && model.protocol.versions.some(({ version }) => livesIn(earlier, version) && livesIn(method, version)));
      if (other === undefined) continue;
      const related = [{ label: 'the other method', range: other.range }];
      report(origins.range(method, 'operation', 'action'), { owner: origins.label(method), other: other.name, object: operation.object, action: operation.action }, { related });
    }
  },
});
