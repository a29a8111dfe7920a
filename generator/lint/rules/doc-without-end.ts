import type { TextEdit } from '../../diagnostics/diagnostic.ts';
import type { SourceNode } from '../../load/source-node.ts';
import { documented } from '../declarations.ts';
import { defineRule } from '../rule.ts';

export const docWithoutEnd = defineRule({
  code: 'VGI5033',
  slug: 'doc-without-end',
  tier: 'docs',
  purpose: 'Targets join docs with further sentences, such as defaults and deprecations; without a period they run into each other.',
  message: 'the doc of {owner} does not end like a sentence.',
  hint: 'end it with a period.',
  check(subject, report) {
    for (const { part, doc } of documented(subject)) {
      const node = subject.origins.node(part).get('doc');
      if (node === undefined || /[.!?:)`…]$/.test(doc)) continue;
      report(node.range, { owner: subject.origins.label(part) }, { fix: withPeriod(node) });
    }
  },
});

/** A period behind the last character of the text, before its closing quote. */
function withPeriod(node: SourceNode): TextEdit {
  const written = node.fileText.slice(node.range.start.offset, node.range.end.offset).trimEnd();
  const end = node.range.start.offset + written.length - (/^["']/.test(written) ? 1 : 0);
  return { range: node.rangeBetween(end, end), text: '.' };
}
