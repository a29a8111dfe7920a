import { MessageCache } from '../arrow/message-cache.ts';
import { METADATA_V5 } from '../arrow/message-format.ts';
import { readMessages } from '../arrow/ipc-stream.ts';
import { DictionaryStore } from '../arrow/dictionary-store.ts';
import { type Field, Schema } from '../arrow/schema.ts';
import { LayoutCursor } from './layout-cursor.ts';
import { buildPlan, type WantedRecord } from './plan-builder.ts';
import type { BoundColumns, ColumnCodecs, RecordLayout } from './record-codec.ts';
import type { RecordPlan } from './record-plan.ts';
import { type RecordTemplate, recordTemplate } from './record-template.ts';

/** Schemas of peers that a codec remembers: more than there are versions and implementations of clients on one connection. */
const MAX_PLANS = 16;
const MAX_PLAN_BYTES = 64 << 10;

/** A layout ready for use: what `RecordLayout` says, worked out once. */
export interface BoundLayout<C extends ColumnCodecs> extends WantedRecord {
  readonly columns: BoundColumns<C>;
  readonly prefix: Buffer;
  readonly nodeCount: number;
  /** Heads of records without and with custom metadata on the batch. */
  readonly head: RecordTemplate;
  readonly callHead: RecordTemplate;
  /** Ids of the dictionaries that are written with each record, in the order of `RecordWriter.dictionaries`. */
  readonly freeDictionaries: readonly bigint[];
  /** Values of the prefix' own dictionaries by node. */
  readonly constants: readonly (readonly string[] | undefined)[];
  /** How records with the same prefix are read. */
  readonly ownPlan: RecordPlan;
  readonly plans: MessageCache<RecordPlan>;
}

export function bindLayout<T, C extends ColumnCodecs>(layout: RecordLayout<T, C>): BoundLayout<C> {
  const { name, contract } = layout;
  const prefix = Buffer.from(layout.prefix, 'base64');
  const schema = Schema.fromIpc(prefix);
  const codecs = Object.entries(layout.columns);
  if (codecs.length !== schema.fields.length) {
    throw new Error(`record ${name}: ${codecs.length} columns for a prefix of ${schema.fields.length}; generate the code again`);
  }
  const cursor = new LayoutCursor();
  const columns = Object.fromEntries(
    codecs.map(([property, codec], i) => {
      const field = schema.fields[i] as Field;
      return [property, codec.bind({ record: name, path: field.name, type: field.type, nulls: codec.nulls }, cursor)];
    }),
  ) as unknown as BoundColumns<C>;
  const mayBeMissing = codecs.map(([, codec]) => codec.mayBeMissing);
  const wanted: WantedRecord = { name, contract, schema, mayBeMissing };
  return {
    ...wanted,
    columns,
    prefix,
    nodeCount: cursor.nodes,
    head: recordTemplate(prefix, cursor.nodes, cursor.buffers, false),
    callHead: recordTemplate(prefix, cursor.nodes, cursor.buffers, true),
    freeDictionaries: cursor.dictionaries.flatMap(({ members }, ordinal) => (members === undefined ? [schema.dictionaryIds[ordinal] as bigint] : [])),
    constants: prefixDictionaries(name, prefix, schema, cursor),
    ownPlan: buildPlan(wanted, schema, schema.toIpc().length, METADATA_V5),
    plans: new MessageCache(MAX_PLANS, MAX_PLAN_BYTES),
  };
}

/** Values of the dictionaries in the prefix by node, checked against the members that the codecs write. */
function prefixDictionaries(name: string, prefix: Uint8Array, schema: Schema, cursor: LayoutCursor): (readonly string[] | undefined)[] {
  const store = new DictionaryStore(schema);
  for (const message of readMessages(prefix)) if (message.kind === 'dictionary') store.add(message);
  const values: (readonly string[] | undefined)[] = [];
  cursor.dictionaries.forEach(({ node, members }, ordinal) => {
    if (members === undefined) return;
    const inPrefix = store.column(ordinal).values() as readonly string[];
    if (inPrefix.length !== members.length || inPrefix.some((text, i) => text !== members[i])) {
      throw new Error(`record ${name}: its prefix lists the members ${inPrefix.join(', ')} where its codec has ${members.join(', ')}; generate the code again`);
    }
    values[node] = inPrefix;
  });
  return values;
}
