import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cppText } from '../../../generator/emit/cpp/cpp-literal.ts';
import { cppComment } from '../../../generator/emit/cpp/cpp-comment.ts';
import type { CppSettings } from '../../../generator/emit/cpp/cpp-options.ts';
import { cppTarget } from '../../../generator/emit/cpp/cpp-target.ts';
import { EmitError } from '../../../generator/emit/emit-error.ts';
import { diskFileSystem, memoryFileSystem } from '../../../generator/load/file-system.ts';
import type { Model } from '../../../generator/model/model.ts';
import { compileModel } from '../emit/emit-library.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const emit = (model: Model, cpp?: CppSettings): Map<string, string> => new Map(cppTarget.emit(model, { runtimeImport: '', sourceRoot: '', cpp }).map(({ path, text }) => [path, text]));

const head = 'protocol: {name: tiny, wire_name: tiny, service: Tiny, request_contract: exact, doc: For tests., versions: {1.0.0: {doc: First.}, 1.1.0: {doc: Second.}}}\n';
const tiny = (rest: string): Model => compileModel(memoryFileSystem({ 'protocol.yaml': head + rest }));

/** Text with all white space as one space. */
const flat = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ');

describe('the headers of vgi', () => {
  const declared = ['vgi', 'vgi-secret'].flatMap((name) => [...emit(compileModel(diskFileSystem(root), `schema/${name}/protocol.yaml`)).values()]).join('\n');
  const names = new Set([...declared.matchAll(/^inline [^\n(=]*?(\w+)(?:\(| =)/gm)].map(([, name]) => name));
  const wanted = readFileSync(join(root, 'tests/reference/extension-headers.txt'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));

  it('declare every name that the sources of the extension use', () => {
    expect(wanted.length).toBe(193);
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  it('have the files that the extension includes', () => {
    const files = ['vgi', 'vgi-secret'].flatMap((name) => [...emit(compileModel(diskFileSystem(root), `schema/${name}/protocol.yaml`)).keys()]);
    expect(files).toEqual(expect.arrayContaining(['vgi_protocol_constants.hpp', 'vgi_protocol_schemas.hpp', 'vgi_protocol_version.hpp', 'vgi_request_builders.hpp']));
    expect(files).toEqual(expect.arrayContaining(['vgi_secret_protocol_schemas.hpp', 'vgi_secret_protocol_version.hpp', 'vgi_secret_request_builders.hpp']));
  });
});

describe('settings', () => {
  const model = tiny('constants: {LIMIT: {type: int32, value: 3, doc: The most there can be.}}\n');

  it('follow from the name of the protocol', () => {
    const files = emit(model);
    expect(files.get('tiny_protocol_version.hpp')).toContain('inline constexpr std::string_view TINY_PROTOCOL_VERSION = "1.1.0";');
    expect(files.get('tiny_protocol_constants.hpp')).toContain('namespace tiny {');
    expect(files.get('tiny_arrow_support.hpp')).toContain('throw std::runtime_error(message);');
  });

  it('name namespace, files, constants and exception', () => {
    const files = emit(model, { namespace: 'acme::rpc', filePrefix: 'rpc_', constantPrefix: 'K_', exception: 'acme::Failure', exceptionHeader: '"acme/failure.hpp"' });
    expect(files.get('rpc_protocol_constants.hpp')).toContain('namespace acme::rpc {');
    expect(files.get('rpc_protocol_constants.hpp')).toContain('/// The most there can be.\ninline constexpr int32_t K_LIMIT = 3;');
    expect(files.get('rpc_arrow_support.hpp')).toContain('#include "acme/failure.hpp"');
    expect(files.get('rpc_arrow_support.hpp')).toContain('throw acme::Failure(message);');
    expect(files.get('rpc_records.hpp')).toContain('#include "rpc_arrow_support.hpp"');
  });
});

describe('records', () => {
  const files = emit(
    tiny(`
types:
  Item:
    doc: One item.
    fields:
      default: {type: "utf8?", doc: What is taken otherwise.}
      sizes: {type: "list<int32?>", doc: In millimetres., since: 1.1.0, default: []}
methods:
  item_put: {doc: Adds what it is given., kind: unary, params: {item: {type: ipc<Item>, doc: What is added.}, on_conflict: {type: Mode, doc: What to do.}}, result: "ipc<Item>?"}
enums:
  Mode: {doc: What to do., members: {ERROR: {doc: Fail., value: error}, REPLACE: {doc: Take it.}}}
`),
  );

  it('have a schema for every layout', () => {
    const schemas = flat(files.get('tiny_protocol_schemas.hpp'));
    expect(schemas).toContain('&ItemSchema() { static const auto schema = arrow::schema(arrow::FieldVector{ arrow::field("default", arrow::utf8(), true), arrow::field("sizes", arrow::list(arrow::field("item", arrow::int32(), true)), false), });');
    expect(schemas).toContain('&ItemV1_0_0Schema() { static const auto schema = arrow::schema(arrow::FieldVector{ arrow::field("default", arrow::utf8(), true), });');
    expect(schemas).toContain('&ItemPutResultSchema() { return ItemSchema(); }');
  });

  it('keep out of the way of keywords and macros', () => {
    expect(files.get('tiny_records.hpp')).toContain('  std::optional<std::string> default_{};\n');
    expect(files.get('tiny_records.hpp')).toContain('reader.Get("default", value.default_);');
    expect(flat(files.get('tiny_protocol_enums.hpp'))).toContain('case Mode::ERROR_: return "ERROR";');
    expect(flat(files.get('tiny_protocol_enums.hpp'))).toContain('if (text == "error") { value = Mode::ERROR_; return; }');
  });

  it('are built from arguments, enums from text', () => {
    expect(flat(files.get('tiny_request_builders.hpp'))).toContain('BuildItemPutParams( const std::vector<uint8_t> &item, std::string_view on_conflict) { RecordWriter writer(ItemPutParamsSchema()); writer.Add(item); writer.Add(Member<Mode>(on_conflict)); return writer.Finish(); }');
  });

  it('are taken out of their envelope', () => {
    expect(flat(files.get('tiny_result_readers.hpp'))).toContain('inline std::optional<Item> ReadItemPutResult(const arrow::RecordBatch &batch)');
  });
});

it('refuses two declarations of one name', () => {
  const clash = tiny('types: {ItemPutParams: {doc: A type., fields: {}}}\nmethods: {item_put: {doc: Adds what it is given., kind: unary, params: {}, result: void}}\n');
  expect(() => emit(clash)).toThrow(EmitError);
  expect(() => emit(clash)).toThrow('`item_put` and `ItemPutParams` in the namespace tiny both become `ItemPutParams`.');
});

it('writes texts as C++ reads them', () => {
  expect(cppText('a"b\\')).toBe('"a\\"b\\\\"');
  expect(cppText('ü1')).toBe('"\\303\\2741"');
  expect(cppComment('ends with \\')).toEqual(['/// ends with (backslash)']);
});
