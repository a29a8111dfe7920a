import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { field, RecordBatch, Schema } from 'vgi-gen/runtime/v1';
import { runInFolder } from '../run-in-folder.ts';
import { ShopProject } from './shop.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const definition = 'schema/shop.yaml';
const folder = 'generated/shop/vectors';
const items = `${folder}/Item.jsonl`;

type Line = Record<string, unknown> & { readonly ipc: string; readonly values: Record<string, unknown> };

/** The shop with its vectors, and a change of the one line of a file that has all the texts. */
async function changed(path: string, texts: readonly string[], change: (line: Line) => object | undefined): Promise<{ readonly shop: ShopProject; readonly at: number }> {
  const shop = await new ShopProject().generate();
  const lines = shop.read(path).split('\n');
  const chosen = lines.flatMap((line, index) => (texts.every((text) => line.includes(text)) ? [index] : []));
  expect(chosen).toHaveLength(1);
  const [at = 0] = chosen;
  const result = change(JSON.parse(lines[at] ?? '') as Line);
  lines.splice(at, 1, ...(result === undefined ? [] : [JSON.stringify(result)]));
  shop.write(path, lines.join('\n'));
  return { shop, at: at + 1 };
}

const current = ['"Item"', '"versions":["2.0.0"]', '"case":"canonical"'];
const member = (shop: ShopProject, at: number, key: string): string => `${items}:${at}:${(shop.read(items).split('\n')[at - 1] ?? '').indexOf(`"${key}"`) + 1}`;

describe('vectors without drift', () => {
  it('are ours, of every protocol here', async () => {
    const { status, err } = await runInFolder(root, ['parity', '--vectors', 'generated', 'schema/vgi/protocol.yaml', 'schema/conformance/protocol.yaml']);
    expect(err).toMatch(/^vectors: vgi 1\.0\.0, .*: compared \d+ layouts, \d+ vectors\nvectors: conformance .*: compared \d+ layouts, \d+ vectors\n$/);
    expect(status).toBe(0);
  }, 30_000);

  it('may be laid out in other bytes and say their values in another order', async () => {
    const { shop } = await changed(items, current, (line) => {
      const batch = RecordBatch.fromIpc(Buffer.from(line.ipc, 'base64'));
      const described = RecordBatch.of(new Schema(batch.schema.fields, new Map([['written', 'elsewhere']])), batch.columns);
      return { ...line, values: Object.fromEntries(Object.entries(line.values).reverse()), ipc: Buffer.from(described.toIpc()).toString('base64') };
    });
    expect(await shop.parity('--vectors', folder)).toMatchObject({ status: 0, found: [], compared: [{ protocol: 'shop', versions: ['1.0.0', '2.0.0'] }] });
  });

  it('are found in the folder of their protocol', async () => {
    const shop = await new ShopProject().generate();
    expect(await shop.parity('--vectors', 'generated')).toMatchObject({ status: 0, found: [] });
  });
});

