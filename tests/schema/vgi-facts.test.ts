import { fileURLToPath } from 'node:url';
import { type Field, loadLayouts, type Schema, schemaEquals, typeName } from 'vgi-gen/runtime/v1';
import { beforeAll, describe, expect, it } from 'vitest';
import { vgiProtocol } from '../../generated/vgi/ts/index.ts';
import { compile } from '../../generator/compile.ts';
import { schemaOf } from '../../generator/layout/schema-of.ts';
import { diskFileSystem } from '../../generator/load/file-system.ts';
import type { Model } from '../../generator/model/model.ts';
import { livesIn } from '../../generator/model/versions.ts';
import { enumsBesideFacts, enumsByValue, keysBesideFacts, unseenLayouts } from './vgi-differences.ts';
import { columnsOf, type FactColumn, factSchema, facts, snapshots } from './vgi-facts.ts';

const { model } = compile(diskFileSystem(fileURLToPath(new URL('../..', import.meta.url))), 'schema/vgi/protocol.yaml') as { model: Model };
const versions = Object.keys(snapshots);

const fieldText = ({ name, type, nullable }: Field): string => `${name}: ${typeName(type)}${nullable ? '' : ' not null'}`;

/** Compares as text first, for the message, then exactly. */
function expectSchema(actual: Schema, columns: readonly FactColumn[]): void {
  const expected = factSchema(columns);
  expect(actual.fields.map(fieldText)).toEqual(expected.fields.map(fieldText));
  expect(schemaEquals(actual, expected)).toBe(true);
}

const expectSame = (actual: Schema | undefined, expected: Schema): void => {
  expect(actual?.fields.map(fieldText)).toEqual(expected.fields.map(fieldText));
};

it('serves the versions that the facts know in full', () => {
  expect(model.protocol.versions.filter(({ served }) => served).map(({ version }) => version)).toEqual(versions);
  expect(vgiProtocol.versions).toEqual(versions);
});

it('has the methods and types of the facts and no others', () => {
  expect(model.methods.map(({ name }) => name).sort()).toEqual(Object.keys(facts.methods).sort());
  const known = new Set(Object.keys(facts.types));
  expect([...known].filter((name) => !model.types.some((type) => type.name === name))).toEqual([]);
});

describe.each(versions)('version %s', (version) => {
  beforeAll(() => loadLayouts(vgiProtocol, version));

  describe.each(Object.entries(facts.types))('type %s', (name, fact) => {
    const type = model.types.find((candidate) => candidate.name === name);
    const columns = columnsOf(fact, fact.layouts, unseenLayouts[name]?.like[version] ?? version);

    it(columns === undefined ? 'does not exist' : 'has the schema of the facts', () => {
      if (columns === undefined) expect(type && livesIn(type, version)).toBe(false);
      else expectSchema(schemaOf(model, name, version), columns);
    });
  });

  describe.each(Object.entries(facts.methods))('method %s', (name, fact) => {
    const method = model.methods.find((candidate) => candidate.name === name);
    const columns = columnsOf({ ...fact, fields: fact.params }, fact.param_layouts, version);

    it(columns === undefined ? 'does not exist' : 'takes the parameters of the facts', () => {
      if (columns === undefined) expect(method && livesIn(method, version)).toBe(false);
      else expectSchema(schemaOf(model, name, version), columns);
    });

    if (columns === undefined) return;

    it('answers as the facts say', () => {
      const descriptor = vgiProtocol.methods[name];
      const envelope = fact.result.envelope;
      if (envelope === null || envelope.startsWith('void')) expect(descriptor?.result).toBeUndefined();
      else expectSchema(schemaOf(model, `${name}.result`, version), [{ name: 'result', type: 'binary', nullable: envelope.endsWith('?') }]);
      expect(descriptor?.kind).toBe(fact.kind.startsWith('stream') ? 'stream' : 'unary');
      expect(method?.header).toBe(fact.stream_header);
    });

    it('has generated codecs of the same schemas', () => {
      const descriptor = vgiProtocol.methods[name];
      expectSame(descriptor?.params(version).schema, schemaOf(model, name, version));
      if (descriptor?.result) expectSame(descriptor.result(version).schema, schemaOf(model, `${name}.result`, version));
      if (descriptor?.header) expectSame(descriptor.header(version).schema, schemaOf(model, method?.header ?? '', version));
    });
  });
});

describe('what methods carry', () => {
  it.each(Object.entries(facts.methods))('%s carries the records of the facts', (name, fact) => {
    const method = model.methods.find((candidate) => candidate.name === name);
    const record = /^ipc:(\w+)$/.exec(fact.result.nested ?? '')?.[1];
    if (record !== undefined) expect(method?.result?.type.type).toEqual({ kind: 'ipc', name: record });
    const request = fact.params.length === 1 && fact.params[0]?.name === 'request' ? /^ipc:(\w+)$/.exec(fact.params[0].nested ?? '')?.[1] : undefined;
    expect(method?.request).toBe(request);
  });
});

describe('enums', () => {
  it.each(Object.entries(facts.enums))('%s has the members of the facts, in order', (name, fact) => {
    const members = model.enums.find((type) => type.name === name)?.members ?? [];
    if (name in enumsByValue) {
      expect(members.map(({ value }) => value)).toEqual(fact.members);
    } else {
      expect(members.map((member) => member.name)).toEqual(fact.members);
      if (fact.values !== undefined) expect(members.map((member) => member.value ?? member.name)).toEqual(fact.values);
    }
  });

  it('has no others but those with a reason', () => {
    const others = model.enums.map(({ name }) => name).filter((name) => !(name in facts.enums));
    expect(others.sort()).toEqual(Object.keys(enumsBesideFacts).sort());
  });

  it('stand where the facts have them', () => {
    for (const [name, fact] of Object.entries(facts.types)) {
      for (const column of fact.fields.filter((candidate) => candidate.type.startsWith('dictionary'))) {
        const field = model.types.find((type) => type.name === name)?.fields.find((candidate) => candidate.name === column.name);
        expect(field?.type.type, `${name}.${column.name}`).toEqual({ kind: 'enum', name: column.enum });
      }
    }
  });
});

it('has the metadata keys of the facts', () => {
  const expected = Object.values(facts.metadata_keys).flatMap((group) => group.flatMap(({ key }) => key.split(' / ')));
  const actual = model.metadata.flatMap(({ keys }) => keys.map(({ key }) => key));
  expect(actual.filter((key) => !(key in keysBesideFacts)).sort()).toEqual([...new Set(expected)].sort());
});
