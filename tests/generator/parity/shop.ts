import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { projectFolder } from '../cli/project-folder.ts';
import { runInFolder } from '../run-in-folder.ts';

/** The definition of the shop. */
export const shopProtocol = `protocol:
  name: shop
  wire_name: shop.v2
  service: Shop
  request_contract: by_name
  doc: Sells things.
  versions:
    1.0.0: {doc: The first one.}
    2.0.0: {doc: The present one.}
enums:
  Size:
    doc: How large a thing is.
    encoding: dictionary
    members:
      SMALL: {doc: Fits in a hand., value: small}
      LARGE: {doc: Does not., value: large}
      HUGE: {doc: Needs a crane., value: huge, since: 2.0.0}
types:
  Part:
    doc: One of the parts that a thing is made of.
    fields:
      name: {type: utf8, doc: Not unique.}
      weight: {type: float64?, doc: In kilograms. Null if nobody weighed it.}
  Item:
    doc: One of the things that are sold.
    fields:
      price: {type: int64, doc: In cents.}
      label: {type: utf8?, doc: Null if it has none.}
      size: {type: Size, doc: As it stands.}
      parts: {type: list<Part>, doc: Empty if it is in one piece., since: 2.0.0, default: []}
      tags: {type: "map<utf8, utf8>", doc: By name.}
constants:
  MAX_ITEMS: {type: int32, value: 100, doc: The most that can be bought at once.}
metadata:
  Till:
    doc: What tills say.
    keys:
      cashier: {key: shop.till.cashier, on: every request, doc: Name of the cashier.}
methods:
  find: {kind: unary, doc: Finds a thing., params: {name: {type: utf8, doc: Exactly., default: ""}, size: {type: Size, doc: Of the thing., default: SMALL}, near: {type: binary?, doc: Place. Null for anywhere.}}, result: ipc<Item>}
  close: {kind: unary, doc: Closes the shop., params: {}, result: void}
`;

const config = 'protocols:\n  - {definition: schema/shop.yaml, output: generated/shop, targets: [cpp, vectors]}\n';

/** Headers of 1.0.0 as upstream generates them: one version under plain names, no enums, structs or result readers. */
export const upstreamHeaders: Readonly<Record<string, string>> = {
  'shop_protocol_version.hpp': `#pragma once
#include <string_view>
namespace shop {
inline constexpr std::string_view SHOP_PROTOCOL_VERSION = "1.0.0";
inline constexpr std::string_view SHOP_PROTOCOL_WIRE_NAME = "shop.v2";
inline constexpr std::string_view SHOP_PROTOCOL_SERVICE = "Shop";
} // namespace shop
`,
  'shop_protocol_constants.hpp': `#pragma once
#include <string_view>
namespace shop {
// What can be bought at once.
inline constexpr int32_t SHOP_MAX_ITEMS = 100;
inline constexpr std::string_view SHOP_TILL_CASHIER_KEY = "shop.till.cashier";
} // namespace shop
`,
  'shop_protocol_schemas.hpp': `#pragma once
#include <arrow/api.h>
namespace shop {

// Origin: Part
inline const std::shared_ptr<arrow::Schema> &PartSchema() {
	static const auto schema = arrow::schema({
	    arrow::field("name", arrow::utf8(), /*nullable=*/false),
	    arrow::field("weight", arrow::float64(), /*nullable=*/true),
	});
	return schema;
}

// Origin: Item
inline const std::shared_ptr<arrow::Schema> &ItemSchema() {
	static const auto schema = arrow::schema({
	    arrow::field("price", arrow::int64(), /*nullable=*/false),
	    arrow::field("label", arrow::utf8(), /*nullable=*/true),
	    arrow::field("size", arrow::dictionary(arrow::int16(), arrow::utf8()), /*nullable=*/false),
	    arrow::field("tags", arrow::map(arrow::utf8(), arrow::utf8()), /*nullable=*/false),
	});
	return schema;
}

// Origin: method 'find' params
inline const std::shared_ptr<arrow::Schema> &FindParamsSchema() {
	static const auto schema = arrow::schema({
	    arrow::field("name", arrow::utf8(), /*nullable=*/false),
	    arrow::field("size", arrow::dictionary(arrow::int16(), arrow::utf8()), /*nullable=*/false),
	    arrow::field("near", arrow::binary(), /*nullable=*/true),
	});
	return schema;
}

// Origin: method 'find' result
inline const std::shared_ptr<arrow::Schema> &FindResultSchema() {
	static const auto schema = arrow::schema({
	    arrow::field("price", arrow::int64(), /*nullable=*/false),
	    arrow::field("label", arrow::utf8(), /*nullable=*/true),
	    arrow::field("size", arrow::dictionary(arrow::int16(), arrow::utf8()), /*nullable=*/false),
	    arrow::field("tags", arrow::map(arrow::utf8(), arrow::utf8()), /*nullable=*/false),
	});
	return schema;
}

inline const std::shared_ptr<arrow::Schema> &FindResultEnvelopeSchema() {
	static const auto schema = arrow::schema({
	    arrow::field("result", arrow::binary(), /*nullable=*/false),
	});
	return schema;
}

inline const std::shared_ptr<arrow::Schema> &CloseParamsSchema() {
	static const auto schema = arrow::schema({
	});
	return schema;
}

} // namespace shop
`,
  'shop_request_builders.hpp': `#pragma once
#include "shop_protocol_schemas.hpp"
namespace shop {

// Origin: method 'find' params
inline std::shared_ptr<arrow::RecordBatch> BuildFindParams(
	    const std::string& name,
	    const std::string& size,
	    const std::optional<std::vector<uint8_t>>& near) {
	const auto &schema = FindParamsSchema();
	static_assert(true, "checked below");
	std::vector<std::shared_ptr<arrow::Array>> arrays;
	arrays.reserve(3);
	arrays.push_back(BuildStringScalar(name));
	arrays.push_back(BuildEnumArray(size, {"SMALL", "LARGE"}));
	arrays.push_back(BuildOptionalBinaryScalar(near));
	if (arrays.size() != static_cast<size_t>(schema->num_fields())) {
		throw ShopError("made " + std::to_string(arrays.size()) + " arrays");
	}
	return arrow::RecordBatch::Make(schema, 1, arrays);
}

inline std::shared_ptr<arrow::RecordBatch> BuildCloseParams(
	    ) {
	const auto &schema = CloseParamsSchema();
	std::vector<std::shared_ptr<arrow::Array>> arrays;
	return arrow::RecordBatch::Make(schema, 1, arrays);
}

} // namespace shop
`,
};

