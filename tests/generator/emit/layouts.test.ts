import { type Field, type Schema, typeName } from 'vgi-gen/runtime/v1';
import { describe, expect, it } from 'vitest';
import { knownDictionaries } from '../../../generator/layout/arrow-schema.ts';
import { Layouts } from '../../../generator/layout/layouts.ts';
import { schemaOf } from '../../../generator/layout/schema-of.ts';
import { typeRecord } from '../../../generator/layout/wire-record.ts';
import { diskFileSystem } from '../../../generator/load/file-system.ts';
import { compileModel, libraryFolder } from './emit-library.ts';

const model = compileModel(diskFileSystem(libraryFolder));
const layouts = new Layouts(model);
const versionsOf = (name: string) => layouts.of(typeRecord(layouts.type(name))).map(({ versions }) => versions.join(' '));

const fieldText = ({ name, type, nullable }: Field): string => `${name}: ${typeName(type)}${nullable ? '' : ' not null'}`;
const shown = (schema: Schema): string[] => schema.fields.map(fieldText);

describe('layouts', () => {
  it('are shared by versions that are equal', () => {
    expect(versionsOf('Author')).toEqual(['1.0.0 1.1.0', '2.0.0']);
    expect(versionsOf('Book')).toEqual(['1.0.0', '1.1.0', '2.0.0']);
    expect(versionsOf('Shelves')).toEqual(['1.0.0 1.1.0 2.0.0']);
  });

  it('differ where what they carry differs', () => {
    expect(versionsOf('Member')).toEqual(['1.0.0', '1.1.0', '2.0.0']);
  });

  it('name the version that they serve last', () => {
    const [oldest, , newest] = layouts.of(typeRecord(layouts.type('Book')));
    expect(oldest).toMatchObject({ last: '1.0.0', newest: false, current: false });
    expect(newest).toMatchObject({ last: '2.0.0', newest: true, current: true });
  });
});

describe('the Arrow schema of', () => {
  it('a record is that of the version', () => {
    expect(shown(schemaOf(model, 'Book', '1.0.0'))).toEqual([
      'title: utf8 not null',
      'shelf_name: utf8 not null',
      'genre: dictionary<int16, utf8>',
      'author: binary not null',
      'copies_owned: int64 not null',
      'cover: binary not null',
      'sorting: utf8 not null',
    ]);
    expect(shown(schemaOf(model, 'Book', '2.0.0'))).toEqual([
      'title: utf8 not null',
      'shelf: list<utf8> not null',
      'genre: dictionary<int16, utf8>',
      'editions: list<struct<year: int32, printed_on: date32?>> not null',
      'author: binary not null',
      'stock: map<utf8, int64> not null',
      'cover: binary',
      'sorting: utf8 not null',
    ]);
  });

  it('a struct is that of the version too', () => {
    const { type } = schemaOf(model, 'Book', '1.1.0').fields[3] as Field;
    const item = type.kind === 'list' ? type.item : undefined;
    expect(item).toMatchObject({ name: 'item', nullable: true });
    expect(item?.type.kind === 'struct' && item.type.fields.map(fieldText)).toEqual(['year: int32 not null', 'printed_on: date32 not null']);
  });

  it('a map has the entries that Arrow readers expect', () => {
    const { type } = schemaOf(model, 'Book', '2.0.0').fields[5] as Field;
    expect(type).toMatchObject({ kind: 'map', keysSorted: false, entriesName: 'entries', key: { name: 'key', nullable: false }, value: { name: 'value', nullable: true } });
  });

  it('a method covers parameters, answer and streams', () => {
    expect(shown(schemaOf(model, 'book_get', '1.0.0'))).toEqual(['title: utf8 not null', 'shelf_name: utf8', 'limit: int32 not null']);
    expect(shown(schemaOf(model, 'book_add', '2.0.0'))).toEqual(['request: binary not null']);
    expect(shown(schemaOf(model, 'book_get.result', '2.0.0'))).toEqual(['result: binary']);
    expect(shown(schemaOf(model, 'appraise.output', '2.0.0'))).toEqual(['worth: decimal128<10, 2>']);
    expect(shown(schemaOf(model, 'book_count', '2.0.0'))).toEqual([]);
  });

  it.each([
    ['Book', '1.2.0', 'version 1.2.0 of protocol library is incomplete: its schemas are not known'],
    ['Book', '3.0.0', 'protocol library has no version 3.0.0 (versions: 1.0.0, 1.1.0, 2.0.0)'],
    ['member_find', '2.0.0', 'member_find does not exist in library 2.0.0'],
    ['member_forget', '1.0.0', 'member_forget does not exist in library 1.0.0'],
    ['Bok', '2.0.0', 'protocol library has no record Bok'],
    ['book_add.result', '2.0.0', 'protocol library has no record book_add.result'],
  ])('%s in %s cannot be had', (name, version, message) => {
    expect(() => schemaOf(model, name, version)).toThrow(message);
  });
});

it('knows the dictionaries of enums, with the members of the version', () => {
  const [oldest, , newest] = layouts.of(typeRecord(layouts.type('Book')));
  expect(oldest && [...knownDictionaries(layouts, oldest)]).toEqual([[0, ['NOVEL', 'ESSAY']]]);
  expect(newest && [...knownDictionaries(layouts, newest)]).toEqual([[0, ['NOVEL', 'ESSAY', 'ATLAS']]]);
});
