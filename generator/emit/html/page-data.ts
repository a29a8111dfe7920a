import { describe } from '../../describe/describe.ts';
import { servedVersions } from '../../history/snapshot-of.ts';
import type { Model, Version } from '../../model/model.ts';
import { livesIn } from '../../model/versions.ts';
import type { ExampleCalls, ExampleStream } from './example-call.ts';
import { regionKinds } from './ipc-regions.ts';
import { articleIds } from './page-text.ts';
import type { VersionPair } from './version-changes.ts';

/** What the script of the page reads from its JSON island: comparisons and bytes, which would be bulky as HTML. Keys are short for size. */
export interface PageData {
  readonly served: readonly Version[];
  readonly regionKinds: readonly string[];
  /** Texts that changes and regions refer to by position. */
  readonly texts: readonly string[];
  /** For every two served versions: article, text and effect of each change. */
  readonly pairs: readonly { readonly from: Version; readonly to: Version; readonly changes: readonly (readonly [article: string, text: number, effect: number])[] }[];
  readonly records: readonly ComparedRecord[];
  readonly examples: Readonly<Record<string, { readonly version: Version; readonly streams: readonly StreamData[] }>>;
}

/** Something with columns or members, by version. */
export interface ComparedRecord {
  readonly id: string;
  readonly name: string;
  /** Served versions that have it, by position. */
  readonly in: readonly number[];
  readonly parts: readonly { readonly title: string; /** The name and the form in each served version; null = not there. */ readonly rows: readonly (readonly [name: string, ...forms: (string | null)[]])[] }[];
}

export interface StreamData {
  readonly title: string;
  readonly record?: string;
  readonly values?: unknown;
  /** Base64. */
  readonly ipc: string;
  /** Length, kind, label by position in `texts`, depth; regions follow each other. */
  readonly regions: readonly (readonly [length: number, kind: number, label: number, depth: number])[];
}

export function pageData(model: Model, pairs: readonly VersionPair[], calls: ExampleCalls): PageData {
  const served = servedVersions(model);
  const texts = new TextTable();
  const data = {
    served,
    regionKinds,
    pairs: pairs.map(({ from, to, changes }) => ({ from, to, changes: changes.map(({ article, text, effect }) => [article, texts.at(text), texts.at(effect)] as const) })),
    records: comparedRecords(model, served),
    examples: Object.fromEntries(model.methods.flatMap((method) => {
      const call = calls.of(method);
      if (call === undefined) return [];
      return [[articleIds.method(method.name), { version: call.version, streams: call.streams.map((stream) => streamData(stream, texts)) }]];
    })),
  };
  return { ...data, texts: texts.all };
}

function streamData({ title, record, values, bytes, regions }: ExampleStream, texts: TextTable): StreamData {
  return {
    title,
    ...(record !== undefined && { record, values }),
    ipc: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64'),
    regions: regions.map(({ length, kind, label, depth }) => [length, regionKinds.indexOf(kind), texts.at(label), depth] as const),
  };
}

/** Texts in the order of their first use. */
class TextTable {
  readonly #positions = new Map<string, number>();

  at(text: string): number {
    let position = this.#positions.get(text);
    if (position === undefined) this.#positions.set(text, (position = this.#positions.size));
    return position;
  }

  get all(): string[] {
    return [...this.#positions.keys()];
  }
}

function comparedRecords(model: Model, served: readonly Version[]): ComparedRecord[] {
  const versionsOf = (part: { readonly since: Version; readonly removed?: Version }): number[] => served.flatMap((version, index) => (livesIn(part, version) ? [index] : []));
  const columnParts = (name: string, kind: string): ComparedRecord['parts'] =>
    (describe(model, name).find((description) => description.kind === kind)?.tables ?? []).map(({ title, versions, columns }) => ({
      title,
      rows: columns.map(({ name: column, forms }) => [column, ...served.map((version) => forms[versions.findIndex((group) => group.includes(version))] ?? null)] as const),
    }));
  const listed = (title: string, entries: readonly { readonly name: string; readonly since: Version; readonly removed?: Version; readonly form: string }[]): ComparedRecord['parts'] => [
    { title, rows: entries.map((entry) => [entry.name, ...served.map((version) => (livesIn(entry, version) ? entry.form : null))] as const) },
  ];
  return [
    ...model.methods.map((method) => ({ id: articleIds.method(method.name), name: method.name, in: versionsOf(method), parts: columnParts(method.name, 'method') })),
    ...model.types.map((type) => ({ id: articleIds.type(type.name), name: type.name, in: versionsOf(type), parts: columnParts(type.name, 'type') })),
    ...model.enums.map((type) => ({ id: articleIds.enum(type.name), name: type.name, in: versionsOf(type), parts: listed('members', type.members.map((member) => ({ ...member, form: member.value ?? member.name }))) })),
    ...model.batches.map((batch) => ({ id: articleIds.batch(batch.name), name: batch.name, in: versionsOf(batch), parts: listed('columns', batch.columns.map((column) => ({ ...column, since: column.since ?? batch.since, form: column.type }))) })),
    ...model.metadata.map((group) => ({ id: articleIds.metadata(group.name), name: group.name, in: served.map((_, index) => index), parts: listed('keys', group.keys.map((key) => ({ ...key, form: key.key }))) })),
    ...(model.constants.length === 0 ? [] : [{ id: articleIds.constants, name: 'Constants', in: served.map((_, index) => index), parts: listed('constants', model.constants.map((constant) => ({ ...constant, form: JSON.stringify(constant.value) }))) }]),
  ];
}