/** Text of a file and where something stands in it, as `file:line:column`. */
export function placeOf(file: string, text: string, needle: string): string {
  const offset = text.indexOf(needle);
  expect(offset, `${needle} in ${file}`).toBeGreaterThanOrEqual(0);
  const lines = text.slice(0, offset).split('\n');
  return `${file}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}

/** A project folder of the shop, with headers of 1.0.0 as upstream has them under `upstream/`. */
export class ShopProject {
  readonly folder: string;

  constructor(files: Readonly<Record<string, string>> = {}) {
    const upstream = Object.fromEntries(Object.entries(upstreamHeaders).map(([name, text]) => [`upstream/${name}`, text]));
    this.folder = projectFolder({ 'vgi-gen.config.yaml': config, 'schema/shop.yaml': shopProtocol, ...upstream, ...files });
  }

  /** Generates headers and vectors under `generated/shop/`. */
  async generate(): Promise<this> {
    expect(await runInFolder(this.folder, ['generate'])).toMatchObject({ status: 0 });
    return this;
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** Replaces the only place where a file has a text. */
  edit(path: string, from: string, to: string): void {
    const parts = this.read(path).split(from);
    expect(parts.length, `${from} in ${path}`).toBe(2);
    this.write(path, parts.join(to));
  }

  place(path: string, needle: string): string {
    return placeOf(path, this.read(path), needle);
  }

  /** What `parity` finds: exit status, and for each finding its place, name and message and the place in the definition. */
  async parity(...argv: readonly string[]) {
    const { status, out, err } = await runInFolder(this.folder, ['parity', '--format', 'json', ...argv]);
    const { diagnostics, ...report } = JSON.parse(out || '{"diagnostics":[]}') as { readonly diagnostics: readonly Found[]; readonly compared?: readonly object[]; readonly explained?: readonly object[] };
    const found = diagnostics.map(({ slug, message, range, related }) => [placeText(range), slug, message, ...related.map((place) => placeText(place.range))]);
    return { status, err, found, ...report };
  }
}

interface Found {
  readonly slug: string;
  readonly message: string;
  readonly range: Range;
  readonly related: readonly { readonly range: Range }[];
}

interface Range {
  readonly file: string;
  readonly start: { readonly line: number; readonly column: number };
}

const placeText = ({ file, start }: Range): string => `${file}:${start.line}:${start.column}`;
