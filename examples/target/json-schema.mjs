/**
 * A target of a project's own: the types of the current version as JSON Schema. The configuration names it by path:
 * `targets: [ts, ./json-schema.mjs]`; its file is `<output>/json-schema/types.json`.
 */
import { defineTarget, livesIn } from 'vgi-gen/target';

const reference = (name) => ({ $ref: `#/$defs/${name}` });

/** How a type is written in JSON: 64-bit integers as decimal text, bytes in base64. */
function schemaOf(type) {
  switch (type.kind) {
    case 'null':
      return { type: 'null' };
    case 'bool':
      return { type: 'boolean' };
    case 'float':
      return { type: 'number' };
    case 'int':
      return type.bits === 64 ? { type: 'string', pattern: '^-?[0-9]+$' } : { type: 'integer' };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'utf8':
    case 'large_utf8':
    case 'dictionary':
      return { type: 'string' };
    case 'list':
    case 'large_list':
      return { type: 'array', items: place(type.item) };
    case 'fixed_list':
      return { type: 'array', items: place(type.item), minItems: type.size, maxItems: type.size };
    case 'map':
      return { type: 'array', items: { type: 'array', prefixItems: [place(type.key), place(type.value)], minItems: 2, maxItems: 2 } };
    case 'enum':
    case 'record':
    case 'ipc':
      return reference(type.name);
    case 'binary':
    case 'large_binary':
    case 'fixed_binary':
    case 'schema':
    case 'batch':
      return { type: 'string', contentEncoding: 'base64' };
    default:
      return { type: 'string', description: `In the notation of ${type.kind}.` };
  }
}

const place = ({ type, nullable }) => (nullable ? { anyOf: [schemaOf(type), { type: 'null' }] } : schemaOf(type));

function recordSchema({ doc, fields }, version) {
  const live = fields.filter((field) => livesIn(field, version));
  const properties = live.map((field) => [field.name, { description: field.doc.trim(), ...place(field.type) }]);
  const required = live.filter((field) => !field.type.nullable && field.default === undefined).map(({ name }) => name);
  return { description: doc.trim(), type: 'object', additionalProperties: false, properties: Object.fromEntries(properties), required };
}

export default defineTarget({
  name: 'json-schema',
  templates: { types: '{{{schema}}}\n' },
  view({ protocol, types, enums }) {
    const live = (declared) => livesIn(declared, protocol.current);
    const definitions = [
      ...enums.filter(live).map((type) => [type.name, { description: type.doc.trim(), enum: type.members.filter(live).map(({ name }) => name) }]),
      ...types.filter(live).map((type) => [type.name, recordSchema(type, protocol.current)]),
    ];
    const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', title: protocol.name, $defs: Object.fromEntries(definitions) };
    return [{ path: 'types.json', template: 'types', view: { schema: JSON.stringify(schema, null, 2) } }];
  },
});
