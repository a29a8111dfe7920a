import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runInFolder } from '../run-in-folder.ts';
import { ShopProject } from './shop.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('headers without drift', () => {
  it('are ours, of every protocol here', async () => {
    for (const name of ['vgi', 'vgi-secret', 'conformance']) {
      const { status, out } = await runInFolder(root, ['parity', '--format', 'json', '--cpp', `generated/${name}/cpp`, `schema/${name}/protocol.yaml`]);
      const report = JSON.parse(out) as { readonly diagnostics: readonly object[]; readonly compared: readonly { readonly protocol: string; readonly counts: Readonly<Record<string, number>> }[] };
      expect(report.diagnostics).toEqual([]);
      expect(report.compared).toMatchObject([{ protocol: name, counts: { headers: 9 } }]);
      expect(report.compared[0]?.counts['schemas']).toBeGreaterThan(3);
      expect(status).toBe(0);
    }
  }, 30_000);

  it('are those of one version, as upstream generates them', async () => {
    const { status, found, compared } = await new ShopProject().parity('--cpp', 'upstream');
    expect(found).toEqual([]);
    expect(compared).toEqual([{ protocol: 'shop', versions: ['1.0.0'], counts: { headers: 4, schemas: 6, 'request builders': 2, constants: 5 }, oracle: 'cpp' }]);
    expect(status).toBe(0);
  });

  it('are said to be so', async () => {
    const { err, out, status } = await runInFolder(new ShopProject().folder, ['parity', '--cpp', 'upstream']);
    expect({ err, out, status }).toEqual({ err: 'cpp: shop 1.0.0: compared 4 headers, 6 schemas, 2 request builders, 5 constants\n', out: '', status: 0 });
  });
});

const schemas = 'upstream/shop_protocol_schemas.hpp';
const builders = 'upstream/shop_request_builders.hpp';
const definition = 'schema/shop.yaml';

