import { placeText } from '../../model/type-text.ts';
import { defineRule } from '../rule.ts';

export const closedResult = defineRule({
  code: 'VGI5020',
  slug: 'closed-result',
  tier: 'api',
  purpose: 'A result that is a bare value can never get a second part. In a protocol that is read by name, a record costs nothing and may grow.',
  message: '{owner} answers a bare `{type}`, which no later version can add to.',
  hint: 'answer a record: `ipc<...>`.',
  check({ model, origins }, report) {
    if (model.protocol.requestContract !== 'by_name') return;
    for (const method of model.methods) {
      const place = method.result?.type;
      if (place === undefined || ['ipc', 'batch', 'schema'].includes(place.type.kind)) continue;
      report(origins.range(method, 'result'), { owner: origins.label(method), type: placeText(place) });
    }
  },
});
