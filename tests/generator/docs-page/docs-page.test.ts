import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { splitIpcStream } from '../../../runtime/arrow/ipc-stream.ts';
import { RecordBatch } from '../../../runtime/arrow/record-batch.ts';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../generator/compile.ts';
import type { PageData } from '../../../generator/emit/html/page-data.ts';
import { targets } from '../../../generator/emit/targets.ts';
import { diskFileSystem, memoryFileSystem } from '../../../generator/load/file-system.ts';
import type { Model } from '../../../generator/model/model.ts';
import { type Vector, readVectors } from '../../../tools/parity/vector-reader.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const htmlTarget = await targets['html']?.();

const modelOf = (protocol: string): Model => {
  const { model } = compile(diskFileSystem(root), `schema/${protocol}/protocol.yaml`);
  if (model === undefined) throw new Error(`${protocol} does not compile`);
  return model;
};

function pageOf(model: Model): string {
  const files = htmlTarget?.emit(model, { runtimeImport: '', sourceRoot: `schema/${model.protocol.name}/protocol.yaml` }) ?? [];
  expect(files.map(({ path }) => path)).toEqual(['index.html']);
  return files[0]?.text ?? '';
}

const dataOf = (page: string): PageData => JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '') as PageData;
const scriptsOf = (page: string): string[] => [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text ?? '');
const idsOf = (page: string): string[] => [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? '');
const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

const canonical = [...readVectors(root)].filter((vector) => vector.case === 'canonical');

