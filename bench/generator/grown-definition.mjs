/** Definitions as large as wanted: copies of one, each with names of its own. */
import { parse, stringify } from 'yaml';

const named = ['types', 'enums', 'methods', 'metadata', 'constants', 'batches'];

/**
 * The files of a definition (texts by path, the first one the root) with `times` copies of all that they declare. Every copy has
 * as many files as the original.
 */
export function grownDefinition(files, times) {
  const documents = Object.entries(files).map(([path, text]) => [path, parse(text)]);
  const names = new Set(documents.flatMap(([, document]) => named.flatMap((section) => Object.keys(document[section] ?? {}))));
  const grown = Object.fromEntries(documents.map(([path, document]) => [path, document]));
  const [[root, first]] = documents;
  const added = [];
  for (let copy = 2; copy <= times; copy++) {
    for (const [path, { protocol, include, ...declared }] of documents) {
      const copied = path.replace(/\.yaml$/, `-${copy}.yaml`);
      grown[copied] = renamed(declared, (word) => (names.has(word) ? `${word}${/^[a-z]/.test(word) ? '_' : ''}${copy}` : word));
      added.push(copied);
    }
  }
  const beside = root.slice(0, root.lastIndexOf('/') + 1);
  grown[root] = { ...first, include: [...(first.include ?? []), ...added.map((path) => path.slice(beside.length))] };
  return Object.fromEntries(Object.entries(grown).map(([path, document]) => [path, stringify(document, { lineWidth: 120 })]));
}

/** Renames what is declared, and the names in type expressions; texts for people and keys of other objects stay. */
function renamed(declared, rename) {
  const expression = (text) => text.replace(/\w+/g, rename);
  const inside = (value, key) => {
    if (typeof value === 'string') return ['type', 'result', 'header', 'request'].includes(key) ? expression(value) : value;
    if (Array.isArray(value)) return value.map((item) => inside(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inside(part, name)]));
  };
  const sections = Object.entries(declared).map(([section, entries]) => [section, Object.fromEntries(Object.entries(entries).map(([name, entry]) => [rename(name), inside(entry)]))]);
  return Object.fromEntries(sections);
}
