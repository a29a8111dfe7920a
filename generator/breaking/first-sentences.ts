import type { FieldPart, Snapshot } from '../history/snapshot.ts';

/** The first sentence of the doc of everything that can be added: by name, parts as `TableInfo.comment`, metadata keys as they travel. */
export function firstSentences({ types, enums, methods, metadata, constants, batches }: Snapshot): ReadonlyMap<string, string> {
  const docs = new Map<string, string>();
  const add = (name: string, doc: string | undefined): void => {
    const sentence = firstSentence(doc ?? '');
    if (sentence !== '') docs.set(name, sentence);
  };
  const addFields = (owner: string, fields: readonly FieldPart[]): void => {
    for (const { name, declared } of fields) add(`${owner}.${name}`, declared?.doc);
  };
  for (const { name, declared } of [...types, ...enums, ...methods, ...constants, ...batches]) add(name, declared?.doc);
  for (const { key, declared } of metadata) add(key, declared?.doc);
  for (const { name, members } of enums) for (const member of members) add(`${name}.${member.name}`, member.declared?.doc);
  for (const { name, fields } of types) addFields(name, fields);
  for (const { name, columns } of batches) addFields(name, columns);
  for (const { name, params, input, output } of methods) {
    addFields(name, params);
    for (const columns of [input, output]) if (columns !== undefined && columns !== 'dynamic') addFields(name, columns);
  }
  return docs;
}

/** Up to the first mark of an end that is followed by a space and no small letter, so that "e.g. this" and "value_1, ..." go on. */
function firstSentence(doc: string): string {
  const text = doc.replace(/\s+/g, ' ').trim();
  const end = /[.!?](?= [^a-z.])/.exec(text);
  return end === null ? text : text.slice(0, end.index + 1);
}
