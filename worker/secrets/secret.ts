import type { Column } from '../../runtime/arrow/column.ts';
import type { DataType } from '../../runtime/arrow/type.ts';
import { typeEquals } from '../../runtime/arrow/type-equals.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import type { ColumnType, ValueOf } from '../declare/column-types.ts';
import { fieldType, type RedactedField, type SecretFields } from './secret-type.ts';

type FieldValue<T> = T extends RedactedField<infer C> ? ValueOf<C> : T extends ColumnType ? ValueOf<T> : never;

/** One field as the client sent it. */
export interface SecretField {
  readonly name: string;
  readonly type: DataType;
  /** `null` if it was not given. */
  readonly value: unknown;
}

/**
 * A secret that a call was given. Its values are read one by one and show nowhere else: printed, logged or turned into JSON it is its type
 * and name alone.
 */
export class Secret<F extends SecretFields = SecretFields> {
  /** Kind of the secret. */
  readonly type: string;
  /** The name given at CREATE SECRET. */
  readonly name: string;
  /** Starts of the paths that the secret is meant for; none = any path. */
  readonly scopes: readonly string[];
  readonly #declared: SecretFields;
  readonly #fields: ReadonlyMap<string, SecretField>;

  constructor(type: string, name: string, scopes: readonly string[], fields: ReadonlyMap<string, SecretField>, declared: SecretFields = {}) {
    this.type = type;
    this.name = name;
    this.scopes = scopes;
    this.#fields = fields;
    this.#declared = declared;
  }

  /** The value of a field; `undefined` if the secret has none. Throws an RpcError if it does not have the declared type. */
  get<K extends keyof F & string>(field: K): FieldValue<F[K]> | undefined {
    const found = this.#fields.get(field);
    if (!found || found.value === null) return undefined;
    const declared = this.#declared[field];
    const wanted = declared && fieldType(declared).type;
    if (wanted && !typeEquals(found.type, wanted)) {
      throw new RpcError(`secret ${this.name}: field ${field} is ${typeName(found.type)}, declared is ${typeName(wanted)}`, { type: 'TypeError' });
    }
    return found.value as FieldValue<F[K]>;
  }

  /** All fields that the client sent, in its order, also those that DuckDB adds: `type`, `provider`, `name` and `scope`. */
  fields(): readonly SecretField[] {
    return [...this.#fields.values()];
  }

  /** The same secret, its fields typed as declared. */
  as<D extends SecretFields>(fields: D): Secret<D> {
    return new Secret<D>(this.type, this.name, this.scopes, this.#fields, fields);
  }
}

/** Reads the struct of one secret. `type` and `name` are what the column says, for clients that do not send these fields. */
export function readSecret(column: Column, type: string, name: string): Secret | undefined {
  if (column.type.kind !== 'struct' || column.get(0) === null) return undefined;
  const fields = new Map(column.type.fields.map((member, index): [string, SecretField] => [member.name, { name: member.name, type: member.type, value: (column.children[index] as Column).get(0) }]));
  const text = (key: string): string | undefined => {
    const value = fields.get(key)?.value;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return new Secret(text('type') ?? type, text('name') ?? name, text('scope')?.split('\n').filter((scope) => scope !== '') ?? [], fields);
}
