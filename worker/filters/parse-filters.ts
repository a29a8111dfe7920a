import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import type { Schema } from '../../runtime/arrow/schema.ts';
import type { Predicate } from './expression.ts';
import { filterError } from './filter-error.ts';
import { FilterPayload } from './filter-payload.ts';
import { JsonMembers } from './json-members.ts';
import { limits } from './limits.ts';
import { ExpressionParser } from './parse-expression.ts';
import { type Json, parseStrictJson } from './strict-json.ts';

const ENCODING = 'vgi.filters.v2';
/** The rules by which expressions are evaluated: those of DuckDB 1.5.5. */
export const SEMANTICS = 'vgi.duckdb.standard.v1';
const sources = ['query', 'join', 'top_n', 'split_refinement', 'other'] as const;

/** One entry of a delta: a predicate to put in place, or, without one, an id to drop. */
export interface FilterUpdate {
  readonly id: string;
  readonly revision: bigint;
  /** Parses the new predicate, which is only done for updates that apply. Absent = remove. */
  readonly predicate?: () => Predicate;
}

/** What the expressions of a document refer to beside the batch itself. */
export interface FilterScope {
  /** The schema that bind answered, unprojected. */
  readonly schema: Schema;
  readonly joinKeys: readonly RecordBatch[];
}

/** The predicates of a `vgi.filters.v2` snapshot. Throws a `FilterError`. */
export function parseSnapshot(batch: RecordBatch, scope: FilterScope): Predicate[] {
  const payload = new FilterPayload(batch);
  const document = openDocument(payload, 'snapshot', 'predicates');
  const entries = document.list('predicates');
  if (entries.length > limits.predicates) throw filterError(`${entries.length} predicates, at most ${limits.predicates} are taken`);
  const parser = new ExpressionParser({ ...scope, payload });
  const ids = new Set<string>();
  return entries.map((entry, index) => {
    const members = new JsonMembers(entry, `predicates[${index}]`);
    members.only('id', 'revision', 'mode', 'source', 'expression');
    const id = predicateId(members, ids);
    const revision = members.uint64('revision');
    if (revision !== 0n) throw filterError(`${members.where} begins with revision ${revision} instead of 0`);
    return predicateOf(members, id, revision, parser);
  });
}

/** The updates of a `vgi.filters.v2` delta, each id once. Throws a `FilterError`. */
export function parseDelta(batch: RecordBatch, scope: FilterScope): FilterUpdate[] {
  const payload = new FilterPayload(batch);
  const document = openDocument(payload, 'delta', 'updates');
  const parser = new ExpressionParser({ ...scope, payload });
  const ids = new Set<string>();
  return document.list('updates').map((entry: Json, index) => {
    const members = new JsonMembers(entry, `updates[${index}]`);
    if (members.oneOf('operation', ['upsert', 'remove']) === 'remove') {
      members.only('operation', 'id', 'revision');
      return { id: predicateId(members, ids), revision: members.uint64('revision') };
    }
    members.only('operation', 'id', 'revision', 'mode', 'source', 'expression');
    const id = predicateId(members, ids);
    const revision = members.uint64('revision');
    if (members.oneOf('mode', ['required', 'advisory']) === 'required') throw filterError(`${members.where} adds a required predicate while the scan runs`);
    members.oneOf('source', sources);
    return { id, revision, predicate: () => predicateOf(members, id, revision, parser) };
  });
}

function openDocument(payload: FilterPayload, kind: 'snapshot' | 'delta', entries: string): JsonMembers {
  const document = new JsonMembers(parseStrictJson(payload.document), 'the document');
  document.only('encoding', 'semantics', 'kind', entries);
  document.oneOf('encoding', [ENCODING]);
  document.oneOf('semantics', [SEMANTICS]);
  document.oneOf('kind', [kind]);
  return document;
}

function predicateId(members: JsonMembers, ids: Set<string>): string {
  const id = members.text('id');
  const bytes = Buffer.byteLength(id);
  if (bytes === 0 || bytes > limits.idBytes) throw filterError(`${members.where}.id has ${bytes} bytes, 1 to ${limits.idBytes} are taken`);
  if (ids.has(id)) throw filterError(`${members.where}.id "${id}" stands twice in the document`);
  ids.add(id);
  return id;
}

function predicateOf(members: JsonMembers, id: string, revision: bigint, parser: ExpressionParser): Predicate {
  const mode = members.oneOf('mode', ['required', 'advisory']);
  const expression = parser.root(members.get('expression'), `${members.where}.expression`, mode);
  return { id, revision, mode, source: members.oneOf('source', sources), expression };
}
