/** Reads tests/reference/vgi-protocol.json: the columns of records by version, in a notation where `?` marks what is nullable. */
import { readFileSync } from 'node:fs';
import {
  binary,
  bool,
  type DataType,
  dictionaryOf,
  type Field,
  field,
  float64,
  int16,
  int32,
  int64,
  largeBinary,
  listOf,
  mapOf,
  Schema,
  structOf,
  timestamp,
  uint64,
  utf8,
} from 'vgi-gen/runtime/v1';

export interface FactColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly nested?: string;
  readonly enum?: string;
}

interface Layouts {
  readonly versions: readonly string[];
  /** `name:type`, nullable with a trailing `?`. */
  readonly fields: readonly string[];
}

interface SinceFact {
  readonly since: string;
  /** Says of things called 1.0.0 that they came after the snapshot that counts as 1.0.0. */
  readonly since_note?: string;
}

export interface FactType extends SinceFact {
  readonly fields: readonly FactColumn[];
  readonly layouts?: readonly Layouts[];
}

export interface FactMethod extends SinceFact {
  readonly kind: string;
  readonly params: readonly FactColumn[];
  readonly param_layouts?: readonly Layouts[];
  readonly result: { readonly envelope: string | null; readonly nested?: string };
  readonly stream_header?: string;
}

export interface Facts {
  readonly types: Readonly<Record<string, FactType>>;
  readonly methods: Readonly<Record<string, FactMethod>>;
  readonly enums: Readonly<Record<string, { readonly members: readonly string[]; readonly values?: readonly string[] }>>;
  readonly metadata_keys: Readonly<Record<string, readonly { readonly key: string }[]>>;
}

export const facts = JSON.parse(readFileSync(new URL('../reference/vgi-protocol.json', import.meta.url), 'utf8')) as Facts;

/** The state of the reference implementation that each served version stands for. */
export const snapshots: Readonly<Record<string, string>> = {
  '1.0.0': '1.0.0@2026-06-15',
  '1.1.0': '1.1.0@2026-07-23',
  '1.2.0': '1.2.0@2026-07-23',
  '1.3.0': '1.3.0@2026-08-15',
  '2.0.0': '2.0.0',
};

/** Columns of a record in a version; `undefined` if the version does not have it. */
export function columnsOf({ since, since_note, fields }: SinceFact & { fields: readonly FactColumn[] }, layouts: readonly Layouts[] | undefined, version: string): readonly FactColumn[] | undefined {
  const snapshot = snapshots[version] as string;
  if (layouts !== undefined) return layouts.find(({ versions }) => versions.includes(snapshot))?.fields.map(factColumn);
  const first = since === '1.0.0' && since_note !== undefined ? '1.1.0' : since;
  return version >= first ? fields : undefined;
}

function factColumn(text: string): FactColumn {
  const at = text.indexOf(':');
  const nullable = text.endsWith('?');
  return { name: text.slice(0, at), type: text.slice(at + 1, nullable ? -1 : undefined), nullable };
}

export const factSchema = (columns: readonly FactColumn[]): Schema => new Schema(columns.map(({ name, type, nullable }) => field(name, factType(type), nullable)));

const plain: Readonly<Record<string, DataType>> = {
  utf8,
  binary,
  large_binary: largeBinary,
  bool,
  int16,
  int32,
  int64,
  uint64,
  float64,
  'timestamp<us,UTC>': timestamp('us', 'UTC'),
  'dictionary<int16,utf8>': dictionaryOf(int16, utf8),
};

function factType(text: string): DataType {
  const known = plain[text];
  if (known !== undefined) return known;
  const [, word, inner] = /^(\w+)<(.*)>$/.exec(text) ?? [];
  const parts = inner === undefined ? [] : splitTop(inner);
  switch (word) {
    case 'list':
      return listOf(childField('item', parts[0] ?? ''));
    case 'map':
      // Map values are nullable, whether the notation says so or not (see its description in the facts).
      return mapOf(childField('key', parts[0] ?? ''), { ...childField('value', parts[1] ?? ''), nullable: true });
    case 'struct':
      return structOf(parts.map((part) => childField(part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1))));
    default:
      throw new Error(`type ${text} of the facts is not known`);
  }
}

const childField = (name: string, text: string): Field => (text.endsWith('?') ? field(name, factType(text.slice(0, -1)), true) : field(name, factType(text)));

/** Splits at the commas that are outside of angle brackets. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '<') depth++;
    else if (text[i] === '>') depth--;
    else if (i === text.length || (text[i] === ',' && depth === 0)) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return parts;
}
