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

const historyValue = ({ types, enums, methods, metadata, constants, batches, ...snapshot }: Snapshot): Json => ({
  protocol: snapshot.protocol,
  version: snapshot.version,
  wire_name: snapshot.wireName,
  service: snapshot.service,
  request_contract: snapshot.requestContract,
  routing_key: snapshot.routingKey,
  types: byName(types, ({ fields }) => columns(fields)),
  enums: byName(enums, ({ encoding, members }) => ({ encoding, members: members.map(({ name, value }) => ({ name, value })) })),
  methods: byName(methods, ({ kind, params, result, header, input, output }) => ({ kind, params: columns(params), result, header, input: stream(input), output: stream(output) })),
  metadata: byName(metadata, ({ key }) => key),
  constants: byName(constants, ({ type, value }) => ({ type, value: value as Json })),
  batches: byName(batches, (batch) => ({ open: batch.open, columns: columns(batch.columns) })),
});

type Json = null | boolean | number | string | undefined | readonly Json[] | { readonly [key: string]: Json };

const byName = <T extends Part>(parts: readonly T[], value: (part: T) => Json): Json =>
  Object.fromEntries([...parts].sort((a, b) => (a.name < b.name ? -1 : 1)).map((part) => [part.name, value(part)]));

const columns = (fields: readonly FieldPart[]): Json =>
  fields.map(({ name, type, nullable, carriesNull }) => ({ name, type: nullable ? `${type}?` : type, carries_null: carriesNull || undefined }));

const stream = (part: StreamPart | undefined): Json => (part === undefined || part === 'dynamic' ? part : columns(part));

/** JSON with one line for everything that holds no list or object, so that a column is one line in a diff. */
function print(value: Json, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  const flat = entries.length > 0 && entries.every(([, part]) => typeof part !== 'object' || part === null) && 'name' in value;
  const inner = flat ? '' : `${indent}  `;
  const parts = entries.map(([key, part]) => `${isList ? '' : `${JSON.stringify(key)}: `}${print(part, inner)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  return flat ? `${open}${parts.join(', ')}${close}` : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}
