import { describe, expect, it } from 'vitest';
import type { Place, TypeRef } from '../../../generator/model/model.ts';
import { parseType } from '../../../generator/model/parse-type.ts';
import { placeText } from '../../../generator/model/type-text.ts';

const isEnum = (name: string): boolean => name === 'Colour';

const plain = (type: TypeRef): Place => ({ type, nullable: false, wireNullable: false });
const item = (type: TypeRef): Place => ({ type, nullable: false, wireNullable: true });
const utf8: TypeRef = { kind: 'utf8' };

function place(expression: string): Place {
  const parsed = parseType(expression, isEnum);
  if (!parsed.ok) throw new Error(`${expression}: ${JSON.stringify(parsed.problem)}`);
  return parsed.place;
}

describe('type expressions', () => {
  const accepted: readonly (readonly [string, TypeRef])[] = [
    ['bool', { kind: 'bool' }],
    ['int8', { kind: 'int', bits: 8, signed: true }],
    ['uint64', { kind: 'int', bits: 64, signed: false }],
    ['float16', { kind: 'float', bits: 16 }],
    ['utf8', utf8],
    ['large_binary', { kind: 'large_binary' }],
    ['fixed_binary<8>', { kind: 'fixed_binary', width: 8 }],
    ['date32', { kind: 'date', unit: 'day' }],
    ['date64', { kind: 'date', unit: 'ms' }],
    ['time32<ms>', { kind: 'time', bits: 32, unit: 'ms' }],
    ['time64<ns>', { kind: 'time', bits: 64, unit: 'ns' }],
    ['timestamp<us>', { kind: 'timestamp', unit: 'us' }],
    ['timestamp<us, UTC>', { kind: 'timestamp', unit: 'us', timezone: 'UTC' }],
    ['timestamp<s, America/Port-au-Prince>', { kind: 'timestamp', unit: 's', timezone: 'America/Port-au-Prince' }],
    ['timestamp<ms, +01:30>', { kind: 'timestamp', unit: 'ms', timezone: '+01:30' }],
    ['duration<us>', { kind: 'duration', unit: 'us' }],
    ['interval<month_day_nano>', { kind: 'interval', unit: 'month_day_nano' }],
    ['decimal128<20, 4>', { kind: 'decimal', bits: 128, precision: 20, scale: 4 }],
    ['decimal256<76, 0>', { kind: 'decimal', bits: 256, precision: 76, scale: 0 }],
    ['list<utf8>', { kind: 'list', item: item(utf8) }],
    ['list<utf8?>', { kind: 'list', item: { type: utf8, nullable: true, wireNullable: true } }],
    ['list<utf8!>', { kind: 'list', item: plain(utf8) }],
    ['large_list<list<bool>>', { kind: 'large_list', item: item({ kind: 'list', item: item({ kind: 'bool' }) }) }],
    ['fixed_list<float32, 3>', { kind: 'fixed_list', item: item({ kind: 'float', bits: 32 }), size: 3 }],
    ['map<utf8, int64?>', { kind: 'map', key: plain(utf8), value: { type: { kind: 'int', bits: 64, signed: true }, nullable: true, wireNullable: true } }],
    ['dictionary<int16, utf8>', { kind: 'dictionary', index: { kind: 'int', bits: 16, signed: true }, value: utf8 }],
    ['Colour', { kind: 'enum', name: 'Colour' }],
    ['Item', { kind: 'record', name: 'Item' }],
    ['ipc<Item>', { kind: 'ipc', name: 'Item' }],
    ['schema', { kind: 'schema' }],
    ['batch', { kind: 'batch', large: false }],
    ['batch<Rows>', { kind: 'batch', shape: 'Rows', large: false }],
    ['large_batch<Rows>', { kind: 'batch', shape: 'Rows', large: true }],
  ];
  it.each(accepted)('%s', (expression, type) => {
    expect(place(expression)).toEqual(plain(type));
    expect(place(`${expression}?`)).toEqual({ type, nullable: true, wireNullable: true });
    expect(placeText(place(expression))).toBe(expression);
    expect(place(` ${expression.replaceAll('<', '< ').replaceAll(/[>,]/g, ' $&')} `)).toEqual(plain(type));
  });

  it('names what has to be declared, and where', () => {
    const parsed = parseType('map<utf8, list<ipc<Item>>>', isEnum);
    expect(parsed.ok && parsed.names).toEqual([{ use: 'ipc', name: 'Item', from: 19, to: 23 }]);
    const several = parseType('map<Colour, batch<Rows>>', isEnum);
    expect(several.ok && several.names.map(({ use, name }) => `${use} ${name}`)).toEqual(['inline Colour', 'shape Rows']);
  });
});

