import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../generator/parity/cpp/read-header.ts';
import { literalText, tokenize } from '../../../generator/parity/cpp/tokenize.ts';

const texts = (source: string): readonly string[] => tokenize(source).slice(0, -1).map(({ text }) => text);
const inNamespace = (source: string) => readHeader(`#pragma once\nnamespace a::b {\n${source}\n}\n`);

describe('tokens', () => {
  it('leave out white space and comments, also those that go on in the next line', () => {
    expect(texts('a // b \\\n c\nd /* e\n */ f\r\n/**/g')).toEqual(['a', 'd', 'f', 'g']);
  });

  it('are words, numbers, literals and signs', () => {
    expect(texts(`std::a->b >= 0x1F'00u 1.5e-3 .5 "x\\"y" '\\'' &&[]`)).toEqual(['std', '::', 'a', '->', 'b', '>=', "0x1F'00u", '1.5e-3', '.5', '"x\\"y"', "'\\''", '&&', '[', ']']);
    expect(texts('a<b<c>>')).toEqual(['a', '<', 'b', '<', 'c', '>', '>']);
  });

  it('are preprocessor lines with their continuations', () => {
    expect(texts('#define A \\\n  1\nb')).toEqual(['#define A \\\n  1', 'b']);
  });

  it('are something for every character', () => {
    for (const source of ['"open', "'", '\\', '/* open', '#', 'ä', '\u0000']) expect(texts(source).join('').length).toBeGreaterThan(0);
  });
});

describe('string literals', () => {
  it.each([
    ['"a b"', 'a b'],
    ['"\\303\\244\\n\\x41\\t\\"\\\\"', 'ä\nA\t"\\'],
    ['"\\u00e4\\U0001f600"', 'ä😀'],
    ['"\\0"', '\u0000'],
    ['"\\q"', undefined],
    ['"\\xfff"', undefined],
    ['"\\377"', undefined],
    ['"\\U00110000"', undefined],
  ])('%s', (literal, text) => {
    expect(literalText(literal)).toBe(text);
  });
});

describe('constants', () => {
  const value = (code: string): string | undefined => inNamespace(`inline constexpr int64_t X = ${code};`).declarations[0]?.facts[1]?.text;

  it.each([
    ['1', '1'],
    ["1'000'000ULL", '1000000'],
    ['0x10', '16'],
    ['-5', '-5'],
    ['INT64_C(99)', '99'],
    ['INT64_C(-9)', '-9'],
    ['1.50', '1.5'],
    ['-2e3', '-2000'],
    ['true', 'true'],
    ['"a" "b"', '"ab"'],
    ['std::string_view("a")', '"a"'],
    ['{{"a", std::string_view("b")}}', '["a","b"]'],
    ['{1, 2,}', '[1,2]'],
    ['{}', '[]'],
  ])('%s', (code, text) => {
    expect(value(code)).toBe(text);
  });

  it.each(['1 + 1', 'OTHER', '010', '1.5f', 'sizeof(int)', '{1 2}', '"\\q"'])('%s is not understood', (code) => {
    const { declarations, problems } = inNamespace(`inline constexpr int64_t X = ${code};\ninline constexpr int64_t Y = 2;`);
    expect(problems).toHaveLength(1);
    expect(declarations.map(({ name }) => name.text)).toEqual(['Y']);
  });
});

describe('types of Arrow', () => {
  const schema = (type: string) => inNamespace(`inline const std::shared_ptr<arrow::Schema> &XSchema() { static const auto schema = arrow::schema({arrow::field("a", ${type}, false)}); return schema; }`);
  const shown = (type: string): string | undefined => schema(type).declarations[0]?.parts[0]?.facts[0]?.shown;

  it.each([
    ['arrow::null()', 'null'],
    ['arrow::fixed_size_binary(4)', 'fixed_binary<4>'],
    ['arrow::decimal128(20, 4)', 'decimal128<20, 4>'],
    ['arrow::decimal256(50, 2)', 'decimal256<50, 2>'],
    ['arrow::time32(arrow::TimeUnit::MILLI)', 'time32<ms>'],
    ['arrow::time64(arrow::TimeUnit::NANO)', 'time64<ns>'],
    ['arrow::timestamp(arrow::TimeUnit::SECOND)', 'timestamp<s>'],
    ['arrow::timestamp(arrow::TimeUnit::MICRO, "UTC")', 'timestamp<us, UTC>'],
    ['arrow::duration(arrow::TimeUnit::MICRO)', 'duration<us>'],
    ['arrow::large_list(arrow::int8())', 'large_list<int8>'],
    ['arrow::list(arrow::field("item", arrow::int8(), false))', 'list<int8!>'],
    ['arrow::fixed_size_list(arrow::float32(), 3)', 'fixed_list<float32, 3>'],
    ['arrow::map(arrow::utf8(), arrow::field("value", arrow::int64(), false))', 'map<utf8, int64!>'],
    ['arrow::dictionary(arrow::int16(), arrow::utf8())', 'dictionary<int16, utf8>'],
    ['arrow::struct_({arrow::field("b", arrow::bool_())})', undefined],
    ['arrow::struct_({arrow::field("b", arrow::boolean())})', 'struct<b: bool?>'],
  ])('%s', (code, name) => {
    expect(shown(code)).toBe(name);
  });

  it.each(['arrow::union_()', 'arrow::time32(arrow::TimeUnit::NANO)', 'arrow::dictionary(arrow::utf8(), arrow::utf8())', 'arrow::fixed_size_binary(-1)', 'OtherType()', 'arrow::int8', 'arrow::toString()'])('%s is not understood', (code) => {
    const { declarations, problems } = schema(code);
    expect([declarations.length, problems.length]).toEqual([0, 1]);
  });
});

describe('namespaces', () => {
  it('may be nested', () => {
    const { namespaces, problems } = readHeader('namespace a { namespace b {\ninline constexpr int32_t X = 1;\n} }\n');
    expect([namespaces.map(({ text }) => text), problems]).toEqual([['a::b'], []]);
  });

  it('have to be opened and closed', () => {
    const problems = (source: string): readonly string[] => readHeader(source).problems.map(({ problem }) => problem);
    expect(problems('inline constexpr int32_t X = 1;')).toEqual(['`X` is declared outside of every namespace']);
    expect(problems('namespace a {')).toEqual(['the namespace is not closed']);
    expect(problems('}')).toEqual(['no namespace is open here']);
    expect(problems('namespace {\n}')).toEqual(['the name of a namespace is expected, not `{`']);
  });
});

describe('what is not understood', () => {
  it('ends where the next declaration begins', () => {
    const unknown = ['using X = int;', 'typedef int X;', 'class X { void f() { ; } };', 'template <class T> struct X { T t; };', 'int f(int a) { return a; }', 'extern "C" { int g(); }', 'static int x = 1;', '#define X 1', 'inline int f() { return 1; }', 'enum class X : int { A = 1 };', 'struct X { int a; };'];
    for (const code of unknown) {
      const { declarations, problems } = inNamespace(`${code}\ninline constexpr int32_t NEXT = 1;`);
      expect([code, problems.length, declarations.map(({ name }) => name.text)]).toEqual([code, 1, ['NEXT']]);
    }
  });

  it('may be anything, and reading comes to an end', () => {
    for (const source of ['{', '(((', '}}}', 'inline', 'inline constexpr', 'struct X {', 'enum class', '"', 'namespace a { inline const std::shared_ptr<arrow::Schema> &X() {', 'inline void AppendValue(']) expect(readHeader(source).problems.length).toBeGreaterThan(0);
  });
});
