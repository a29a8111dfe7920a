import { RecordBatch, Schema } from 'vgi-gen/runtime/v1';
import { describe, expect, it } from 'vitest';
import { newTableInfo, type TableInfo, type WriteResultMode, writeOptionsCodec } from '../../generated/vgi/ts/index.ts';
import { tableInfoV1_0_0Codec } from '../../generated/vgi/ts/layouts-1.0.0.ts';
import { tableInfoV1_3_0Codec, writeOptionsV1_3_0Codec } from '../../generated/vgi/ts/layouts-1.3.0.ts';

const table = (given: Partial<TableInfo>): TableInfo =>
  newTableInfo({ name: 't', schemaPath: ['main'], columns: new Schema([]), notNullConstraints: [], uniqueConstraints: [], checkConstraints: [], ...given });
const writes = (modes: Record<string, WriteResultMode>): TableInfo => table({ writeResultModes: new Map(Object.entries(modes)) });

const cells = (bytes: Uint8Array, ...names: readonly string[]): unknown[] => {
  const batch = RecordBatch.fromIpc(bytes);
  return names.map((name) => batch.column(batch.schema.indexOf(name)).get(0));
};

describe('a table before 2.0.0', () => {
  const flags = (info: TableInfo): unknown[] => cells(tableInfoV1_3_0Codec.encode(info), 'supports_insert', 'supports_update', 'supports_delete', 'supports_returning');

  it('tells its writes by flags', () => {
    expect(flags(table({}))).toEqual([false, false, false, false]);
    expect(flags(writes({ insert: 'count' }))).toEqual([true, false, false, false]);
    expect(flags(writes({ insert: 'rows', update: 'changes', delete: 'rows' }))).toEqual([true, true, true, true]);
  });

  it('offers RETURNING only if all of its writes give rows', () => {
    expect(flags(writes({ insert: 'rows', delete: 'count' }))).toEqual([true, false, true, false]);
  });

  it.each([{}, { insert: 'count' }, { insert: 'rows', update: 'rows', delete: 'rows' }] as Record<string, WriteResultMode>[])('means the modes %o again when it is read', (modes) => {
    expect(tableInfoV1_3_0Codec.decode(tableInfoV1_3_0Codec.encode(writes(modes))).writeResultModes).toEqual(new Map(Object.entries(modes)));
  });

  it('keeps what has to be filtered', () => {
    const requiredFilters = [['a'], ['b', 'c.d']];
    expect(tableInfoV1_3_0Codec.decode(tableInfoV1_3_0Codec.encode(table({ requiredFilters }))).requiredFilters).toEqual(requiredFilters);
  });

  it('in 1.0.0 can ask for single columns only', () => {
    const bytes = tableInfoV1_0_0Codec.encode(table({ requiredFilters: [['a'], ['b', 'c.d']] }));
    expect(cells(bytes, 'required_field_filter_paths')).toEqual([['a']]);
    expect(tableInfoV1_0_0Codec.decode(bytes).requiredFilters).toEqual([['a']]);
  });
});

it('a write before 2.0.0 asks for its rows or for their number', () => {
  const through = (resultMode: WriteResultMode): WriteResultMode => writeOptionsV1_3_0Codec.decode(writeOptionsV1_3_0Codec.encode({ resultMode })).resultMode;
  expect([through('count'), through('rows'), through('changes')]).toEqual(['count', 'rows', 'rows']);
  expect(cells(writeOptionsV1_3_0Codec.encode({ resultMode: 'rows' }), 'return_chunks')).toEqual([true]);
  expect(writeOptionsCodec.decode(writeOptionsCodec.encode({ resultMode: 'changes' })).resultMode).toBe('changes');
});