describe('each drift is found where it is', () => {
  const label = '	    arrow::field("label", arrow::utf8(), /*nullable=*/true),\n';
  const size = '	    arrow::field("size", arrow::dictionary(arrow::int16(), arrow::utf8()), /*nullable=*/false),\n';
  const item = 'ItemSchema() {\n	static const auto schema = arrow::schema({\n	    arrow::field("price", arrow::int64(), /*nullable=*/false),\n';

  it('a field in another place', async () => {
    const shop = new ShopProject();
    shop.edit(schemas, `${item}${label}`, `${item.replace(/.*\n$/, '')}${label}	    arrow::field("price", arrow::int64(), /*nullable=*/false),\n`);
    const { status, found } = await shop.parity('--cpp', 'upstream');
    expect(found).toEqual([[shop.place(schemas, '"label"'), 'cpp-part-moved', 'field `label` of schema `ItemSchema` stands at position 1; in shop 1.0.0 it stands at 2.', shop.place(definition, 'label:')]]);
    expect(status).toBe(1);
  });

  it('nullability', async () => {
    const shop = new ShopProject();
    shop.edit(schemas, `${item}${label}`, `${item}${label.replace('true', 'false')}`);
    const { status, found } = await shop.parity('--cpp', 'upstream');
    const at = shop.place(schemas, 'false),\n	    arrow::field("size"');
    expect(found).toEqual([[at, 'cpp-nullability-differs', 'field `label` of schema `ItemSchema` is not null; in shop 1.0.0 it is nullable.', shop.place(definition, 'label:')]]);
    expect(status).toBe(1);
  });

  it('the nullability of a field inside a field', async () => {
    const shop = await new ShopProject().generate();
    const header = 'generated/shop/cpp/shop_protocol_schemas.hpp';
    shop.edit(header, 'arrow::field("weight", arrow::float64(), true)})', 'arrow::field("weight", arrow::float64(), false)})');
    const { status, found } = await shop.parity('--cpp', 'generated/shop/cpp');
    const at = shop.place(header, 'false)})');
    expect(found).toEqual([[at, 'cpp-nullability-differs', 'field `parts.item.weight` of schema `ItemSchema` is not null; in shop 2.0.0 it is nullable.', shop.place(definition, 'weight:')]]);
    expect(status).toBe(1);
  });

  it('an enum member with another name', async () => {
    const shop = await new ShopProject().generate();
    const header = 'generated/shop/cpp/shop_protocol_enums.hpp';
    const text = shop.read(header);
    shop.write(header, text.replaceAll('Size::HUGE', 'Size::GIANT').replace('  HUGE,', '  GIANT,'));
    const { status, found } = await shop.parity('--cpp', 'generated/shop/cpp');
    const inDefinition = shop.place(definition, 'HUGE:');
    expect(found).toEqual([
      [shop.place(header, 'GIANT,'), 'cpp-part-renamed', 'member `HUGE` of enum `Size` is called `GIANT` here, which shop 2.0.0 does not have.', inDefinition],
      [shop.place(header, 'GIANT:\n'), 'cpp-part-renamed', 'member `HUGE` of enum text `Size` is called `GIANT` here, which shop 2.0.0 does not have.', inDefinition],
      [shop.place(header, 'GIANT;'), 'cpp-value-differs', 'spelling `HUGE` of enum spellings `Size` is `GIANT`; in shop 2.0.0 it is `HUGE`.', inDefinition],
      [secondPlace(shop, header, 'GIANT;'), 'cpp-value-differs', 'spelling `huge` of enum spellings `Size` is `GIANT`; in shop 2.0.0 it is `HUGE`.', inDefinition],
    ]);
    expect(status).toBe(1);
  });

  it('a member of an enum that a builder writes', async () => {
    const shop = new ShopProject();
    shop.edit(builders, '"LARGE"', '"BIG"');
    const { status, found } = await shop.parity('--cpp', 'upstream');
    const message = 'column `size` of request builder `BuildFindParams`: the code says `BuildEnumArray of SMALL, BIG`; for shop 1.0.0 it has to be `BuildEnumArray of SMALL, LARGE`.';
    expect(found).toEqual([[shop.place(builders, 'BuildEnumArray'), 'cpp-code-differs', message, shop.place(definition, 'size: {type: Size, doc: Of')]]);
    expect(status).toBe(1);
  });

  it('the text of an enum member', async () => {
    const shop = await new ShopProject().generate();
    const header = 'generated/shop/cpp/shop_protocol_enums.hpp';
    shop.edit(header, 'return "LARGE"', 'return "BIG"');
    const { status, found } = await shop.parity('--cpp', 'generated/shop/cpp');
    expect(found).toEqual([[shop.place(header, '"BIG"'), 'cpp-value-differs', 'member `LARGE` of enum text `Size` is `BIG`; in shop 2.0.0 it is `LARGE`.', shop.place(definition, 'LARGE:')]]);
    expect(status).toBe(1);
  });

  it('the value of a constant and of a key', async () => {
    const shop = new ShopProject();
    const header = 'upstream/shop_protocol_constants.hpp';
    shop.edit(header, '100', '99');
    shop.edit(header, 'shop.till.cashier', 'shop.till.clerk');
    const { status, found } = await shop.parity('--cpp', 'upstream');
    expect(found).toEqual([
      [shop.place(header, '99'), 'cpp-value-differs', 'constant `SHOP_MAX_ITEMS` is `99`; in shop 1.0.0 it is `100`.', shop.place(definition, 'MAX_ITEMS:')],
      [shop.place(header, '"shop.till.clerk"'), 'cpp-value-differs', 'constant `SHOP_TILL_CASHIER_KEY` is `"shop.till.clerk"`; in shop 1.0.0 it is `"shop.till.cashier"`.', shop.place(definition, 'cashier:')],
    ]);
    expect(status).toBe(1);
  });

  it('the type of a parameter', async () => {
    const shop = new ShopProject();
    shop.edit(builders, 'const std::string& name', 'int64_t name');
    const { status, found } = await shop.parity('--cpp', 'upstream');
    expect(found).toEqual([[shop.place(builders, 'int64_t'), 'cpp-type-differs', 'parameter `name` of request builder `BuildFindParams` is of type `int64_t`; in shop 1.0.0 it is `std::string`.', shop.place(definition, 'name: {type: utf8, doc: Exactly.')]]);
    expect(status).toBe(1);
  });

  it('parameters and columns in another order', async () => {
    const shop = new ShopProject();
    shop.edit(builders, '	arrays.push_back(BuildStringScalar(name));\n	arrays.push_back(BuildEnumArray(size, {"SMALL", "LARGE"}));\n', '	arrays.push_back(BuildEnumArray(size, {"SMALL", "LARGE"}));\n	arrays.push_back(BuildStringScalar(name));\n');
    const { status, found } = await shop.parity('--cpp', 'upstream');
    expect(found).toEqual([[shop.place(builders, 'size, {'), 'cpp-part-moved', 'column `size` of request builder `BuildFindParams` stands at position 1; in shop 1.0.0 it stands at 2.', shop.place(definition, 'size: {type: Size, doc: Of')]]);
    expect(status).toBe(1);
  });

  it('a schema that is missing, and one that nothing calls for', async () => {
    const shop = new ShopProject();
    shop.edit(schemas, '&PartSchema()', '&PieceSchema()');
    const { status, found } = await shop.parity('--cpp', 'upstream');
    expect(found).toEqual([
      [`${schemas}:1:1`, 'cpp-declaration-missing', 'schema `PartSchema` is missing, which shop 1.0.0 has.', shop.place(definition, 'Part:')],
      [shop.place(schemas, 'PieceSchema'), 'cpp-declaration-unexpected', 'shop 1.0.0 has nothing for schema `PieceSchema`.', shop.place(definition, '1.0.0')],
    ]);
    expect(status).toBe(1);
  });

  it('a field that is missing, one too many, and one of another type', async () => {
    const shop = new ShopProject();
    shop.edit(schemas, `${item}${label}${size}`, `${item.replace('int64', 'int32')}${size}	    arrow::field("age", arrow::int8(), false),\n	    arrow::field("ages", arrow::list(arrow::int8()), false),\n`);
    const { status, found } = await shop.parity('--cpp', 'upstream');
    const inDefinition = shop.place(definition, 'Item:');
    expect(found).toEqual([
      [shop.place(schemas, 'ItemSchema'), 'cpp-part-missing', 'field `label` of schema `ItemSchema` is missing, which shop 1.0.0 has.', shop.place(definition, 'label:')],
      [shop.place(schemas, 'arrow::int32'), 'cpp-type-differs', 'field `price` of schema `ItemSchema` is of type `int32`; in shop 1.0.0 it is `int64`.', shop.place(definition, 'price:')],
      [shop.place(schemas, '"age"'), 'cpp-part-unexpected', 'field `age` of schema `ItemSchema` is not in shop 1.0.0.', inDefinition],
      [shop.place(schemas, '"ages"'), 'cpp-part-unexpected', 'field `ages` of schema `ItemSchema` is not in shop 1.0.0.', inDefinition],
    ]);
    expect(status).toBe(1);
  });

  it('what cannot be read, without giving up on the rest', async () => {
    const shop = new ShopProject();
    shop.edit(schemas, '// Origin: Item\n', 'template <class T>\nT *Something(T *value) { return value; }\n\n#if defined(SHOP)\n#endif\n');
    shop.edit(schemas, 'FindParamsSchema() {', 'FindParamsSchema() noexcept {');
    const { status, found } = await shop.parity('--cpp', 'upstream');
    expect(found).toEqual([
      [`${schemas}:1:1`, 'cpp-declaration-missing', 'schema `FindParamsSchema` is missing, which shop 1.0.0 has.', shop.place(definition, 'find:')],
      [shop.place(schemas, 'template'), 'cpp-unreadable', 'cannot read this: a namespace, an enum, a struct, a constant or an inline function is expected, not `template`.'],
      [shop.place(schemas, '#if'), 'cpp-unreadable', 'cannot read this: `#if defined(SHOP)` is neither `#pragma once` nor an `#include`; what depends on it is not known.'],
      [shop.place(schemas, '#endif'), 'cpp-unreadable', 'cannot read this: `#endif` is neither `#pragma once` nor an `#include`; what depends on it is not known.'],
      [shop.place(schemas, 'noexcept'), 'cpp-unreadable', 'cannot read this: `{` is expected, not `noexcept`.'],
    ]);
    expect(status).toBe(1);
  });
});

