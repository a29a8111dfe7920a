import type { Breaks } from '../../breaking/change.ts';
import { findChanges } from '../../breaking/find-changes.ts';
import { effect } from '../../breaking/judge.ts';
import { servedVersions, snapshotOf } from '../../history/snapshot-of.ts';
import type { SourceRange } from '../../load/source.ts';
import type { Field, Model, Version } from '../../model/model.ts';
import { articleIds } from './page-text.ts';

/** One difference between two versions, on the article that it is about. */
export interface ArticleChange {
  readonly article: string;
  /** A sentence without its full stop, code between backticks. */
  readonly text: string;
  /** Whom it affects: `breaks the wire and workers`. */
  readonly effect: string;
  readonly breaks: Breaks;
}

export interface VersionPair {
  readonly from: Version;
  readonly to: Version;
  readonly changes: readonly ArticleChange[];
}

/** What differs between every two served versions, as `vgi-gen breaking` finds it. */
export function versionPairs(model: Model): VersionPair[] {
  const snapshots = servedVersions(model).map((version) => snapshotOf(model, version));
  const articleAt = articlePlaces(model);
  return snapshots.flatMap((before, index) =>
    snapshots.slice(index + 1).map((after): VersionPair => ({
      from: before.version,
      to: after.version,
      changes: findChanges(before, after, '').map(({ note, breaks }) => ({ article: articleAt(note.range), text: note.message.replace(/\.$/, ''), effect: effect(breaks), breaks })),
    })),
  );
}

/** The changes of each article from one served version to the next, oldest first. */
export function articleHistory(model: Model, pairs: readonly VersionPair[]): ReadonlyMap<string, readonly { readonly version: Version; readonly changes: readonly ArticleChange[] }[]> {
  const served = servedVersions(model);
  const history = new Map<string, { version: Version; changes: ArticleChange[] }[]>();
  for (const { from, to, changes } of pairs) {
    if (served.indexOf(to) !== served.indexOf(from) + 1) continue;
    for (const change of changes) {
      const steps = history.get(change.article) ?? [];
      history.set(change.article, steps);
      const last = steps.at(-1);
      if (last?.version === to) last.changes.push(change);
      else steps.push({ version: to, changes: [change] });
    }
  }
  return history;
}

const key = ({ file, start }: SourceRange): string => `${file}:${start.offset}`;

/** Finds the article of a place in the definition; what belongs to none is on the first one. */
function articlePlaces(model: Model): (range: SourceRange) => string {
  const articles = new Map<string, string>();
  const addFields = (id: string, fields: readonly Field[]): void => {
    for (const { range, was } of fields) for (const place of [range, ...was.map((form) => form.range)]) articles.set(key(place), id);
  };
  const add = (id: string, parts: readonly { readonly range: SourceRange }[]): unknown => parts.forEach(({ range }) => articles.set(key(range), id));
  for (const type of model.types) {
    add(articleIds.type(type.name), [type]);
    addFields(articleIds.type(type.name), type.fields);
  }
  for (const method of model.methods) {
    const id = articleIds.method(method.name);
    add(id, [method]);
    addFields(id, method.params);
    for (const stream of [method.input, method.output]) if (stream?.dynamic === false) addFields(id, stream.fields);
  }
  for (const type of model.enums) add(articleIds.enum(type.name), [type, ...type.members]);
  for (const batch of model.batches) add(articleIds.batch(batch.name), [batch, ...batch.columns]);
  for (const group of model.metadata) add(articleIds.metadata(group.name), [group, ...group.keys]);
  add(articleIds.constants, model.constants);
  return (range) => articles.get(key(range)) ?? articleIds.start;
}
