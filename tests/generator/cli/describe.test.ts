import { describe, expect, it } from 'vitest';
import { runInFolder } from '../run-in-folder.ts';
import { projectFolder } from './project-folder.ts';

const project = new URL('../../..', import.meta.url).pathname;

describe('describe', () => {
  it('shows a type with its columns by version and its users', async () => {
    const { status, out, err } = await runInFolder(projectFolder(), ['describe', 'Item']);
    expect([status, err]).toEqual([0, '']);
    expect(out).toBe(`type Item (echo) - schema/types.yaml:2:3
  One of the things that are sold.

  versions 1.0.0 (1.4.0) 2.0.0; those in parentheses are not served

  fields  1.0.0 - 1.4.0  2.0.0
  ------  -------------  -----
  price   int64          int64
      In cents.
  label   -              utf8?
      Null if it has none.

  used by
    method buy: item
`);
  });

  it('shows a method of our own protocol: earlier forms, what it answers and what it does to the object model', async () => {
    const { out } = await runInFolder(project, ['describe', 'catalog_schema_drop']);
    expect(out).toMatch(/^method catalog_schema_drop \(vgi\) - schema\/vgi\/methods\/schemas\.yaml:\d+:3\n/);
    expect(out).toMatch(/operation drop of schema; optional, otherwise read_only\n/);
    expect(out).toMatch(/\n {2}path +name: utf8 +list<utf8>\n/);
  });

  it.each([
    ['FunctionType', ['enum FunctionType (vgi)', 'travels as dictionary<int16, utf8>', 'SCALAR (or scalar)', 'type BindRequest: function_type']],
    ['ColumnStatistics', ['batch ColumnStatistics (vgi)', 'column_name (utf8)']],
    ['DEFAULT_MAX_WORKERS', ['constant DEFAULT_MAX_WORKERS (vgi)', 'int64 = 99999']],
    ['Rpc', ['metadata Rpc (vgi)', 'vgi_rpc.method on request batch']],
    ['VGI3002', ['VGI3002 unknown-type (error)']],
    ['unused-type', ['VGI5010 unused-type (warning)', 'a codec that nothing calls']],
  ])('shows %s', async (name, parts) => {
    const { status, out } = await runInFolder(project, ['describe', name]);
    expect(status).toBe(0);
    for (const part of parts) expect(out).toContain(part);
  });

  it('gives the same as JSON', async () => {
    const { out } = await runInFolder(projectFolder(), ['describe', 'Item', '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({
      descriptions: [
        {
          kind: 'type',
          name: 'Item',
          versions: [{ version: '1.0.0', served: true }, { version: '1.4.0', served: false }, { version: '2.0.0', served: true }],
          tables: [{ title: 'fields', versions: [['1.0.0', '1.4.0'], ['2.0.0']], columns: [{ name: 'price', forms: ['int64', 'int64'] }, { name: 'label', forms: [null, 'utf8?'] }] }],
          usedBy: ['method buy: item'],
        },
      ],
    });
  });

  it('suggests what may be meant', async () => {
    const { status, err } = await runInFolder(projectFolder(), ['describe', 'Itm']);
    expect(status).toBe(2);
    expect(err).toContain('VGI1027 unknown-name');
    expect(err).toContain('hint: did you mean `Item`?');
  });
});
