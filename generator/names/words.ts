/**
 * The words of a name, in lower case: `catalog_table_get`, `TableInfo`, `HTTPUrl` (http, url). A run of capitals is one word,
 * its last letter counting to the next one; digits belong to the word before them.
 */
export function splitWords(name: string): readonly string[] {
  let words = known.get(name);
  if (words === undefined) {
    words = split(name);
    if (known.size >= mostKnown) known.clear();
    known.set(name, words);
  }
  return words;
}

/** Every name of a definition is asked for a dozen times. */
const known = new Map<string, readonly string[]>();
const mostKnown = 20_000;

function split(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
