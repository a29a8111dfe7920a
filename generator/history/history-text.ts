import type { FieldPart, Part, Snapshot, StreamPart } from './snapshot.ts';

/** Folder of the released versions of all protocols, below the project folder. */
export const historyFolder = 'schema/history';

/** Where the released form of a version lies. */
export const historyFile = (protocol: string, version: string): string => `${historyFolder}/${protocol}/${version}.json`;

/**
 * A snapshot as the text of its history file: what peers of the version agree on, and nothing that can change without them noticing
 * (docs, defaults, names in target languages). Declarations are sorted, so that moving them between files changes nothing;
 * columns and members keep their order, which is that of the wire.
 */
export function historyText(snapshot: Snapshot): string {
  return `${print(historyValue(snapshot), '')}\n`;
}

const historyValue = (snapshot: Snapshot): Json => ({
  protocol: snapshot.protocol,
  version: snapshot.version,
  wire_name: snapshot.wireName,
  service: snapshot.service,
  request_contract: snapshot.requestContract,
  routing_key: snapshot.routingKey,
  types: byName(snapshot.types, ({ fields }) => columns(fields)),
  enums: byName(snapshot.enums, ({ encoding, members }) => ({ encoding, members: members.map(({ name, value }) => new Line({ name, value })) })),
  methods: byName(snapshot.methods, ({ kind, params, result, header, input, output }) => ({ kind, params: columns(params), result, header, input: stream(input), output: stream(output) })),
  metadata: byName(snapshot.metadata, ({ key }) => key),
  constants: byName(snapshot.constants, ({ type, value }) => ({ type, value: value as Json })),
  batches: byName(snapshot.batches, (batch) => ({ open: batch.open, columns: columns(batch.columns) })),
});

type Leaf = null | boolean | number | string | undefined;
type Json = Leaf | Line | readonly Json[] | { readonly [key: string]: Json };

/** A column or a member: an object on a line of its own. Most of a history file consists of them. */
class Line {
  readonly text: string;

  constructor(members: Readonly<Record<string, Leaf>>) {
    const parts: string[] = [];
    for (const key in members) if (members[key] !== undefined) parts.push(`"${key}": ${JSON.stringify(members[key])}`);
    this.text = `{${parts.join(', ')}}`;
  }
}

const byName = <T extends Part>(parts: readonly T[], value: (part: T) => Json): Json =>
  Object.fromEntries([...parts].sort((a, b) => (a.name < b.name ? -1 : 1)).map((part) => [part.name, value(part)]));

const columns = (fields: readonly FieldPart[]): Json =>
  fields.map(({ name, type, nullable, carriesNull }) => new Line({ name, type: nullable ? `${type}?` : type, carries_null: carriesNull || undefined }));

const stream = (part: StreamPart | undefined): Json => (part === undefined || part === 'dynamic' ? part : columns(part));

/** JSON with one line for every column, so that it is one line in a diff. */
function print(value: Json, indent: string): string {
  if (value instanceof Line) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [`${isList ? '' : `${JSON.stringify(key)}: `}${print(part, inner)}`]));
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return parts.length === 0 ? open + close : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}
