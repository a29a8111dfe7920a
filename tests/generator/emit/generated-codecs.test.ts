import { fileURLToPath } from 'node:url';
import { loadLayouts, type ProtocolDescriptor, RecordBatch, type RecordCodec, Schema, schemaEquals } from 'vgi-gen/runtime/v1';
import { describe, expect, it } from 'vitest';
import { conformanceProtocol } from '../../../generated/conformance/ts/index.ts';
import { vgiProtocol } from '../../../generated/vgi/ts/index.ts';
import { vgiSecretProtocol } from '../../../generated/vgi-secret/ts/index.ts';
import { Layouts } from '../../../generator/layout/layouts.ts';
import { diskFileSystem } from '../../../generator/load/file-system.ts';
import type { Field, Method } from '../../../generator/model/model.ts';
import { livesIn } from '../../../generator/model/versions.ts';
import { camelCase } from '../../../generator/names/case.ts';
import { compileModel } from './emit-library.ts';
import { SampleRecords } from './sample-records.ts';

const files = diskFileSystem(fileURLToPath(new URL('../../..', import.meta.url)));
const descriptors: Readonly<Record<string, ProtocolDescriptor>> = { vgi: vgiProtocol, 'vgi-secret': vgiSecretProtocol, conformance: conformanceProtocol };
await Promise.all(Object.values(descriptors).flatMap((protocol) => protocol.versions.map((version) => loadLayouts(protocol, version))));

/** Bytes, schemas and batches as something that compares by content. */
function comparable(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (value instanceof Schema) return value.fields.map(({ name }) => name);
  if (value instanceof RecordBatch) return value.columns.map((column) => [...column.values()]);
  if (value instanceof Map) return [...value].map(([key, member]) => [key, comparable(member)]);
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, comparable(member)]));
}

const simple: ReadonlySet<string> = new Set(['bool', 'int', 'float', 'utf8', 'large_utf8', 'dictionary', 'date', 'time', 'decimal', 'timestamp', 'duration']);

/** Reads a record as any Arrow reader would, and finds each value under its wire name, in records inside it too. */
function expectOnWire(layouts: Layouts, fields: readonly Field[], record: Record<string, unknown>, bytes: Uint8Array): void {
  const batch = RecordBatch.fromIpc(bytes);
  for (const { name, type } of fields.filter((field) => livesIn(field, layouts.model.protocol.current))) {
    const sent = batch.column(batch.schema.indexOf(name)).get(0);
    const value = record[camelCase(name)];
    if (simple.has(type.type.kind)) expect(sent, name).toBe(value);
    else if (type.type.kind === 'ipc') expectOnWire(layouts, layouts.type(type.type.name).fields, value as Record<string, unknown>, sent as Uint8Array);
  }
}

const through = (codec: RecordCodec<unknown>, value: unknown): unknown => codec.decode(codec.encode(value));

describe.each(Object.keys(descriptors))('protocol %s', (name) => {
  const model = compileModel(files, `schema/${name}/protocol.yaml`);
  const descriptor = descriptors[name] as ProtocolDescriptor;
  const layouts = new Layouts(model);
  const { current } = model.protocol;
  const sampled = new SampleRecords(layouts, current);
  const paramsOf = (method: Method): unknown => sampled.record(method.request === undefined ? method.params : layouts.type(method.request).fields);
  const resultOf = (method: Method): unknown => method.result && sampled.record([{ name: 'result', since: current, type: method.result.type } as Field])['result'];

  describe.each(model.methods)('$name', (method) => {
    const { params, result, header } = descriptor.methods[method.name] ?? {};
    const headerRecord = method.header === undefined ? undefined : sampled.record(layouts.type(method.header).fields);

    it('carries its records unchanged in the current version', () => {
      for (const [codec, value] of [[params, paramsOf(method)], [result, resultOf(method)], [header, headerRecord]] as const) {
        if (codec) expect(comparable(through(codec(current), value))).toEqual(comparable(value));
      }
    });

    it('puts each parameter under its wire name', () => {
      const value = paramsOf(method) as Record<string, unknown>;
      const sent = method.request === undefined ? value : { request: value };
      expectOnWire(layouts, method.params, sent, params?.(current).encode(value) as Uint8Array);
    });

    it.each(descriptor.versions.filter((version) => version !== current && livesIn(method, version)))('loses nothing more on the second way through %s', (version) => {
      for (const [codec, value] of [[params, paramsOf(method)], [result, resultOf(method)], [header, headerRecord]] as const) {
        if (!codec) continue;
        const once = through(codec(version), value);
        expect(comparable(through(codec(version), once))).toEqual(comparable(once));
        expect(schemaEquals(RecordBatch.fromIpc(codec(version).encode(value)).schema, codec(version).schema)).toBe(true);
      }
    });
  });
});
