import { sidesByName } from '../../breaking/sides.ts';
import { describe } from '../../describe/describe.ts';
import { servedVersions, snapshotOf } from '../../history/snapshot-of.ts';
import { Layouts } from '../../layout/layouts.ts';
import { typeRecord } from '../../layout/wire-record.ts';
import type { Declared, EnumType, Field, Method, Model, RecordType, Version } from '../../model/model.ts';
import { placeText } from '../../model/type-text.ts';
import { usesOf } from '../../model/uses.ts';
import { livesIn } from '../../model/versions.ts';
import { defaultSentence } from '../docs/methods-page.ts';
import { facts, tableOf, type Article, type ArticleTable, type Fact, type FormTable } from './article.ts';
import { fieldRows, lifeMarks, type RowContext } from './field-rows.ts';
import { articleIds, breakable, escapeHtml, firstSentence, PageLinks } from './page-text.ts';
import { batchArticle, constantsArticle, enumRows, metadataArticle } from './reference-articles.ts';
import { articleHistory, type VersionPair } from './version-changes.ts';

/** What an article is made of beyond its declaration. */
type Own = Pick<Article, 'facts' | 'tables'> & Partial<Pick<Article, 'forms' | 'example'>>;

/** Articles by section of the page, in the order of the definition. */
export interface Articles {
  readonly methods: readonly Article[];
  readonly types: readonly Article[];
  readonly enums: readonly Article[];
  readonly batches: readonly Article[];
  readonly metadata: readonly Article[];
  readonly constants: readonly Article[];
}

/** Builds every article of a model. */
export class ArticleBuilder {
  readonly #model: Model;
  readonly #context: RowContext;
  readonly #history: ReturnType<typeof articleHistory>;
  readonly #uses: ReadonlyMap<string, readonly string[]>;
  readonly #writers: ReturnType<typeof sidesByName>;

  constructor(model: Model, layouts: Layouts, links: PageLinks, pairs: readonly VersionPair[]) {
    this.#model = model;
    this.#context = { layouts, links, oldest: model.protocol.versions[0]?.version ?? model.protocol.current };
    this.#history = articleHistory(model, pairs);
    this.#uses = usesByName(model, links);
    this.#writers = sidesByName(servedVersions(model).map((version) => snapshotOf(model, version)));
  }

