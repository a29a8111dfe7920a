import { typeName } from '../../../runtime/arrow/type-name.ts';
import { arrowType } from '../../layout/arrow-schema.ts';
import { columnsIn } from '../../layout/columns.ts';
import type { Layouts } from '../../layout/layouts.ts';
import type { Declared, Field, Version } from '../../model/model.ts';
import { placeText } from '../../model/type-text.ts';
import { servedVersions } from '../../history/snapshot-of.ts';
import { defaultText } from '../docs/column-rows.ts';
import { breakable, escapeHtml, type PageLinks } from './page-text.ts';

/** What a row of any table of the page shows; all texts are HTML. */
export interface EntryRow {
  readonly id: string;
  readonly name: string;
  /** The cells between name and meaning, in the order of the table's heads; empty cells are empty text. */
  readonly cells: readonly { readonly head: string; readonly html: string }[];
  readonly marks: readonly Mark[];
  readonly doc: string;
  readonly gone: boolean;
}

/** A short note beside a name; `tone` says how it is coloured. */
export interface Mark {
  readonly tone: 'plain' | 'new' | 'gone' | 'warn';
  readonly html: string;
}

/** What makes rows out of declarations. */
export interface RowContext {
  readonly layouts: Layouts;
  readonly links: PageLinks;
  readonly oldest: Version;
}

/** Columns in wire order, those of earlier versions included. `id` is that of the article or part that they belong to. */
export const fieldRows = (context: RowContext, id: string, fields: readonly Field[]): EntryRow[] => fields.map((field) => fieldRow(context, `${id}.${field.name}`, field));

function fieldRow({ layouts, links, oldest }: RowContext, id: string, field: Field): EntryRow {
  const newest = servedVersions(layouts.model).findLast((version) => columnsIn([field], version).length > 0);
  const [column] = newest === undefined ? [] : columnsIn([field], newest);
  const arrow = column === undefined || newest === undefined ? '' : typeName(arrowType(layouts, column.place.type, newest));
  return {
    id: escapeHtml(id),
    name: breakable(field.name),
    cells: [
      { head: 'Type', html: links.type(placeText(field.type)) },
      { head: 'Arrow', html: `<code>${escapeHtml(arrow)}</code>` },
      { head: 'Null', html: field.type.nullable ? 'nullable' : field.carriesNull ? 'not null<br>(null travels)' : 'not null' },
    ],
    marks: [...lifeMarks(field, oldest), ...fieldMarks(field, links)],
    doc: links.inline(field.doc),
    gone: field.removed !== undefined,
  };
}

/** When something came and went, and what replaces it. */
export function lifeMarks({ since, removed, deprecated }: Pick<Declared, 'since' | 'removed' | 'deprecated'>, oldest: Version): Mark[] {
  const marks: Mark[] = [];
  if (since !== oldest) marks.push({ tone: 'new', html: `since ${since}` });
  if (removed !== undefined) marks.push({ tone: 'gone', html: `removed in ${removed}` });
  if (deprecated !== undefined) {
    const { since: from, use, reason } = deprecated;
    const parts = [`deprecated${from === undefined ? '' : ` since ${from}`}`, use === undefined ? '' : `use <code>${escapeHtml(use)}</code>`, escapeHtml(reason ?? '')];
    marks.push({ tone: 'warn', html: parts.filter((part) => part !== '').join(', ') });
  }
  return marks;
}

function fieldMarks(field: Field, links: PageLinks): Mark[] {
  const marks: Mark[] = field.was.map(({ before, name, type }) => ({ tone: 'new', html: `before ${before} ${name === field.name ? '' : `<code>${escapeHtml(name)}</code>: `}${links.type(placeText(type))}` }));
  if (field.default !== undefined && field.default.value !== null) marks.push({ tone: 'plain', html: `default <code>${escapeHtml(defaultText(field.default.value))}</code>` });
  if (field.opaque !== undefined) marks.push({ tone: 'plain', html: `opaque: ${field.opaque}` });
  if (field.secret) marks.push({ tone: 'warn', html: 'secret, never logged' });
  return marks;
}
