import { splitWords } from '../../names/words.ts';
import { fieldGroups } from '../../passes/field-groups.ts';
import { defineRule } from '../rule.ts';

/** Words of names that stand for a measure. */
const measures = new Set(['age', 'delay', 'duration', 'elapsed', 'interval', 'latency', 'length', 'lifetime', 'size', 'timeout', 'ttl', 'width']);
const units = /\b(nanoseconds?|microseconds?|milliseconds?|seconds?|minutes?|hours?|days?|ns|us|ms|s|bytes?|bits?|rows?|items?|characters?|entries|batches|pages?|columns?|percent|KiB|MiB|GiB)\b/i;

export const missingUnit = defineRule({
  code: 'VGI5034',
  slug: 'missing-unit',
  tier: 'docs',
  purpose: 'A number that measures something is useless, and dangerous to guess, without its unit.',
  message: '{owner} measures something, but neither its name nor its doc says in which unit.',
  hint: 'name the unit in the doc: seconds, bytes, rows, ...',
  check({ model, origins }, report) {
    for (const { fields } of fieldGroups(model)) {
      for (const field of fields) {
        const words = splitWords(field.name);
        const isNumber = field.type.type.kind === 'int' || field.type.type.kind === 'float';
        if (!isNumber || !words.some((word) => measures.has(word)) || units.test(`${words.join(' ')} ${field.doc}`)) continue;
        report(origins.range(field, 'doc'), { owner: origins.label(field) });
      }
    }
  },
});