  all(): Articles {
    const { methods, types, enums, batches, metadata, constants } = this.#model;
    const finish = this.#article.bind(this);
    return {
      methods: methods.map((method) => finish('Method', articleIds.method(method.name), method, this.#method(method))),
      types: types.map((type) => finish('Type', articleIds.type(type.name), type, this.#type(type))),
      enums: enums.map((type) => finish('Enum', articleIds.enum(type.name), type, this.#enum(type))),
      batches: batches.map((batch) => finish('Batch shape', articleIds.batch(batch.name), batch, batchArticle(this.#context, batch, this.#usedBy(batch.name)))),
      metadata: metadata.map((group) => finish('Metadata keys', articleIds.metadata(group.name), { ...group, since: this.#context.oldest }, metadataArticle(this.#context, group))),
      constants: constants.length === 0 ? [] : [finish('Reference', articleIds.constants, { name: 'Constants', doc: '', since: this.#context.oldest }, constantsArticle(this.#context, constants))],
    };
  }

  #article(kind: string, id: string, declared: Pick<Declared, 'name' | 'doc' | 'since' | 'removed' | 'deprecated'>, own: Own): Article {
    const { links, oldest } = this.#context;
    const history = (this.#history.get(id) ?? []).map(({ version, changes }) => ({
      version,
      items: changes.map(({ text, effect, breaks }) => ({ html: links.inline(text, id), effect, breaking: breaks.some((side) => side !== 'docs') })),
    }));
    return { id, kind, title: declared.name, marks: lifeMarks(declared, oldest), doc: links.prose(declared.doc, id), summary: links.inline(firstSentence(declared.doc), id), forms: [], example: false, history, ...own };
  }

  #method(method: Method): Own {
    const { links } = this.#context;
    const { name, kind, operation, request, result, header, input, output } = method;
    const id = articleIds.method(name);
    const obligation = operation === undefined ? undefined : operation.required ? 'has to implement it' : defaultSentence(operation);
    const chosen = (schema: Method['input']): string | undefined => (schema?.dynamic === true ? 'columns are chosen per call' : undefined);
    return {
      facts: facts([
        ['Kind', kind],
        ['Versions', this.#versionsOf(method)],
        ['Operation', operation && escapeHtml(`${operation.action.replaceAll('_', ' ')} of ${operation.object.replaceAll('_', ' ')}`)],
        ['Worker', obligation && links.inline(obligation)],
        ['Request', request && `one column <code>request</code> with a record ${links.code(request)}`],
        ['Answer', kind === 'unary' ? (result === undefined ? 'nothing' : `${links.type(placeText(result.type))}${result.doc === undefined ? '' : ` ${links.inline(result.doc)}`}`) : undefined],
        ['Header', header && links.code(header)],
        ['Input', chosen(input)],
        ['Output', chosen(output)],
        ...this.#declaredAt(method),
      ]),
      tables: [
        ...this.#fields('Parameters', 'parameter', id, request === undefined ? method.params : []),
        ...this.#fields('Input columns', 'input column', `${id}.input`, input?.dynamic === false ? input.fields : []),
        ...this.#fields('Output columns', 'output column', `${id}.output`, output?.dynamic === false ? output.fields : []),
      ],
      forms: this.#forms(name, 'method'),
      example: this.#isServed(method),
    };
  }

  #type(type: RecordType): Own {
    const { layouts } = this.#context;
    const { writers, readers } = this.#writers(type.name);
    const layoutCount = layouts.of(typeRecord(type)).length;
    return {
      facts: facts([
        ['Versions', this.#versionsOf(type)],
        ['Layouts', layoutCount > 1 ? `${layoutCount} on the wire` : undefined],
        ['Written by', `${writers.map((side) => `${side}s`).join(' and ')}, read by ${readers.map((side) => `${side}s`).join(' and ')}`],
        ['Carried by', this.#usedBy(type.name)],
        ['Adapter', type.adapt === undefined ? undefined : `<code>${escapeHtml(type.adapt)}</code> between versions`],
        ...this.#declaredAt(type),
      ]),
      tables: this.#fields('Fields', 'field', articleIds.type(type.name), type.fields),
      forms: this.#forms(type.name, 'type'),
    };
  }

  #enum(type: EnumType): Own {
    return {
      facts: facts([
        ['Versions', this.#versionsOf(type)],
        ['As a column', type.encoding === 'utf8' ? '<code>utf8</code>' : '<code>dictionary&lt;int16, utf8&gt;</code> of the names'],
        ['Used by', this.#usedBy(type.name)],
        ...this.#declaredAt(type),
      ]),
      tables: [tableOf('Members', 'member', enumRows(this.#context, type), 'Member')],
    };
  }

  #fields(title: string, kind: string, id: string, fields: readonly Field[]): ArticleTable[] {
    return fields.length === 0 ? [] : [tableOf(title, kind, fieldRows(this.#context, id, fields))];
  }

  #forms(name: string, kind: 'type' | 'method'): FormTable[] {
    const { links } = this.#context;
    const tables = describe(this.#model, name).find((description) => description.kind === kind)?.tables ?? [];
    return tables
      .filter(({ versions }) => versions.length > 1)
      .map(({ title, versions, columns }) => ({
        title: `${title.charAt(0).toUpperCase()}${title.slice(1)} that differ by version`,
        heads: ['Column', ...versions.map(range)],
        rows: columns.filter(({ forms }) => new Set(forms).size > 1).map((column) => ({
          name: breakable(column.name),
          forms: column.forms.map((form, index) => ({ html: form === null ? '–' : links.type(form), differs: index > 0 && form !== column.forms[index - 1] })),
        })),
      }));
  }

  #usedBy(name: string): string {
    return (this.#uses.get(name) ?? []).join(', ');
  }

  #versionsOf(declared: { readonly since: Version; readonly removed?: Version }): string {
    const has = this.#model.protocol.versions.filter(({ version }) => livesIn(declared, version));
    return has.length === this.#model.protocol.versions.length ? 'all' : range(has.map(({ version }) => version));
  }

  #isServed = (declared: { readonly since: Version; readonly removed?: Version }): boolean => servedVersions(this.#model).some((version) => livesIn(declared, version));

  #declaredAt = ({ range: { file, start } }: Declared): [label: string, html: string][] => [['Declared', `<code>${escapeHtml(file)}:${start.line}</code>`]];
}

const range = (versions: readonly Version[]): string => (versions.length < 2 ? versions.join('') : `${versions[0]} to ${versions.at(-1)}`);

/** Links to what carries each type, enum and batch shape, with the places in it. */
function usesByName(model: Model, links: PageLinks): ReadonlyMap<string, readonly string[]> {
  const carriers = new Map<string, Map<string, string[]>>();
  for (const { name, by, part } of usesOf(model)) {
    const parts = carriers.get(name) ?? new Map<string, string[]>();
    carriers.set(name, parts);
    parts.set(by.name, [...(parts.get(by.name) ?? []), part]);
  }
  return new Map([...carriers].map(([name, parts]) => [name, [...parts].map(([by, places]) => `${links.code(by)} <small>(${places.map(escapeHtml).join(', ')})</small>`)]));
}
