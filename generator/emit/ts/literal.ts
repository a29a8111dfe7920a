import type { DefaultValue, Place, RecordType, TypeRef } from '../../model/model.ts';
import { livesIn } from '../../model/versions.ts';
import { quote, type TsModule } from './ts-module.ts';

/** A value of the definition as a TypeScript expression of the type of a place of its own: null is `undefined`. */
export function placeLiteral(module: TsModule, value: DefaultValue, { type }: Place): string {
  return value === null ? 'undefined' : typedLiteral(module, value, type);
}

/** The value that a field has where nobody gives it one; `undefined` for a nullable field without a default. */
export const fieldDefault = (module: TsModule, field: { readonly type: Place; readonly default?: { readonly value: DefaultValue } }): string =>
  field.default === undefined ? 'undefined' : placeLiteral(module, field.default.value, field.type);

function typedLiteral(module: TsModule, value: Exclude<DefaultValue, null>, type: TypeRef): string {
  switch (type.kind) {
    case 'enum':
      return `${module.localValue(module.names.of(module.layouts.enum(type.name)), './enums.ts')}.${String(value)}`;
    case 'list':
    case 'large_list':
    case 'fixed_list':
      return `[${(value as readonly DefaultValue[]).map((item) => itemLiteral(module, item, type.item)).join(', ')}]`;
    case 'map': {
      const entries = Object.entries(value as Readonly<Record<string, DefaultValue>>);
      const pairs = entries.map(([key, member]) => `[${itemLiteral(module, key, type.key)}, ${itemLiteral(module, member, type.value)}]`);
      return pairs.length === 0 ? 'new Map()' : `new Map([${pairs.join(', ')}])`;
    }
    case 'record':
    case 'ipc':
      return recordLiteral(module, value as Readonly<Record<string, DefaultValue>>, module.layouts.type(type.name));
    case 'binary':
    case 'large_binary':
      return 'new Uint8Array()';
    default:
      if (typeof value === 'string') return quote(value);
      return module.type(type) === 'bigint' ? `${value}n` : String(value);
  }
}

const itemLiteral = (module: TsModule, value: DefaultValue, { type }: Place): string => (value === null ? 'null' : typedLiteral(module, value, type));

function recordLiteral(module: TsModule, value: Readonly<Record<string, DefaultValue>>, record: RecordType): string {
  const version = module.layouts.model.protocol.current;
  const members = record.fields
    .filter((field) => livesIn(field, version))
    .flatMap((field) => {
      const given = value[field.name] ?? field.default?.value ?? null;
      return given === null ? [] : [`${module.names.property(field)}: ${placeLiteral(module, given, field.type)}`];
    });
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
