import type { DefaultValue, EnumType, Model, Place, RecordType, TypeRef } from '../model/model.ts';
import { placeText } from '../model/type-text.ts';

/** Where a value does not fit: keys down to the part, what is expected there, and what stands there. */
export interface Misfit {
  readonly path: readonly string[];
  readonly expected: string;
  readonly actual: string;
}

/** Tells whether values written in YAML fit types of a model. */
export class ValueFit {
  readonly #types: ReadonlyMap<string, RecordType>;
  readonly #enums: ReadonlyMap<string, EnumType>;

  constructor(model: Model) {
    this.#types = new Map(model.types.map((type) => [type.name, type]));
    this.#enums = new Map(model.enums.map((type) => [type.name, type]));
  }

  /** The first part of the value that does not fit, or `undefined`. */
  misfit(value: DefaultValue, place: Place, path: readonly string[] = []): Misfit | undefined {
    if (value === null) return place.nullable ? undefined : { path, expected: `\`${placeText(place)}\``, actual: '`null`' };
    return this.#inType(value, place.type, path);
  }

  #inType(value: Exclude<DefaultValue, null>, type: TypeRef, path: readonly string[]): Misfit | undefined {
    const fits = (fitting: boolean, expected = `\`${placeText({ type, nullable: false, wireNullable: false })}\``): Misfit | undefined =>
      fitting ? undefined : { path, expected, actual: shown(value) };
    switch (type.kind) {
      case 'bool':
        return fits(typeof value === 'boolean');
      case 'int': {
        const least = type.signed ? -(2 ** (type.bits - 1)) : 0;
        const most = 2 ** (type.signed ? type.bits - 1 : type.bits) - 1;
        return fits(typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most);
      }
      case 'float':
        return fits(typeof value === 'number');
      case 'utf8':
      case 'large_utf8':
      case 'dictionary':
        return fits(typeof value === 'string');
      case 'binary':
      case 'large_binary':
        return fits(value === '', 'bytes, of which only `\'\'` (no bytes) can be written here');
      case 'enum': {
        const members = this.#enums.get(type.name)?.members;
        if (members === undefined) return undefined;
        return fits(members.some((member) => member.name === value), `one of ${members.map((member) => `\`${member.name}\``).join(', ')}`);
      }
      case 'list':
      case 'large_list':
        return Array.isArray(value) ? this.#items(value, type.item, path) : fits(false);
      case 'fixed_list':
        return Array.isArray(value) && value.length === type.size ? this.#items(value, type.item, path) : fits(false);
      case 'map':
        return isMapping(value) ? this.#entries(value, type.key, type.value, path) : fits(false);
      case 'record':
      case 'ipc': {
        const record = this.#types.get(type.name);
        if (!isMapping(value)) return fits(false);
        return record === undefined ? undefined : this.#fields(value, record, path);
      }
      case 'decimal':
      case 'date':
      case 'time':
      case 'timestamp':
      case 'duration':
        return fits(typeof value === 'number' && Number.isInteger(value));
      default:
        return fits(false, 'of a type that has no values in YAML');
    }
  }

  #items(values: readonly DefaultValue[], item: Place, path: readonly string[]): Misfit | undefined {
    return firstMisfit(values, (value, index) => this.misfit(value, item, [...path, String(index)]));
  }

  #entries(mapping: Readonly<Record<string, DefaultValue>>, key: Place, value: Place, path: readonly string[]): Misfit | undefined {
    return firstMisfit(Object.entries(mapping), ([name, member]) => this.misfit(name, key, [...path, name]) ?? this.misfit(member, value, [...path, name]));
  }

  #fields(mapping: Readonly<Record<string, DefaultValue>>, record: RecordType, path: readonly string[]): Misfit | undefined {
    const unknown = Object.keys(mapping).find((name) => !record.fields.some((field) => field.name === name));
    if (unknown !== undefined) return { path: [...path, unknown], expected: `a record \`${record.name}\``, actual: `with a field \`${unknown}\` that it does not have` };
    return firstMisfit(record.fields, (field) => {
      const value = mapping[field.name];
      if (value !== undefined) return this.misfit(value, field.type, [...path, field.name]);
      const optional = field.removed !== undefined || field.type.nullable || field.carriesNull || field.default !== undefined;
      return optional ? undefined : { path, expected: `a record \`${record.name}\``, actual: `without its field \`${field.name}\`` };
    });
  }
}

function firstMisfit<T>(values: readonly T[], misfit: (value: T, index: number) => Misfit | undefined): Misfit | undefined {
  for (const [index, value] of values.entries()) {
    const found = misfit(value, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isMapping = (value: DefaultValue): value is Readonly<Record<string, DefaultValue>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: DefaultValue): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return `\`${typeof value === 'string' ? value || "''" : String(value)}\``;
}
