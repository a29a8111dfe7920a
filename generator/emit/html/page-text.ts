import type { Model } from '../../model/model.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as HTML, in content and in attributes between double quotes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] as string);

/** Ids of the articles of the page: also what stands in the address after `#`. */
export const articleIds = {
  method: (name: string): string => `method/${name}`,
  type: (name: string): string => `type/${name}`,
  enum: (name: string): string => `enum/${name}`,
  batch: (name: string): string => `batch/${name}`,
  metadata: (name: string): string => `metadata/${name}`,
  constants: 'constants',
  versions: 'versions',
  start: 'start',
} as const;

/** Where every declared name of a definition is explained on the page. */
export class PageLinks {
  readonly #ids = new Map<string, string>();

  constructor(model: Model) {
    const add = (name: string, id: string): void => {
      if (!this.#ids.has(name)) this.#ids.set(name, id);
    };
    for (const { name } of model.types) add(name, articleIds.type(name));
    for (const { name } of model.enums) add(name, articleIds.enum(name));
    for (const { name } of model.methods) add(name, articleIds.method(name));
    for (const { name } of model.batches) add(name, articleIds.batch(name));
    for (const { name } of model.metadata) add(name, articleIds.metadata(name));
    for (const { name } of model.constants) add(name, `${articleIds.constants}.${name}`);
    for (const { name, keys } of model.metadata) for (const key of keys) add(key.key, `${articleIds.metadata(name)}.${key.name}`);
    for (const { name, fields } of model.types) for (const field of fields) add(`${name}.${field.name}`, `${articleIds.type(name)}.${field.name}`);
    for (const { name, members } of model.enums) for (const member of members) add(`${name}.${member.name}`, `${articleIds.enum(name)}.${member.name}`);
  }

  /** The id of a name; `undefined` if it is nothing that is declared. */
  idOf(name: string): string | undefined {
    return this.#ids.get(name);
  }

  /** A name as code, with a link unless it leads to the article that it stands in. */
  code(name: string, article?: string): string {
    const id = this.#ids.get(name);
    const shown = `<code>${escapeHtml(name)}</code>`;
    return id === undefined || id === article ? shown : `<a href="#${escapeHtml(id)}">${shown}</a>`;
  }

  /** A type expression, every declared name in it a link. */
  type(expression: string): string {
    const linked = escapeHtml(expression).replace(/[A-Za-z_]\w*/g, (word) => {
      const id = this.#ids.get(word);
      return id === undefined || id.startsWith('method/') ? word : `<a href="#${escapeHtml(id)}">${word}</a>`;
    });
    return `<code>${linked}</code>`;
  }

  /** Text with code between backticks, on one line. */
  inline(text: string, article?: string): string {
    const parts = text.trim().replace(/\s+/g, ' ').split('`');
    // An odd backtick is a character like any other.
    const closed = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join('`')];
    return closed.map((part, index) => (index % 2 === 1 ? this.code(part, article) : this.#words(part, article))).join('');
  }

  /** Text whose words are links if they can only be names: with an underscore or a hump. */
  #words(text: string, article?: string): string {
    return escapeHtml(text).replace(/\b[A-Za-z]\w*(?:\.[a-z]\w*)?/g, (word) => {
      const id = /_|[a-z][A-Z]/.test(word) ? this.#ids.get(word) : undefined;
      return id === undefined || id === article ? word : `<a href="#${escapeHtml(id)}">${word}</a>`;
    });
  }

  /** Documentation: paragraphs are separated by empty lines. */
  prose(text: string, article?: string): string {
    return text
      .split(/\n\s*\n/)
      .filter((paragraph) => paragraph.trim() !== '')
      .map((paragraph) => `<p>${this.inline(paragraph, article)}</p>`)
      .join('\n');
  }
}

/** A name that may be broken at its underscores. */
export const breakable = (name: string): string => name.replaceAll('_', '_<wbr>');

/** The first sentence of a documentation, for lists. */
export const firstSentence = (doc: string): string => /^.*?[.!?](?=\s|$)/s.exec(doc.trim())?.[0] ?? doc.trim();
