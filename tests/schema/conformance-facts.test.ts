import { readFileSync } from 'node:fs';
import { type Field, loadLayouts, Schema, schemaEquals, typeName } from 'vgi-gen/runtime/v1';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as conformance from '../../generated/conformance/ts/index.ts';
import { conformanceProtocol } from '../../generated/conformance/ts/index.ts';
import * as earlier from '../../generated/conformance/ts/layouts-1.0.0.ts';
import { methodsIn } from '../../runtime/rpc/methods-in.ts';
import { type FactField, factSchema } from './facts-notation.ts';

interface FactMethod {
  readonly kind: 'unary' | 'producer' | 'exchange';
  readonly params: readonly (FactField & { readonly default?: unknown })[];
  readonly result?: 'none' | Omit<FactField, 'name'>;
  readonly header?: string;
  readonly input?: readonly FactField[];
  readonly output?: readonly FactField[];
}

interface Facts {
  readonly service: string;
  readonly protocol_version: string;
  readonly method_count: number;
  readonly enums: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dataclasses: Readonly<Record<string, readonly FactField[]>>;
  readonly methods: Readonly<Record<string, FactMethod>>;
}

const facts = parse(readFileSync(new URL('../reference/conformance-service.yaml', import.meta.url), 'utf8')) as Facts;
const version = facts.protocol_version;
await loadLayouts(conformanceProtocol, version);

/** The one method whose output the facts give with all of its optional columns: which are there is up to the call. */
const dynamicOutputs = new Set(['produce_dynamic_schema']);

/** Those of the version of the facts, where a type has changed since, beside those of the current one. */
const codecs = { ...conformance, ...earlier } as unknown as Record<string, { readonly schema: Schema } | undefined>;

const fieldText = ({ name, type, nullable }: Field): string => `${name}: ${typeName(type)}${nullable ? '' : ' not null'}`;

/** Compares as text first, for the message, then exactly. */
function expectSchema(actual: Schema | undefined, fields: readonly FactField[]): void {
  const expected = factSchema(fields);
  expect(actual?.fields.map(fieldText)).toEqual(expected.fields.map(fieldText));
  expect(actual && schemaEquals(actual, expected)).toBe(true);
}

const declared = (schema: (() => Schema) | 'dynamic' | undefined): Schema | 'dynamic' | undefined => (typeof schema === 'function' ? schema() : schema);

describe('the conformance protocol', () => {
  it('is the service of the facts', () => {
    expect(conformanceProtocol.service).toBe(facts.service);
    // Later versions are of releases that the facts are not about.
    expect(conformanceProtocol.versions[0]).toBe(version);
    expect(conformanceProtocol.requestContract).toBe('exact');
  });

  it('has the methods of the facts and no others', () => {
    const names = methodsIn(conformanceProtocol, version).map(({ name }) => name);
    expect(names).toEqual(Object.keys(facts.methods).sort());
    expect(names).toHaveLength(facts.method_count);
  });

  it.each(Object.entries(facts.enums))('%s has the members of the facts, in order', (name, members) => {
    expect(Object.keys((conformance as unknown as Record<string, object>)[name] ?? {})).toEqual(Object.keys(members));
  });
});

describe.each(Object.entries(facts.dataclasses))('type %s', (name, fields) => {
  it('has the schema of the facts', () => {
    const stem = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    expectSchema((codecs[`${stem}V${version.replaceAll('.', '_')}Codec`] ?? codecs[`${stem}Codec`])?.schema, fields);
  });
});

describe.each(Object.entries(facts.methods))('method %s', (name, fact) => {
  const method = conformanceProtocol.methods[name];

  it('is of the kind of the facts', () => {
    expect(method?.kind).toBe(fact.kind);
  });

  it('takes the parameters of the facts', () => {
    expectSchema(method?.params(version).schema, fact.params);
  });

  it('gives the result of the facts', () => {
    if (fact.result === undefined || fact.result === 'none') expect(method?.result).toBeUndefined();
    else expectSchema(method?.result?.(version).schema, [{ name: 'result', ...fact.result }]);
  });

  it('has the header of the facts', () => {
    if (fact.header === undefined || fact.header === 'none') expect(method?.header).toBeUndefined();
    else expectSchema(method?.header?.(version).schema, facts.dataclasses[fact.header] ?? []);
  });

  it('has the streams of the facts', () => {
    const [input, output] = [declared(method?.input), declared(method?.output)];
    if (fact.input === undefined) expect(input).toBeUndefined();
    else expectSchema(input as Schema, fact.input);
    if (fact.output === undefined) expect(output).toBeUndefined();
    else if (dynamicOutputs.has(name)) expect(output).toBe('dynamic');
    else expectSchema(output as Schema, fact.output);
  });
});
