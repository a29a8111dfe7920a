/**
 * Reads the type notation of tests/reference/conformance-service.yaml, in which a child of a type is `name: type`, nullable
 * unless the type ends with `!`: `map<key: utf8!, value: int64>`.
 */
import {
  binary,
  bool,
  type DataType,
  date32,
  decimal128,
  dictionaryOf,
  duration,
  type Field,
  field,
  fixedBinary,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  type IntType,
  largeBinary,
  largeUtf8,
  listOf,
  mapOf,
  Schema,
  structOf,
  time64,
  timestamp,
  uint8,
  uint16,
  uint32,
  uint64,
  utf8,
} from 'vgi-gen/runtime/v1';

export interface FactField {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

const plain: Readonly<Record<string, DataType>> = {
  utf8,
  binary,
  bool,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,
  float64,
  date32,
  large_utf8: largeUtf8,
  large_binary: largeBinary,
  'timestamp[us]': timestamp('us'),
  'timestamp[us, tz=UTC]': timestamp('us', 'UTC'),
  'time64[us]': time64('us'),
  'duration[us]': duration('us'),
};

export function factSchema(fields: readonly FactField[]): Schema {
  return new Schema(fields.map(({ name, type, nullable }) => field(name, factType(type), nullable)));
}

/** Throws an `Error` with the notation if it cannot be read. */
export function factType(notation: string): DataType {
  const known = plain[notation];
  if (known) return known;
  const nested = /^(\w+)<(.*)>$/.exec(notation);
  if (nested) return nestedType(nested[1] ?? '', splitTopLevel(nested[2] ?? ''), notation);
  const sized = /^(\w+)[[(]([\d, ]+)[\])]$/.exec(notation);
  const [first = 0, second = 0] = (sized?.[2] ?? '').split(',').map(Number);
  if (sized?.[1] === 'decimal128') return decimal128(first, second);
  if (sized?.[1] === 'fixed_size_binary') return fixedBinary(first);
  throw new Error(`unknown notation ${notation}`);
}

function nestedType(outer: string, parts: readonly string[], notation: string): DataType {
  if (outer === 'dictionary') {
    const option = (name: string): string => parts.find((part) => part.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
    return dictionaryOf(factType(option('indices')) as IntType, factType(option('values')), option('ordered') === 'true');
  }
  const children = parts.map(childField);
  const [first, second] = children;
  if (outer === 'struct') return structOf(children);
  if (outer === 'list' && first && children.length === 1) return listOf(first);
  if (outer === 'map' && first && second && children.length === 2) return mapOf(first, second);
  throw new Error(`unknown notation ${notation}`);
}

function childField(text: string): Field {
  const colon = text.indexOf(': ');
  const type = text.slice(colon + 2);
  const required = type.endsWith('!');
  return field(text.slice(0, colon), factType(required ? type.slice(0, -1) : type), !required);
}

/** Splits at the commas that are outside of every bracket. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if ('<[('.includes(character)) depth++;
    else if ('>])'.includes(character)) depth--;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}
