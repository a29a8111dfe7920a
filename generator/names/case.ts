import { splitWords } from './words.ts';

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `TableInfo`; acronyms are ordinary words. */
export const pascalCase = (name: string): string => splitWords(name).map(capitalized).join('');

/** `catalogTableGet`. */
export const camelCase = (name: string): string =>
  splitWords(name)
    .map((word, index) => (index === 0 ? word : capitalized(word)))
    .join('');

/** `catalog-table-get`. */
export const kebabCase = (name: string): string => splitWords(name).join('-');

/** A version as part of an identifier: `V1_3_0`. */
export const versionSuffix = (version: string): string => `V${version.replaceAll('.', '_')}`;
