import { field, type Field } from '../../../runtime/arrow/schema.ts';
import * as arrow from '../../../runtime/arrow/type.ts';
import type { Fact, Part } from './declaration.ts';
import type { Span } from '../source-lines.ts';
import { type TokenReader, UnreadableCpp } from './token-reader.ts';

/** A type as a header makes it. */
interface ReadType extends Span {
  readonly type: arrow.DataType;
  readonly fields: readonly ReadField[];
}

interface ReadField {
  readonly field: Field;
  readonly part: Part;
}

/** Types that are made without arguments, by the name of their factory. */
const plainTypes: Readonly<Record<string, arrow.DataType>> = {
  null: arrow.nullType,
  boolean: arrow.bool,
  int8: arrow.int8,
  int16: arrow.int16,
  int32: arrow.int32,
  int64: arrow.int64,
  uint8: arrow.uint8,
  uint16: arrow.uint16,
  uint32: arrow.uint32,
  uint64: arrow.uint64,
  float16: arrow.float16,
  float32: arrow.float32,
  float64: arrow.float64,
  utf8: arrow.utf8,
  large_utf8: arrow.largeUtf8,
  binary: arrow.binary,
  large_binary: arrow.largeBinary,
  date32: arrow.date32,
  date64: arrow.date64,
  month_interval: arrow.interval('year_month'),
  day_time_interval: arrow.interval('day_time'),
  month_day_nano_interval: arrow.interval('month_day_nano'),
};

const units = { SECOND: 's', MILLI: 'ms', MICRO: 'us', NANO: 'ns' } as const;

/** The fields of `arrow::schema(...)`, whose closing parenthesis is next afterwards. */
export function readSchemaFields(reader: TokenReader): readonly Part[] {
  reader.skip('arrow::FieldVector');
  return reader.list('{', '}', () => readField(reader)).map(({ part }) => part);
}

function readField(reader: TokenReader): ReadField {
  reader.expect('arrow::field(');
  const name = reader.literal('the name of a field');
  reader.expect(',');
  const type = readType(reader);
  // Arrow's own default.
  let nullable = { value: true, start: type.start, end: type.end };
  if (reader.skip(',')) {
    const { text, start, end } = reader.word('`true` or `false`');
    if (text !== 'true' && text !== 'false') reader.fail('`true` or `false`');
    nullable = { value: text === 'true', start, end };
  }
  reader.expect(')');
  return fieldOf(name, type, nullable);
}

function fieldOf(name: { readonly text: string } & Span, type: ReadType, nullable: { readonly value: boolean } & Span): ReadField {
  return {
    field: field(name.text, type.type, nullable.value),
    part: { what: 'field', name, facts: fieldFacts(type, nullable), parts: type.fields.map(({ part }) => part) },
  };
}

function fieldFacts(type: ReadType, nullable: { readonly value: boolean } & Span): readonly Fact[] {
  return [
    { about: 'type', text: ownType(type.type), shown: arrow.typeName(type.type), start: type.start, end: type.end },
    { about: 'nullability', text: nullability(nullable.value), start: nullable.start, end: nullable.end },
  ];
}

export const nullability = (nullable: boolean): string => (nullable ? 'nullable' : 'not null');

/** What a type is apart from the fields in it, which are compared one by one. */
export function ownType(type: arrow.DataType): string {
  switch (type.kind) {
    case 'list':
    case 'large_list':
    case 'map':
    case 'struct':
      return type.kind;
    case 'fixed_list':
      return `${type.kind} ${type.size}`;
    default:
      return arrow.typeName(type);
  }
}

function readType(reader: TokenReader): ReadType {
  const { start } = reader.next;
  reader.expect('arrow::');
  const factory = reader.word('a type of Arrow');
  reader.expect('(');
  const read = Object.hasOwn(plainTypes, factory.text) ? plainTypes[factory.text] : readArguments(reader, factory.text);
  if (read === undefined) throw new UnreadableCpp(factory, `\`arrow::${factory.text}\` is no type that is known here`);
  const { end } = reader.next;
  reader.expect(')');
  return { ...('kind' in read ? { type: read, fields: [] } : read), start, end };
}

/** The type of a factory that takes arguments. */
function readArguments(reader: TokenReader, factory: string): arrow.DataType | Omit<ReadType, keyof Span> | undefined {
  switch (factory) {
    case 'fixed_size_binary':
      return arrow.fixedBinary(readSize(reader));
    case 'decimal128':
    case 'decimal256': {
      const precision = readSize(reader);
      reader.expect(',');
      return (factory === 'decimal128' ? arrow.decimal128 : arrow.decimal256)(precision, readSize(reader));
    }
    case 'time32': {
      const place = reader.next;
      const unit = readUnit(reader);
      if (unit !== 's' && unit !== 'ms') throw new UnreadableCpp(place, 'time32 counts seconds or milliseconds');
      return arrow.time32(unit);
    }
    case 'time64': {
      const place = reader.next;
      const unit = readUnit(reader);
      if (unit !== 'us' && unit !== 'ns') throw new UnreadableCpp(place, 'time64 counts microseconds or nanoseconds');
      return arrow.time64(unit);
    }
    case 'timestamp': {
      const unit = readUnit(reader);
      return reader.skip(',') ? arrow.timestamp(unit, reader.literal('a time zone').text) : arrow.timestamp(unit);
    }
    case 'duration':
      return arrow.duration(readUnit(reader));
    case 'list':
    case 'large_list':
    case 'fixed_size_list': {
      const item = readItem(reader, 'item');
      if (factory !== 'fixed_size_list') return { type: factory === 'list' ? arrow.listOf(item.field) : arrow.largeListOf(item.field), fields: [item] };
      reader.expect(',');
      return { type: arrow.fixedListOf(item.field, readSize(reader)), fields: [item] };
    }
    case 'map': {
      const keyType = readType(reader);
      const key = fieldOf({ text: 'key', start: keyType.start, end: keyType.end }, keyType, { value: false, start: keyType.start, end: keyType.end });
      reader.expect(',');
      const value = readItem(reader, 'value');
      return { type: arrow.mapOf(key.field, value.field), fields: [key, value] };
    }
    case 'struct_': {
      reader.skip('arrow::FieldVector');
      const fields = reader.list('{', '}', () => readField(reader));
      return { type: arrow.structOf(fields.map((own) => own.field)), fields };
    }
    case 'dictionary': {
      const index = reader.next;
      const { type } = readType(reader);
      if (type.kind !== 'int') throw new UnreadableCpp(index, 'the index of a dictionary is an integer');
      reader.expect(',');
      return arrow.dictionaryOf(type, readType(reader).type);
    }
    default:
      return undefined;
  }
}

/** An item of a list or a value of a map: a field, or a bare type, which Arrow makes a nullable field of. */
function readItem(reader: TokenReader, name: string): ReadField {
  if (reader.isNext('arrow::field(')) return readField(reader);
  const type = readType(reader);
  return fieldOf({ text: name, start: type.start, end: type.end }, type, { value: true, start: type.start, end: type.end });
}

function readSize(reader: TokenReader): number {
  if (!/^\d+$/.test(reader.next.text)) reader.fail('a number');
  return Number(reader.take().text);
}

function readUnit(reader: TokenReader): (typeof units)[keyof typeof units] {
  reader.expect('arrow::TimeUnit::');
  const { text } = reader.next;
  if (!Object.hasOwn(units, text)) reader.fail('a unit of time');
  reader.take();
  return units[text as keyof typeof units];
}
