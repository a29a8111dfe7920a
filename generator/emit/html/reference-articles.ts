import type { BatchShape, Constant, EnumType, MetadataGroup } from '../../model/model.ts';
import { defaultText } from '../docs/column-rows.ts';
import { facts, tableOf, type Article } from './article.ts';
import { lifeMarks, type EntryRow, type RowContext } from './field-rows.ts';
import { articleIds, breakable, escapeHtml } from './page-text.ts';

type Own = Pick<Article, 'facts' | 'tables'>;

interface Entry {
  readonly name: string;
  readonly doc: string;
  readonly since?: string;
  readonly removed?: string;
}

/** A row for something that has no Arrow type of its own. */
function entryRow({ links, oldest }: RowContext, id: string, entry: Entry, cells: EntryRow['cells']): EntryRow {
  return {
    id: escapeHtml(`${id}.${entry.name}`),
    name: breakable(entry.name),
    cells,
    marks: lifeMarks({ ...entry, since: entry.since ?? oldest }, oldest),
    doc: links.inline(entry.doc),
    gone: entry.removed !== undefined,
  };
}

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

/** The members of an enum. */
export const enumRows = (context: RowContext, type: EnumType): EntryRow[] =>
  type.members.map((member) => entryRow(context, articleIds.enum(type.name), member, [{ head: 'Also read as', html: member.value === undefined ? '' : code(member.value) }]));

/** The shape of batches inside columns. */
export function batchArticle(context: RowContext, batch: BatchShape, usedBy: string): Own {
  const rows = batch.columns.map((column) =>
    entryRow(context, articleIds.batch(batch.name), { ...column, since: column.since ?? batch.since }, [{ head: 'Type', html: context.links.type(column.type) }]),
  );
  return {
    facts: facts([
      ['Rows', escapeHtml(batch.rows)],
      ['Further columns', batch.open ? 'follow from elsewhere' : 'none'],
      ['Carried by', usedBy],
    ]),
    tables: rows.length === 0 ? [] : [tableOf('Columns', 'column', rows)],
  };
}

/** A group of metadata keys. */
export const metadataArticle = (context: RowContext, group: MetadataGroup): Own => ({
  facts: [],
  tables: [tableOf('Keys', 'metadata key', group.keys.map((key) => entryRow(context, articleIds.metadata(group.name), key, [{ head: 'Key', html: code(key.key) }, { head: 'On', html: context.links.inline(key.on) }])), 'Name')],
});

/** All constants. */
export const constantsArticle = (context: RowContext, constants: readonly Constant[]): Own => ({
  facts: [],
  tables: [
    tableOf(
      'Constants',
      'constant',
      constants.map((constant) => entryRow(context, articleIds.constants, constant, [{ head: 'Type', html: code(constant.type) }, { head: 'Value', html: code(defaultText(constant.value)) }])),
      'Name',
    ),
  ],
});
