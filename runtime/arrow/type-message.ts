import { ArrowError } from './arrow-error.ts';
import type { FlatTable } from './flatbuffer-reader.ts';
import type { FlatbufferWriter } from './flatbuffer-writer.ts';
import type { Field } from './schema.ts';
import * as types from './type.ts';

// Numbers of the flatbuffer union `Type` (Arrow's Schema.fbs).
const typeNumbers = {
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  interval: 11,
  list: 12,
  struct: 13,
  union: 14,
  fixed_binary: 15,
  fixed_list: 16,
  map: 17,
  duration: 18,
  large_binary: 19,
  large_utf8: 20,
  large_list: 21,
} as const;

const unsupportedTypes = new Map([
  [22, 'run-end encoded'],
  [23, 'binary view'],
  [24, 'utf8 view'],
  [25, 'list view'],
  [26, 'large list view'],
]);

const timeUnits: readonly types.TimeUnit[] = ['s', 'ms', 'us', 'ns'];
const intervalUnits = ['year_month', 'day_time', 'month_day_nano'] as const;
const floatBits = [16, 32, 64] as const;

/** Number of a type that is not dictionary-encoded in the union `Type`. */
export function typeNumber(type: Exclude<types.DataType, types.DictionaryType>): number {
  return typeNumbers[type.kind];
}

/** Child fields as they are on the wire: a map has the one struct `entries`. */
export function wireChildren(type: types.DataType): readonly Field[] {
  switch (type.kind) {
    case 'list':
    case 'large_list':
    case 'fixed_list':
      return [type.item];
    case 'map':
      return [{ name: type.entriesName, type: types.structOf([type.key, type.value]), nullable: false, metadata: new Map() }];
    case 'struct':
    case 'union':
      return type.fields;
    case 'dictionary':
      return wireChildren(type.value);
    default:
      return [];
  }
}

/** Writes the parameters of a type as the table that `link` is to point to. */
export function writeTypeTable(w: FlatbufferWriter, link: number, type: Exclude<types.DataType, types.DictionaryType>): void {
  switch (type.kind) {
    case 'int': {
      const [bits, signed] = w.table(link, [4, 1]) as [number, number];
      w.setInt32(bits, type.bits);
      w.setUint8(signed, type.signed ? 1 : 0);
      break;
    }
    case 'float':
      writeUnit(w, link, floatBits.indexOf(type.bits));
      break;
    case 'decimal': {
      const [precision, scale, bits] = w.table(link, [4, 4, 4]) as [number, number, number];
      w.setInt32(precision, type.precision);
      w.setInt32(scale, type.scale);
      w.setInt32(bits, type.bits);
      break;
    }
    case 'date':
      writeUnit(w, link, type.unit === 'day' ? 0 : 1);
      break;
    case 'time': {
      const [unit, bits] = w.table(link, [2, 4]) as [number, number];
      w.setInt16(unit, timeUnits.indexOf(type.unit));
      w.setInt32(bits, type.bits);
      break;
    }
    case 'timestamp': {
      const [unit, timezone] = w.table(link, type.timezone === undefined ? [2] : [2, 4]) as [number, number];
      w.setInt16(unit, timeUnits.indexOf(type.unit));
      if (type.timezone !== undefined) w.string(timezone, type.timezone);
      break;
    }
    case 'duration':
      writeUnit(w, link, timeUnits.indexOf(type.unit));
      break;
    case 'interval':
      writeUnit(w, link, intervalUnits.indexOf(type.unit));
      break;
    case 'fixed_binary':
      w.setInt32(w.table(link, [4])[0] as number, type.width);
      break;
    case 'fixed_list':
      w.setInt32(w.table(link, [4])[0] as number, type.size);
      break;
    case 'map':
      w.setUint8(w.table(link, [1])[0] as number, type.keysSorted ? 1 : 0);
      break;
    case 'union': {
      const [mode, ids] = w.table(link, [2, 4]) as [number, number];
      w.setInt16(mode, type.mode === 'dense' ? 1 : 0);
      const start = w.vector(ids, type.typeIds.length, 4);
      type.typeIds.forEach((id, i) => {
        w.setInt32(start + i * 4, id);
      });
      break;
    }
    default:
      w.table(link, []);
  }
}

function writeUnit(w: FlatbufferWriter, link: number, unit: number): void {
  w.setInt16(w.table(link, [2])[0] as number, unit);
}