const secondPlace = (shop: ShopProject, path: string, needle: string): string => {
  const [line = 0] = shop.read(path).split('\n').flatMap((text, index) => (text.includes(needle) ? [index + 1] : [])).slice(1);
  return `${path}:${line}:${(shop.read(path).split('\n')[line - 1] ?? '').indexOf(needle) + 1}`;
};

describe('what else can be wrong with headers', () => {
  it('the name of a record, a schema, a struct or a column in what reads and writes records', async () => {
    const shop = await new ShopProject().generate();
    const header = 'generated/shop/cpp/shop_records.hpp';
    const text = shop.read(header);
    shop.write(
      header,
      text
        .replace('RecordWriter writer(ItemSchema())', 'RecordWriter writer(PartSchema())')
        .replace('ReadChild(children, row, "weight", value.weight)', 'ReadChild(children, row, "mass", value.weight)')
        .replace('AppendValue(*children.child(1), value.weight)', 'AppendValue(*children.child(0), value.weight)')
        .replace('reader.Get("near", value.near)', 'reader.Get("far", value.near)'),
    );
    const { status, found } = await shop.parity('--cpp', 'generated/shop/cpp');
    expect(found.map(([, slug, message]) => [slug, message])).toEqual([
      ['cpp-code-differs', 'member `weight` of struct writer `Part`: the code says `0`; for shop 2.0.0 it has to be `1`.'],
      ['cpp-code-differs', 'member `weight` of struct reader `Part`: the code says `mass`; for shop 2.0.0 it has to be `weight`.'],
      ['cpp-code-differs', 'record writer `Item`: the code says `PartSchema()`; for shop 2.0.0 it has to be `ItemSchema()`.'],
      ['cpp-code-differs', 'member `near` of record reader `FindParamsV1_0_0`: the code says `far`; for shop 1.0.0 it has to be `near`.'],
    ]);
    expect(status).toBe(1);
  });

  it('result readers and the list of layouts', async () => {
    const shop = await new ShopProject().generate();
    shop.edit('generated/shop/cpp/shop_result_readers.hpp', 'FindResultEnvelopeV1_0_0::FromRecordBatch', 'FindParams::FromRecordBatch');
    shop.edit('generated/shop/cpp/shop_record_layouts.hpp', '&ItemV1_0_0Schema', '&ItemSchema');
    const { status, found } = await shop.parity('--cpp', 'generated/shop/cpp');
    expect(found.map(([, slug, message]) => [slug, message])).toEqual([
      ['cpp-code-differs', 'layout `Item 1.0.0` of list of layouts `ShopRecordLayouts`: the code says `ItemSchema`; for shop 2.0.0 it has to be `ItemV1_0_0Schema`.'],
      ['cpp-code-differs', 'result reader `ReadFindResultV1_0_0`: the code says `takes a ItemV1_0_0 out of a FindParams`; for shop 1.0.0 it has to be `takes a ItemV1_0_0 out of a FindResultEnvelopeV1_0_0`.'],
    ]);
    expect(status).toBe(1);
  });

  it('declared twice, in another namespace, in a header of nobody, or not as generated', async () => {
    const shop = await new ShopProject().generate();
    const folder = 'generated/shop/cpp';
    shop.edit(`${folder}/shop_protocol_version.hpp`, '/// Value of the routing key', 'inline constexpr std::string_view SHOP_PROTOCOL_SERVICE = "Shop";\n/// Value of the routing key');
    shop.write(`${folder}/shop_protocol_constants.hpp`, shop.read(`${folder}/shop_protocol_constants.hpp`).replace('namespace shop {', 'namespace store {'));
    shop.write(`${folder}/store.hpp`, '#pragma once\n');
    shop.write(`${folder}/shop_arrow_support.hpp`, shop.read(`${folder}/shop_arrow_support.hpp`).replace('throw std::runtime_error', 'throw std::logic_error'));
    const { status, found } = await shop.parity('--cpp', folder);
    const second = secondPlace(shop, `${folder}/shop_protocol_version.hpp`, 'SHOP_PROTOCOL_SERVICE');
    expect(found).toEqual([
      [`${folder}/shop_arrow_support.hpp:1:1`, 'cpp-support-edited', 'is not as the target `cpp` generated it, so what the other headers stand on is not known.'],
      [shop.place(`${folder}/shop_protocol_constants.hpp`, 'store {'), 'cpp-value-differs', 'the namespace is `store`; in shop 2.0.0 it is `shop`.'],
      [second, 'cpp-declared-twice', 'constant `SHOP_PROTOCOL_SERVICE` is declared twice.', shop.place(`${folder}/shop_protocol_version.hpp`, 'SHOP_PROTOCOL_SERVICE')],
      [`${folder}/store.hpp:1:1`, 'cpp-header-unexpected', 'the header belongs to no protocol that is compared here (`shop`): its name begins with the prefix of none.'],
    ]);
    expect(status).toBe(1);
  });

  it('a header that is missing', async () => {
    const shop = new ShopProject();
    const { status, found } = await shop.parity('--cpp', 'upstream');
    expect([status, found]).toEqual([0, []]);
    const { status: without, found: missing } = await new ShopProject({ 'upstream/shop_protocol_schemas.hpp': '', 'half/shop_protocol_version.hpp': shop.read('upstream/shop_protocol_version.hpp') }).parity('--cpp', 'half');
    expect(missing).toEqual([['half:1:1', 'cpp-header-missing', 'there is no header `shop_protocol_schemas.hpp`.']]);
    expect(without).toBe(1);
  });
});

