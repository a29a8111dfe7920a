import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { ModelBuild } from '../model/build-model.ts';
import { splitWords } from '../names/words.ts';
import { fieldGroups } from './field-groups.ts';

/** A doc must say something that the names do not say already. */
export function checkDocs({ model, origins }: ModelBuild, diagnostics: DiagnosticCollector): void {
  const check = (part: object, doc: string, name: string, ...around: readonly string[]): void => {
    if (!restates(doc, name, around)) return;
    const node = origins.node(part);
    diagnostics.report('restating-doc', node.get('doc')?.range ?? node.keyRange, { owner: origins.label(part) });
  };
  for (const part of [...model.types, ...model.enums, ...model.methods, ...model.metadata, ...model.constants, ...model.batches]) check(part, part.doc, part.name);
  for (const { name, fields } of fieldGroups(model)) {
    for (const field of fields) if (origins.node(field).get('doc') !== undefined) check(field, field.doc, field.name, name);
  }
  for (const type of model.enums) for (const member of type.members) check(member, member.doc, member.name, member.value ?? '', type.name);
  for (const group of model.metadata) for (const key of group.keys) check(key, key.doc, key.name, key.key, group.name);
  for (const batch of model.batches) for (const column of batch.columns) check(column, column.doc, column.name, batch.name);
}

/** Words that say nothing by themselves. */
const stopWords = new Set(
  'a an the of for to in on at by with from as and or its it this that these those is are be been was which whether if when true false yes value field column parameter given'.split(' '),
);

/** Docs that were found to say something, with their names: nearly all of them, and the same ones in every run of `--watch`. */
const telling = new Set<string>();
const mostKnown = 20_000;

function restates(doc: string, name: string, around: readonly string[]): boolean {
  const key = `${name}\n${around.join('\n')}\n${doc}`;
  if (telling.has(key)) return false;
  if (onlyRestates(doc, name, around)) return true;
  if (telling.size >= mostKnown) telling.clear();
  telling.add(key);
  return false;
}

/** Whether a doc has a word of the name, and beyond that only words of the names around it. Most docs say something else within three words. */
function onlyRestates(doc: string, name: string, around: readonly string[]): boolean {
  const own = new Set(splitWords(name).map(stem));
  let known: Set<string> | undefined;
  let tells = false;
  let repeats = false;
  for (const [part] of doc.matchAll(/[A-Za-z0-9]+/g)) {
    for (const word of /^[a-z]+$/.test(part) ? [part] : splitWords(part)) {
      if (stopWords.has(word)) continue;
      const root = stem(word);
      known ??= new Set([...own, ...around.flatMap(splitWords).map(stem)]);
      if (!known.has(root)) return false;
      tells = true;
      repeats ||= own.has(root);
    }
  }
  return !tells || repeats;
}

/** The word without a plural or verb ending, enough to see that `drops`, `dropped` and `dropping` are `drop`. */
function stem(word: string): string {
  const bare = word.replace(/(?<=...)(ies|ied)$/, 'y').replace(/(?<=...)(ing|ed|es|s)$/, '');
  return bare.replace(/([^aeiou])\1$/, '$1').replace(/e$/, '');
}
