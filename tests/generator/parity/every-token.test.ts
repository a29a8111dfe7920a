import { describe, expect, it } from 'vitest';
import { compile } from '../../../generator/compile.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { cppTarget } from '../../../generator/emit/cpp/cpp-target.ts';
import { compareHeaders } from '../../../generator/parity/cpp/compare-headers.ts';
import { type HeaderFile, supportPart } from '../../../generator/parity/cpp/header-folder.ts';
import { readHeader } from '../../../generator/parity/cpp/read-header.ts';
import { tokenize, type Token } from '../../../generator/parity/cpp/tokenize.ts';
import { ofVersion, wantedContext } from '../../../generator/parity/cpp/wanted-context.ts';
import { SourceLines } from '../../../generator/parity/source-lines.ts';
import { ShopProject, shopProtocol, upstreamHeaders } from './shop.ts';

const { build } = compile(memoryFileSystem({ 'shop.yaml': shopProtocol }), 'shop.yaml');
if (build === undefined) throw new Error('the shop has errors');
const all = wantedContext({ build, config: { definition: 'shop.yaml', definitionRange: build.model.protocol.range, output: 'generated/shop', targets: [] } });

const file = (name: string, text: string): HeaderFile => {
  const part = name.replace(/^shop_|\.hpp$/g, '');
  return { part, lines: new SourceLines(name, text), ...(part === supportPart ? {} : { header: readHeader(text) }) };
};

const headersOf = (texts: Readonly<Record<string, string>>): readonly HeaderFile[] => Object.entries(texts).map(([name, text]) => file(name, text));

/** Tokens whose loss or change is no difference: what is said in exceptions, how much is reserved, what is allowed but says nothing. */
function isFree(tokens: readonly Token[], index: number): boolean {
  const { kind, text } = tokens[index] as Token;
  const before = tokens.slice(0, index).map((token) => token.text);
  const statement = before.slice(Math.max(before.lastIndexOf(';'), before.lastIndexOf('{'), before.lastIndexOf('}')) + 1);
  if (kind === 'directive') return /^#\s*(pragma|include)/.test(text);
  if (statement[0] === 'throw' || text === 'throw' || statement[0] === 'ThrowError' || statement[0] === 'static_assert') return true;
  if (statement.join('') === 'arrays.reserve(') return true;
  // The last item of a list may have a comma behind it.
  return text === 'inline' || text === 'const' || text === '&' || (text === ',' && tokens[index + 1]?.text === '}');
}

/** Places where a header without a token, or with another one in its place, is taken for a header without drift. */
function overlooked(headers: readonly HeaderFile[], context: typeof all, step: number): readonly string[] {
  const found: string[] = [];
  for (const header of headers) {
    if (header.header === undefined) continue;
    const { text } = header.lines;
    const tokens = tokenize(text);
    for (let index = 0; index < tokens.length - 1; index += step) {
      if (isFree(tokens, index)) continue;
      const { kind, text: own, start, end } = tokens[index] as Token;
      const other = kind === 'number' ? '77' : kind === 'text' ? '"other"' : kind === 'word' ? 'other' : '';
      for (const replacement of other === '' ? [''] : ['', other]) {
        const changed = file(header.lines.file, text.slice(0, start) + replacement + text.slice(end));
        const { differences } = compareHeaders('shop', context, headers.map((candidate) => (candidate === header ? changed : candidate)), 'cpp');
        if (differences.length === 0) found.push(`${header.lines.file}: ${text.slice(Math.max(0, start - 30), start)}«${own}»${text.slice(end, end + 20)} -> \`${replacement}\``);
      }
    }
  }
  return found;
}

describe('no token of a header is passed over', () => {
  it('in headers of one version', () => {
    const headers = headersOf(upstreamHeaders);
    const context = ofVersion(all, '1.0.0');
    expect(compareHeaders('shop', context, headers, 'cpp').differences).toEqual([]);
    expect(overlooked(headers, context, 1)).toEqual([]);
  }, 60_000);

  it('in headers of all versions', async () => {
    const shop = await new ShopProject().generate();
    const names = cppTarget.emit(build.model, { runtimeImport: '', sourceRoot: '', cpp: {} }).map(({ path }) => path);
    const headers = headersOf(Object.fromEntries(names.map((name) => [name, shop.read(`generated/shop/cpp/${name}`)])));
    expect(compareHeaders('shop', all, headers, 'cpp').differences).toEqual([]);
    expect(overlooked(headers, all, 5)).toEqual([]);
  }, 60_000);
});