describe('headers of several protocols in one folder', () => {
  const till = `protocol:
  name: shop-till
  wire_name: shop.till.v1
  service: Till
  request_contract: by_name
  doc: Counts money.
  versions:
    1.0.0: {doc: The first one.}
types:
  Coin: {doc: A round piece of metal., fields: {value: {type: int32, doc: In cents.}}}
`;
  const config = 'protocols:\n  - {definition: schema/shop.yaml, output: generated/shop, targets: [cpp]}\n  - {definition: schema/till.yaml, output: generated/till, targets: [cpp], cpp: {namespace: shop}}\n';
  const files = {
    'vgi-gen.config.yaml': config,
    'schema/till.yaml': till,
    'upstream/shop_till_protocol_version.hpp': '#pragma once\nnamespace shop {\ninline constexpr std::string_view SHOP_TILL_PROTOCOL_VERSION = "1.0.0";\ninline constexpr std::string_view SHOP_TILL_PROTOCOL_WIRE_NAME = "shop.till.v1";\ninline constexpr std::string_view SHOP_TILL_PROTOCOL_SERVICE = "Till";\n}\n',
    'upstream/shop_till_protocol_schemas.hpp': '#pragma once\nnamespace shop {\ninline const std::shared_ptr<arrow::Schema> &CoinSchema() {\n\tstatic const auto schema = arrow::schema({arrow::field("value", arrow::int64(), false)});\n\treturn schema;\n}\n}\n',
  };
  const drift = 'field `value` of schema `CoinSchema` is of type `int64`; in shop-till 1.0.0 it is `int32`.';

  it('are told apart by the longest prefix', async () => {
    const { status, found, compared } = await new ShopProject(files).parity('--cpp', 'upstream');
    expect(found.map(([, , message]) => message)).toEqual([drift]);
    expect(compared).toMatchObject([{ protocol: 'shop', counts: { headers: 4 } }, { protocol: 'shop-till', counts: { headers: 2, schemas: 1, constants: 3 } }]);
    expect(status).toBe(1);
  });

  it('are passed over for protocols that are not asked for, even with errors in their definitions', async () => {
    const shop = new ShopProject(files);
    expect(await shop.parity('--cpp', 'upstream', 'schema/shop.yaml')).toMatchObject({ status: 0, found: [] });
    shop.edit('schema/till.yaml', 'int32', 'int23');
    expect(await shop.parity('--cpp', 'upstream', 'schema/shop.yaml')).toMatchObject({ status: 0, found: [] });
    expect(await shop.parity('--cpp', 'upstream')).toMatchObject({ status: 1, found: [[expect.anything(), 'unknown-type', expect.anything()]] });
  });

  it('have to be there for protocols that are asked for by name', async () => {
    const shop = new ShopProject({ 'vgi-gen.config.yaml': config, 'schema/till.yaml': till });
    expect(await shop.parity('--cpp', 'upstream')).toMatchObject({ status: 0, compared: [{ protocol: 'shop' }] });
    expect(await shop.parity('--cpp', 'upstream', 'schema/shop.yaml', 'schema/till.yaml')).toMatchObject({ status: 2, found: [[expect.anything(), 'unusable-peer', 'cannot compare with `upstream`: it has no headers of `shop-till`.']] });
  });
});

