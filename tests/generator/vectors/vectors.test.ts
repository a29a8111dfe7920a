import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Column, field, listOf, loadLayouts, type ProtocolDescriptor, RecordBatch, type RecordCodec, Schema, utf8 } from 'vgi-gen/runtime/v1';
import { describe, expect, it } from 'vitest';
import { conformanceProtocol } from '../../../generated/conformance/ts/index.ts';
import { vgiProtocol } from '../../../generated/vgi/ts/index.ts';
import { vgiSecretProtocol } from '../../../generated/vgi-secret/ts/index.ts';
import { vectorsTarget } from '../../../generator/emit/vectors/vectors-target.ts';
import { vectorCases } from '../../../generator/emit/vectors/sample-values.ts';
import { codecName, layoutSuffix, TsNames } from '../../../generator/emit/ts/ts-names.ts';
import { wireRecords } from '../../../generator/layout/wire-record.ts';
import { type Vector, VectorReader, readVectors, vectorName, vectorProtocols } from '../../../tools/parity/vector-reader.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const reader = new VectorReader(root);
const vectors = [...readVectors(root)];
const descriptors: Readonly<Record<string, ProtocolDescriptor>> = { vgi: vgiProtocol, 'vgi-secret': vgiSecretProtocol, conformance: conformanceProtocol };
await Promise.all(Object.values(descriptors).flatMap((protocol) => protocol.versions.map((version) => loadLayouts(protocol, version))));

type Exports = Readonly<Record<string, unknown>>;

/** Everything that the modules of a protocol export, those of older layouts included. */
async function exportsOf(protocol: string): Promise<Exports> {
  const folder = join(root, 'generated', protocol, 'ts');
  const modules = readdirSync(folder).filter((file) => file === 'codecs.ts' || file.startsWith('layouts-'));
  const loaded = await Promise.all(modules.map((file) => import(join(folder, file)) as Promise<Exports>));
  return Object.assign({}, ...loaded) as Exports;
}

const codecs = new Map(await Promise.all(vectorProtocols.map(async (protocol) => [protocol, await exportsOf(protocol)] as const)));
const names = new Map(vectorProtocols.map((protocol) => [protocol, new TsNames(reader.layoutsOf(protocol).model)]));

/** The generated codec of a vector; `undefined` for what has none: types that are only structs, columns of streams. */
function codecOf(vector: Vector): RecordCodec<unknown> | undefined {
  const { protocol, record, kind, versions } = vector;
  const version = versions.at(-1) as string;
  if (kind === 'type') {
    const name = names.get(protocol)?.of(reader.layoutsOf(protocol).type(record)) ?? '';
    return codecs.get(protocol)?.[codecName(name, layoutSuffix(reader.layoutOf(vector)))] as RecordCodec<unknown> | undefined;
  }
  const method = descriptors[protocol]?.methods[record.replace(/\..*/, '')];
  if (kind === 'params') return method?.params(version) as RecordCodec<unknown>;
  return kind === 'result' ? (method?.result?.(version) as RecordCodec<unknown>) : undefined;
}

