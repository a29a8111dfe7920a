import { readFileSync } from 'node:fs';
import { type Schema, schemaEquals, typeName } from 'vgi-gen/runtime/v1';
import { expect, it } from 'vitest';
import { secretLookupResponseCodec, vgiSecretProtocol } from '../../generated/vgi-secret/ts/index.ts';
import { type FactColumn, factSchema } from './vgi-facts.ts';

const facts = JSON.parse(readFileSync(new URL('../reference/vgi-secret-protocol.json', import.meta.url), 'utf8')) as {
  readonly protocol_version: string;
  readonly methods: { readonly secret_lookup: { readonly params: readonly FactColumn[] } };
  readonly types: { readonly SecretLookupResponse: { readonly fields: readonly FactColumn[] } };
};

const shown = ({ fields }: Schema): string[] => fields.map(({ name, type, nullable }) => `${name}: ${typeName(type)}${nullable ? '?' : ''}`);

it('the secret service is that of the facts', () => {
  expect(vgiSecretProtocol).toMatchObject({ wireName: 'vgi.secret.v1', service: 'VgiSecretProtocol', versions: [facts.protocol_version] });
  expect(Object.keys(vgiSecretProtocol.methods)).toEqual(Object.keys(facts.methods));
});

it.each([
  ['parameters', vgiSecretProtocol.methods['secret_lookup']?.params('1.0.0').schema, facts.methods.secret_lookup.params],
  ['answer', secretLookupResponseCodec.schema, facts.types.SecretLookupResponse.fields],
])('its %s have the schema of the facts', (_, schema, columns) => {
  const expected = factSchema(columns);
  expect(schema && shown(schema)).toEqual(shown(expected));
  expect(schema && schemaEquals(schema, expected)).toBe(true);
});