describe('the version to compare with', () => {
  const header = 'upstream/shop_protocol_version.hpp';
  const versionLine = 'inline constexpr std::string_view SHOP_PROTOCOL_VERSION = "1.0.0";\n';

  it('may be chosen, and is then what the headers have to say', async () => {
    const shop = new ShopProject();
    const { status, found } = await shop.parity('--cpp', 'upstream', '--against-version', '2.0.0');
    expect(found).toContainEqual([shop.place(header, '"1.0.0"'), 'cpp-value-differs', 'constant `SHOP_PROTOCOL_VERSION` is `"1.0.0"`; in shop 2.0.0 it is `"2.0.0"`.', shop.place(definition, '2.0.0')]);
    expect(found).toContainEqual([shop.place(schemas, 'ItemSchema'), 'cpp-part-missing', 'field `parts` of schema `ItemSchema` is missing, which shop 2.0.0 has.', shop.place(definition, 'parts:')]);
    expect(status).toBe(1);
  });

  it('has to be known and served', async () => {
    const silent = new ShopProject();
    silent.edit(header, versionLine, '');
    expect(await silent.parity('--cpp', 'upstream')).toMatchObject({ status: 2, found: [['upstream:1:1', 'unknown-peer-version', '`upstream` does not say which version of shop it has.']] });
    const other = new ShopProject();
    other.edit(header, '"1.0.0"', '"3.0.0"');
    expect(await other.parity('--cpp', 'upstream')).toMatchObject({ status: 2, found: [[other.place(header, '"3.0.0"'), 'unserved-version', '`3.0.0` is not a served version of shop (1.0.0, 2.0.0).', other.place(definition, 'protocol:')]] });
  });

  it('is none for headers of all versions', async () => {
    const shop = await new ShopProject().generate();
    const { status, found } = await shop.parity('--cpp', 'generated/shop/cpp', '--against-version', '1.0.0');
    expect([status, found.map(([, slug]) => slug)]).toEqual([2, ['unusable-peer']]);
  });
});

describe('a folder without headers', () => {
  it('is refused', async () => {
    const shop = new ShopProject({ 'empty/readme.md': 'Nothing here.\n' });
    expect(await shop.parity('--cpp', 'nowhere')).toMatchObject({ status: 2, found: [['nowhere:1:1', 'unusable-peer', 'cannot compare with `nowhere`: there is no such folder.']] });
    expect(await shop.parity('--cpp', 'empty')).toMatchObject({ status: 2, found: [['empty:1:1', 'unusable-peer', 'cannot compare with `empty`: it has no headers of `shop`.']] });
    expect(await shop.parity('--cpp', 'upstream/shop_protocol_version.hpp')).toMatchObject({ status: 2, found: [[expect.anything(), 'unusable-peer', expect.stringContaining('not a directory')]] });
  });
});