describe('problems in type expressions', () => {
  const rejected: readonly (readonly [expression: string, slug: string, underlined: string, words: string])[] = [
    ['', 'type-syntax', '', 'nothing stands where a type is needed'],
    ['list<utf8', 'type-syntax', '<utf8', 'never closed'],
    ['list<', 'type-syntax', '<', 'never closed'],
    ['decimal128<20', 'type-syntax', '<20', 'never closed'],
    ['list<utf8>>', 'type-syntax', '>', 'not expected'],
    ['list utf8', 'type-argument', 'list', 'needs arguments'],
    ['utf8 utf8', 'type-syntax', 'utf8', 'not expected'],
    ['list<utf8]', 'type-syntax', ']', 'where `>` or `,` is needed'],
    ['list<,>', 'type-syntax', ',', 'stands where a type is needed'],
    ['<utf8>', 'type-syntax', '<', 'stands where a type is needed'],
    ['utf8??', 'type-syntax', '?', 'is enough'],
    ['list<utf8?!>', 'type-syntax', '!', 'is enough'],
    [`${'list<'.repeat(40)}utf8${'>'.repeat(40)}`, 'type-syntax', 'l', 'nested too deeply'],
    ['utf8!', 'misplaced-mark', '!', 'list items and map values only'],
    ['map<utf8?, utf8>', 'misplaced-mark', '?', 'keys are never null'],
    ['timestamp', 'type-argument', 'timestamp', 'needs arguments'],
    ['ipc', 'type-argument', 'ipc', 'needs arguments'],
    ['timestamp<>', 'type-syntax', '>', 'one of s, ms, us, ns'],
    ['timestamp<h>', 'type-argument', 'h', 'not one of s, ms, us, ns'],
    ['timestamp<us, >', 'type-argument', '>', 'time zone'],
    ['time32<us>', 'type-argument', 'us', 'not one of s, ms'],
    ['time64<ms>', 'type-argument', 'ms', 'not one of us, ns'],
    ['utf8<3>', 'type-argument', 'utf8<3>', 'takes no arguments'],
    ['list<utf8, utf8>', 'type-argument', ', utf8>', 'too many arguments'],
    ['map<utf8>', 'type-argument', '>', 'too few arguments'],
    ['decimal128<39, 0>', 'type-argument', '39', 'not between 1 and 38'],
    ['decimal128<4, 5>', 'type-argument', '5', 'not between 0 and 4'],
    ['fixed_binary<0>', 'type-argument', '0', 'not between 1'],
    ['fixed_binary<-3>', 'type-argument', '-3', 'not between 1'],
    ['fixed_list<utf8, n>', 'type-argument', 'n', 'a number is needed'],
    ['dictionary<int32, utf8>', 'type-argument', 'dictionary<int32, utf8>', 'only `dictionary<int16, utf8>`'],
    ['ipc<utf8>', 'type-argument', 'utf8', 'the name of a type is needed'],
    ['batch<list>', 'type-argument', 'list', 'the name of a batch shape is needed'],
  ];
  it.each(rejected)('%s', (expression, slug, underlined, words) => {
    const parsed = parseType(expression, isEnum);
    if (parsed.ok) throw new Error('it was accepted');
    const { what, from, to } = parsed.problem;
    expect(what.slug).toBe(slug);
    expect(expression.slice(from, to)).toBe(underlined);
    expect(what.slug === 'misplaced-mark' ? what.reason : what.problem).toContain(words);
  });
});