/** Reads a type from its number and table; `children` are the fields under it on the wire, `path` names its field in errors. */
export function readType(number: number, table: FlatTable, children: readonly Field[], path: string): types.DataType {
  switch (number) {
    case typeNumbers.null:
      return types.nullType;
    case typeNumbers.int:
      return readIntType(table, path);
    case typeNumbers.float:
      return { kind: 'float', bits: choose(floatBits, table.int16(0), path, 'precision') };
    case typeNumbers.binary:
      return types.binary;
    case typeNumbers.utf8:
      return types.utf8;
    case typeNumbers.bool:
      return types.bool;
    case typeNumbers.decimal:
      return readDecimalType(table, path);
    case typeNumbers.date:
      return table.int16(0, 1) === 0 ? types.date32 : types.date64;
    case typeNumbers.time:
      return readTimeType(table, path);
    case typeNumbers.timestamp:
      return types.timestamp(choose(timeUnits, table.int16(0), path, 'unit'), table.string(1));
    case typeNumbers.interval:
      return types.interval(choose(intervalUnits, table.int16(0), path, 'unit'));
    case typeNumbers.list:
      return types.listOf(onlyChild(children, path));
    case typeNumbers.struct:
      return types.structOf(children);
    case typeNumbers.union:
      return readUnionType(table, children, path);
    case typeNumbers.fixed_binary:
      return types.fixedBinary(notNegative(table.int32(0), path));
    case typeNumbers.fixed_list:
      return types.fixedListOf(onlyChild(children, path), notNegative(table.int32(0), path));
    case typeNumbers.map:
      return readMapType(table, children, path);
    case typeNumbers.duration:
      return types.duration(choose(timeUnits, table.int16(0, 1), path, 'unit'));
    case typeNumbers.large_binary:
      return types.largeBinary;
    case typeNumbers.large_utf8:
      return types.largeUtf8;
    case typeNumbers.large_list:
      return types.largeListOf(onlyChild(children, path));
    default:
      throw new ArrowError('unsupported-type', `column "${path}" has the Arrow type ${unsupportedTypes.get(number) ?? `number ${number}`}, which is not supported`);
  }
}

export function readIntType(table: FlatTable, path: string): types.IntType {
  const bits = table.int32(0);
  if (bits !== 8 && bits !== 16 && bits !== 32 && bits !== 64) throw malformed(path, `an integer of ${bits} bits`);
  return { kind: 'int', bits, signed: table.bool(1) };
}

function readDecimalType(table: FlatTable, path: string): types.DecimalType {
  const bits = table.int32(2, 128);
  if (bits !== 128 && bits !== 256) throw new ArrowError('unsupported-type', `column "${path}" is a decimal of ${bits} bits; 128 and 256 are supported`);
  return { kind: 'decimal', bits, precision: table.int32(0), scale: table.int32(1) };
}

function readTimeType(table: FlatTable, path: string): types.TimeType {
  const unit = choose(timeUnits, table.int16(0, 1), path, 'unit');
  const bits = table.int32(1, 32);
  if (bits !== (unit === 's' || unit === 'ms' ? 32 : 64)) throw malformed(path, `a time in ${unit} of ${bits} bits`);
  return { kind: 'time', bits: bits === 32 ? 32 : 64, unit };
}

function readUnionType(table: FlatTable, children: readonly Field[], path: string): types.UnionType {
  const ids = table.vector(1, 4);
  const typeIds = children.map((_, i) => (ids !== undefined && i < ids.length ? table.view.getInt32(ids.start + i * 4, true) : i));
  if ((ids !== undefined && ids.length !== children.length) || typeIds.some((id) => id < 0 || id > 127)) {
    throw malformed(path, 'a union whose type ids do not fit its children');
  }
  return types.unionOf(table.int16(0) === 1 ? 'dense' : 'sparse', children, typeIds);
}

function readMapType(table: FlatTable, children: readonly Field[], path: string): types.MapType {
  const entries = onlyChild(children, path);
  const pair = entries.type.kind === 'struct' ? entries.type.fields : [];
  if (pair.length !== 2) throw malformed(path, 'a map whose child is not a struct of two fields');
  return types.mapOf(pair[0] as Field, pair[1] as Field, table.bool(0), entries.name);
}

function onlyChild(children: readonly Field[], path: string): Field {
  if (children.length !== 1) throw malformed(path, `a list with ${children.length} child fields`);
  return children[0] as Field;
}

function notNegative(value: number, path: string): number {
  if (value < 0) throw malformed(path, `a width of ${value}`);
  return value;
}

function choose<T>(options: readonly T[], index: number, path: string, what: string): T {
  const option = options[index];
  if (option === undefined) throw malformed(path, `a ${what} numbered ${index}`);
  return option;
}

function malformed(path: string, what: string): ArrowError {
  return new ArrowError('malformed', `column "${path}" has ${what}`);
}
