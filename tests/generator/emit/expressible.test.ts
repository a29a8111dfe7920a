import { describe, expect, it } from 'vitest';
import { EmitError } from '../../../generator/emit/emit-error.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { compileModel, emitAll } from './emit-library.ts';

const head = `protocol:
  name: tiny
  wire_name: tiny
  service: Tiny
  request_contract: exact
  doc: For tests.
  versions: {1.0.0: {doc: The first one.}, 2.0.0: {doc: The second one.}}
`;

async function problem(text: string, adaptersImport?: string): Promise<string> {
  try {
    await emitAll(compileModel(memoryFileSystem({ 'protocol.yaml': head + text })), adaptersImport);
    return 'none';
  } catch (error) {
    if (!(error instanceof EmitError)) throw error;
    return error.diagnostics.map(({ range, code, message, hint }) => `${range.start.line} ${code} ${message}${hint === undefined ? '' : ` ${hint}`}`).join('\n');
  }
}

describe('what TypeScript has no form for is told with its place:', () => {
  it('struct columns whose fields change', async () => {
    const text = `types:
  Point:
    doc: A place on a sheet.
    fields:
      x: {type: int32, doc: From the left.}
      y: {type: int32, since: 2.0.0, default: 0, doc: From the top.}
  Line:
    doc: From one place to another.
    fields:
      ends: {type: list<Point>, doc: Both of them.}
`;
    expect(await problem(text)).toBe('12 VGI7005 `Point`: the target ts has no form for struct columns whose fields change between versions. carry the record as `ipc<Point>`.');
    expect(await problem(text.replace('list<Point>', 'list<ipc<Point>>'))).toBe('none');
  });

  it('adapters from nowhere', async () => {
    const text = `types:
  Item:
    doc: Something sold.
    adapt: itemAdapter
    fields:
      price: {type: int32, removed: 2.0.0, doc: In cents.}
`;
    expect(await problem(text)).toBe(
      '9 VGI7005 `Item`: the target ts has no form for the adapter `itemAdapter` without a module to import it from. name the module with `adapters_import` in the configuration.',
    );
    expect(await problem(text, './adapters.ts')).toBe('none');
  });

  it('streams whose columns change', async () => {
    const text = `methods:
  count:
    doc: Tells one number after the other.
    kind: producer
    params: {}
    output:
      number: {type: int64?, doc: From 1.}
      word: {type: utf8?, since: 2.0.0, doc: In English.}
`;
    expect(await problem(text)).toBe('9 VGI7005 `count`: the target ts has no form for an output whose columns change between versions.');
  });
});