describe.each(['vgi', 'vgi-secret', 'conformance'])('the page of %s', (protocol) => {
  const model = modelOf(protocol);
  const page = pageOf(model);
  const data = dataOf(page);
  const ids = new Set(idsOf(page));

  it('has an article for every declaration and a row for every part of one', () => {
    const missing = [
      ...model.methods.flatMap(({ name, params, request }) => [`method/${name}`, ...(request === undefined ? params.map((field) => `method/${name}.${field.name}`) : [])]),
      ...model.types.flatMap(({ name, fields }) => [`type/${name}`, ...fields.map((field) => `type/${name}.${field.name}`)]),
      ...model.enums.flatMap(({ name, members }) => [`enum/${name}`, ...members.map((member) => `enum/${name}.${member.name}`)]),
      ...model.batches.flatMap(({ name, columns }) => [`batch/${name}`, ...columns.map((column) => `batch/${name}.${column.name}`)]),
      ...model.metadata.flatMap(({ name, keys }) => [`metadata/${name}`, ...keys.map((key) => `metadata/${name}.${key.name}`)]),
      ...model.constants.map(({ name }) => `constants.${name}`),
    ].filter((id) => !ids.has(id));
    expect(missing).toEqual([]);
  });

  it('names nothing twice, and every link leads somewhere', () => {
    expect(idsOf(page)).toHaveLength(ids.size);
    const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(links.length).toBeGreaterThan(model.methods.length);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('loads nothing: no address of anything else, and a policy that forbids it', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"`);
    const withoutData = page.replace(/<script type="application\/json".*?<\/script>/s, '');
    expect(withoutData).not.toMatch(/<(link|img|iframe|object|embed)\b|\ssrc=|@import|url\(|\bfetch\(|XMLHttpRequest|href="(?!#)/);
  });

  it('has scripts that compile, and elements that close', () => {
    expect(scriptsOf(page)).toHaveLength(2);
    for (const script of scriptsOf(page)) expect(() => new Script(script)).not.toThrow();
    for (const element of ['article', 'table', 'tr', 'td', 'dl', 'div', 'section', 'nav', 'main', 'code', 'a', 'span']) {
      expect([element, page.split(`</${element}>`).length]).toEqual([element, page.split(new RegExp(`<${element}[ >]`)).length]);
    }
    expect(/\[object|>undefined</.exec(page)?.[0]).toBeUndefined();
  });

  it('is the same each time, and of a size that a browser opens at once', () => {
    expect(pageOf(modelOf(protocol))).toBe(page);
    expect(page.length).toBeLessThan(1_500_000);
  });

  it('shows the bytes of the golden vectors, the request with what clients say beside it', () => {
    const vectorOf = (record: string): Vector | undefined => canonical.findLast((vector) => vector.protocol === protocol && vector.record === record);
    const served = new Set(data.served);
    let compared = 0;
    for (const method of model.methods) {
      const call = data.examples[`method/${method.name}`];
      if (call === undefined) continue;
      expect(served).toContain(call.version);
      for (const { title, record, ipc, values } of call.streams) {
        if (record === undefined) continue;
        const vector = vectorOf(record) as Vector;
        expect([record, values]).toEqual([record, vector.values]);
        const own = splitIpcStream(bytesOf(ipc));
        const golden = splitIpcStream(vector.bytes);
        if (title !== 'Request') expect([record, Buffer.compare(bytesOf(ipc), vector.bytes)]).toEqual([record, 0]);
        else {
          expect([own.schemaMessage, own.dictionaries.map(({ bytes }) => bytes), own.batch?.body]).toEqual([golden.schemaMessage, golden.dictionaries.map(({ bytes }) => bytes), golden.batch?.body]);
          const { metadata } = RecordBatch.fromMessages(own);
          expect(Object.fromEntries(metadata)).toMatchObject({ 'vgi_rpc.method': method.name, 'vgi_rpc.request_version': '1', 'vgi_rpc.protocol_version': call.version });
        }
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(model.methods.filter(({ removed }) => removed === undefined).length);
  });

  it('explains every byte once, and nothing as what it is not', () => {
    for (const [id, { streams }] of Object.entries(data.examples)) {
      for (const { ipc, regions } of streams) {
        const bytes = bytesOf(ipc);
        expect([id, regions.reduce((sum, [length]) => sum + length, 0)]).toEqual([id, bytes.length]);
        let at = 0;
        for (const [length, kind, text] of regions) {
          const label = data.texts[text] ?? '';
          const part = Buffer.from(bytes.subarray(at, at + length));
          if (label === 'marks the start of a message') expect(part.toString('hex')).toBe('ffffffff');
          if (data.regionKinds[kind] === 'padding') expect(part.every((byte) => byte === 0)).toBe(true);
          const key = /^metadata key (.*)$/.exec(label);
          if (key !== null) expect(part.toString()).toBe(key[1]);
          at += length;
        }
      }
    }
  });
});

describe('what differs between versions', () => {
  const model = modelOf('vgi');
  const data = dataOf(pageOf(model));

  it('is there for every two of them, on the articles that it is about', () => {
    const { served } = data;
    expect(data.pairs).toHaveLength((served.length * (served.length - 1)) / 2);
    const known = new Set([...data.records.map(({ id }) => id), 'start']);
    expect(data.pairs.flatMap(({ changes }) => changes.filter(([article]) => !known.has(article)))).toEqual([]);
    const said = data.pairs.find(({ from, to }) => from === '1.3.0' && to === '2.0.0')?.changes.map(([article, text, effect]) => [article, data.texts[text], data.texts[effect]]);
    expect(said).toContainEqual(['type/SchemaInfo', 'field `path` of `SchemaInfo` was called `name`', 'breaks the wire, workers and clients']);
  });

  it('shows a column as each version has it', () => {
    const rows = data.records.find(({ id }) => id === 'type/SchemaInfo')?.parts[0]?.rows ?? [];
    expect(rows.find(([name]) => name === 'path')).toEqual(['path', 'name: utf8', 'name: utf8', 'name: utf8', 'name: utf8', 'list<utf8>']);
  });
});

describe('text of a definition', () => {
  const head = "protocol: {name: tiny, wire_name: tiny, service: Tiny, request_contract: exact, doc: 'Has </script><script>alert(1)</script> & `code`.', versions: {1.0.0: {doc: The only one.}}}\n";
  const rest = "types:\n  Note: {doc: 'A <b>note</b> that `tell_all` carries.', fields: {text: {type: utf8, default: '</script>', doc: 'Any text, \"quoted\" or not.'}}}\nmethods:\n  tell_all: {kind: unary, doc: 'Tells a Note.', params: {note: {type: ipc<Note>, doc: What to tell.}}, result: void}\n";
  const { model } = compile(memoryFileSystem({ 'protocol.yaml': head + rest }), 'protocol.yaml');

  it('stays text', () => {
    expect(model).toBeDefined();
    const page = pageOf(model as Model);
    expect(page).toContain('Has &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; <code>code</code>.');
    expect(page).toContain('A &lt;b&gt;note&lt;/b&gt; that <a href="#method/tell_all"><code>tell_all</code></a> carries.');
    expect(scriptsOf(page)).toHaveLength(2);
    expect(dataOf(page).examples['method/tell_all']?.streams.map(({ title }) => title)).toEqual(['Request', 'Answer']);
  });

  it('needs no second version', () => {
    expect(pageOf(model as Model)).not.toContain('id="versions"');
  });
});

describe('the search', () => {
  const source = readFileSync(new URL('../../../templates/html/partials/script-rank.hbs', import.meta.url), 'utf8');
  const rank = new Script(`${source}\nrank`).runInThisContext() as (entry: { name: string; of: string; text: string }, words: readonly string[]) => number;
  const entries = [
    { name: 'TableInfo', of: '', text: 'One table.' },
    { name: 'name', of: 'TableInfo', text: 'Unique in its schema.' },
    { name: 'table_name', of: 'IndexInfo', text: 'The table that is indexed.' },
    { name: 'catalog_table_get', of: '', text: 'Looks up one table.' },
    { name: 'stable', of: 'FunctionInfo', text: 'Same answers.' },
  ];
  const found = (typed: string): string[] =>
    entries
      .map((entry) => ({ entry, score: rank(entry, typed.toLowerCase().split(/[\s.]+/)) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ entry }) => entry.name);

  it('puts whole names before beginnings, and those before what stands inside', () => {
    expect(found('name')[0]).toBe('name');
    expect(found('table')).toEqual(['TableInfo', 'table_name', 'catalog_table_get', 'stable', 'name']);
  });

  it('asks for all words, in names, in owners or in texts', () => {
    expect(found('TableInfo.name')).toEqual(['name']);
    expect(found('table unique')).toEqual(['name']);
    expect(found('nothing')).toEqual([]);
  });
});