describe.each(vectorProtocols)('the vectors of %s', (protocol) => {
  const own = vectors.filter((vector) => vector.protocol === protocol);
  const problems = (check: (vector: Vector) => string | undefined): string[] =>
    own.flatMap((vector) => {
      const problem = check(vector);
      return problem === undefined ? [] : [`${vectorName(vector)}: ${problem}`];
    });

  it('hold a canonical record of every layout', () => {
    const layouts = reader.layoutsOf(protocol);
    const wanted = wireRecords(layouts.model).flatMap((record) => layouts.of(record).map(({ last }) => `${record.name} ${last}`));
    expect(own.filter((vector) => vector.case === 'canonical').map(({ record, versions }) => `${record} ${versions.at(-1)}`).sort()).toEqual(wanted.sort());
    expect(new Set(own.map((vector) => vector.case))).toEqual(new Set(vectorCases));
  });

  it('are what their bytes hold', () => {
    expect(problems((vector) => reader.problem(vector, vector.bytes))).toEqual([]);
  });

  it('stay equal on their way through the codecs of the newest layouts', () => {
    const through = own.filter((vector) => codecOf(vector) !== undefined && reader.layoutOf(vector).newest);
    expect(through.length).toBeGreaterThan(own.length / 4);
    expect(
      problems((vector) => {
        const codec = through.includes(vector) ? codecOf(vector) : undefined;
        return codec && reader.problem(vector, codec.encode(codec.decode(vector.bytes)));
      }),
    ).toEqual([]);
  });

  it('are read by the codecs of older layouts, which lose nothing more on the second way', () => {
    for (const vector of own) {
      const codec = codecOf(vector);
      if (codec === undefined || reader.layoutOf(vector).newest) continue;
      const once = codec.encode(codec.decode(vector.bytes));
      expect(Buffer.from(codec.encode(codec.decode(once))).equals(Buffer.from(once)), vectorName(vector)).toBe(true);
    }
  });

  it('are made the same each time', () => {
    const { model } = reader.layoutsOf(protocol);
    expect(vectorsTarget.emit(model, { runtimeImport: '', sourceRoot: '' })).toEqual(vectorsTarget.emit(model, { runtimeImport: '', sourceRoot: '' }));
  });
});

it('takes less than 20 MB for all vectors', () => {
  const sizes = vectorProtocols.flatMap((protocol) => {
    const folder = join(root, 'generated', protocol, 'vectors');
    return readdirSync(folder).map((file) => statSync(join(folder, file)).size);
  });
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(20_000_000);
});

describe('what somebody else wrote', () => {
  const vector = vectors.find(({ record, case: name }) => record === 'SchemasResponse' && name === 'canonical') as Vector;
  const batch = RecordBatch.fromIpc(vector.bytes);
  const changed = (change: (schema: Schema) => Schema): string | undefined => {
    const columns = batch.columns.map((column) => new Column(column));
    return reader.problem(vector, RecordBatch.of(change(batch.schema), columns).toIpc());
  };

  it('is refused with another nullability', () => {
    expect(changed(({ fields }) => new Schema(fields.map((own) => field(own.name, own.type, !own.nullable))))).toBe('the schema: `/items` is nullable, which it must not be');
  });

  it('is refused with another name', () => {
    expect(changed(({ fields }) => new Schema(fields.map((own) => field(`${own.name}_`, own.type, own.nullable))))).toBe('the schema: `/items_` stands in the place of `items`');
  });

  it('is refused with another type', () => {
    const texts = RecordBatch.of(new Schema([field('items', listOf(field('item', utf8, true)))]), [[['a']]]);
    expect(reader.problem(vector, texts.toIpc())).toBe('the schema: `/items/item` is of type `utf8`, not `binary`');
  });

  it('is refused with another value', () => {
    const other = vectors.find((candidate) => candidate.record === vector.record && candidate.case === 'empty') as Vector;
    expect(reader.problem(vector, other.bytes)).toMatch(/^the value at \/items\/0 is nothing, not \{"record":"SchemaInfo"/);
  });

  it('is refused with a flipped byte', () => {
    const bytes = Uint8Array.from(vector.bytes);
    const at = Buffer.from(bytes).lastIndexOf('text ');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(reader.problem(vector, bytes)).toMatch(/^the value at \/items\/0\/values\/.* is "uext \d+", not "text \d+"$/);
  });

  it('is refused when it is cut off', () => {
    expect(reader.problem(vector, vector.bytes.subarray(0, vector.bytes.length / 2))).toBeTypeOf('string');
  });
});

it('says in its first line what a file was generated from', () => {
  const [first] = readFileSync(join(root, 'generated/vgi/vectors/SchemaInfo.jsonl'), 'utf8').split('\n');
  expect(JSON.parse(first ?? '')).toEqual({ $comment: expect.stringMatching(/^@generated by vgi-gen .* from schema\/vgi\/protocol\.yaml/) });
});
