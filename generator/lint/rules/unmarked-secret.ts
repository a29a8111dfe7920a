import { splitWords } from '../../names/words.ts';
import { fieldGroups } from '../../passes/field-groups.ts';
import { insertEntry } from '../edit-mapping.ts';
import { defineRule } from '../rule.ts';

/** Last words of names whose values must not be seen by those who read logs. */
const telling = new Set(['password', 'passwords', 'passphrase', 'secret', 'secrets', 'credential', 'credentials']);

export const unmarkedSecret = defineRule({
  code: 'VGI5016',
  slug: 'unmarked-secret',
  tier: 'wire',
  purpose: 'Calls are logged with their arguments; only `secret: true` keeps a password out of the log.',
  message: '{owner} holds a secret by its name, but calls are logged with it.',
  hint: 'add `secret: true`.',
  check({ model, origins }, report) {
    for (const { fields } of fieldGroups(model)) {
      for (const field of fields) {
        const carries = ['utf8', 'large_utf8', 'binary', 'large_binary', 'batch', 'map'].includes(field.type.type.kind);
        if (field.secret || !carries || !telling.has(splitWords(field.name).at(-1) ?? '')) continue;
        report(field.range, { owner: origins.label(field) }, { fix: insertEntry(origins.node(field), 'type', 'secret: true') });
      }
    }
  },
});