describe('each drift is found where it is', () => {
  it('a flipped byte', async () => {
    const { shop, at } = await changed(items, current, (line) => {
      const bytes = Buffer.from(line.ipc, 'base64');
      const place = bytes.lastIndexOf('text ');
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      return { ...line, ipc: bytes.toString('base64') };
    });
    const { status, found } = await shop.parity('--vectors', folder);
    expect(found).toEqual([
      [member(shop, at, 'ipc'), 'vector-bytes-differ', expect.stringMatching(/^the bytes of case `canonical` of `Item` 2\.0\.0 do not hold its values: the value at \/tags\/1\/1 is "uext \d+", not "text \d+"\.$/), shop.place(definition, 'Item:')],
    ]);
    expect(status).toBe(1);
  });

  it('bytes that cannot be read', async () => {
    const { shop, at } = await changed(items, current, (line) => ({ ...line, ipc: Buffer.from(line.ipc, 'base64').subarray(0, 100).toString('base64') }));
    const { status, found } = await shop.parity('--vectors', folder);
    expect(found.map(([place, slug]) => [place, slug])).toEqual([[member(shop, at, 'ipc'), 'vector-bytes-differ']]);
    expect(status).toBe(1);
  });

  it('a vector, a layout and a record that are missing', async () => {
    const { shop } = await changed(items, current, () => undefined);
    expect(await shop.parity('--vectors', folder)).toMatchObject({ status: 1, found: [[`${items}:1:1`, 'vector-missing', 'case `canonical` of `Item` 2.0.0 is missing, which shop 2.0.0 has.', shop.place(definition, 'Item:')]] });
    shop.write(items, shop.read(items).split('\n').filter((line) => !line.includes('"versions":["1.0.0"]')).join('\n'));
    shop.write(`${folder}/Part.jsonl`, '');
    const { status, found } = await shop.parity('--vectors', folder);
    expect(found).toEqual([
      [`${folder}:1:1`, 'vector-missing', 'every vector of `Part` is missing, which shop 2.0.0 has.', shop.place(definition, 'Part:')],
      [`${items}:1:1`, 'vector-missing', 'case `canonical` of `Item` 2.0.0 is missing, which shop 2.0.0 has.', shop.place(definition, 'Item:')],
      [`${items}:1:1`, 'vector-missing', 'every vector of `Item` in the layout of 1.0.0 is missing, which shop 1.0.0 has.', shop.place(definition, 'Item:')],
    ]);
    expect(status).toBe(1);
  });

  it('another value', async () => {
    const { shop, at } = await changed(items, current, (line) => ({ ...line, values: { ...line.values, price: '7' } }));
    const { status, found } = await shop.parity('--vectors', folder);
    expect(found).toEqual([[member(shop, at, 'values'), 'vector-values-differ', expect.stringMatching(/^the value at \/price of case `canonical` of `Item` 2\.0\.0 is "7"; in shop 2\.0\.0 it is "\d+"\.$/), shop.place(definition, 'price:')]]);
    expect(status).toBe(1);
  });

  it('another nullability in the bytes', async () => {
    const { shop, at } = await changed(items, current, (line) => {
      const batch = RecordBatch.fromIpc(Buffer.from(line.ipc, 'base64'));
      const fields = batch.schema.fields.map(({ name, type, nullable }) => field(name, type, name === 'price' || nullable));
      return { ...line, ipc: Buffer.from(RecordBatch.of(new Schema(fields), batch.columns).toIpc()).toString('base64') };
    });
    const { status, found } = await shop.parity('--vectors', folder);
    expect(found).toEqual([[member(shop, at, 'ipc'), 'vector-schema-differs', 'the bytes of case `canonical` of `Item` 2.0.0 have another schema: `/price` is nullable, which it must not be.', shop.place(definition, 'Item:')]]);
    expect(status).toBe(1);
  });

  it('what is unknown, wrong in its head, or there twice', async () => {
    const { shop, at } = await changed(items, current, (line) => ({ ...line, kind: 'params' }));
    const lines = shop.read(items).trimEnd().split('\n');
    const copy = JSON.parse(lines[at - 1] ?? '') as Line;
    const more = [copy, { ...copy, case: 'nothing' }, { ...copy, versions: ['3.0.0'] }, { ...copy, record: 'Thing' }];
    shop.write(items, [...lines, ...more.map((line) => JSON.stringify(line)), '{"record":"Item"}', 'x', ''].join('\n'));
    const { status, found } = await shop.parity('--vectors', folder);
    const inDefinition = shop.place(definition, 'Item:');
    const end = lines.length;
    expect(found).toEqual([
      [member(shop, at, 'kind'), 'vector-head-differs', '`kind` of case `canonical` of `Item` 2.0.0 is "params"; in shop 2.0.0 it is "type".', inDefinition],
      [`${items}:${end + 1}:1`, 'vector-twice', 'case `canonical` of `Item` 2.0.0 is there twice.', `${items}:${at}:1`],
      [`${items}:${end + 2}:1`, 'vector-unexpected', 'shop 2.0.0 has no case `nothing` of `Item` 2.0.0.', inDefinition],
      [`${items}:${end + 3}:1`, 'vector-unexpected', 'shop 2.0.0 has no layout of `Item` that ends with 3.0.0.', inDefinition],
      [`${items}:${end + 4}:1`, 'vector-unexpected', 'shop 2.0.0 has no record `Thing`.', shop.place(definition, 'protocol:')],
      [`${items}:${end + 5}:1`, 'vector-unreadable', 'the line is no vector: `kind` is not text.'],
      [`${items}:${end + 6}:1`, 'vector-unreadable', expect.stringMatching(/^the line is no vector: it is no JSON \(.*\)\.$/)],
    ]);
    expect(status).toBe(1);
  });
});

describe('the version to compare with', () => {
  it('leaves the layouts of others alone', async () => {
    const { shop } = await changed(items, current, () => undefined);
    expect(await shop.parity('--vectors', folder, '--against-version', '1.0.0')).toMatchObject({ status: 0, found: [], compared: [{ versions: ['1.0.0'] }] });
    expect(await shop.parity('--vectors', folder, '--against-version', '1.5.0')).toMatchObject({ status: 2, found: [[expect.anything(), 'unserved-version', expect.anything()]] });
  });
});

describe('a folder without vectors', () => {
  it('is refused', async () => {
    const shop = new ShopProject();
    expect(await shop.parity('--vectors', 'nowhere')).toMatchObject({ status: 2, found: [['nowhere:1:1', 'unusable-peer', 'cannot compare with `nowhere`: there is no such folder.']] });
    expect(await shop.parity('--vectors', 'upstream')).toMatchObject({ status: 2, found: [['upstream:1:1', 'unusable-peer', 'cannot compare with `upstream`: it has no vectors of `shop`.']] });
  });
});
