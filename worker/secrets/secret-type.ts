import { field, Schema } from '../../runtime/arrow/schema.ts';
import type { SecretTypeSpec } from '../../generated/vgi/ts/index.ts';
import { columnKeys } from '../../generated/vgi/ts/metadata.ts';
import type { ColumnType } from '../declare/column-types.ts';

/** A field whose value listings such as `duckdb_secrets()` hide. */
export interface RedactedField<T extends ColumnType = ColumnType> {
  readonly redacted: T;
}

/** Hides the values of a field in listings. */
export function redacted<T extends ColumnType>(type: T): RedactedField<T> {
  return { redacted: type };
}

/** Fields of a kind of secret by name. */
export type SecretFields = Readonly<Record<string, ColumnType | RedactedField>>;

export interface SecretTypeOptions<F extends SecretFields> {
  /** The TYPE in CREATE SECRET, in lower case. */
  readonly name: string;
  readonly description?: string;
  readonly fields: F;
}

/**
 * A kind of secret. In `secretTypes` of a catalog DuckDB learns it at ATTACH, so that `CREATE SECRET (TYPE name, ...)` takes it; a function
 * may also ask for kinds that DuckDB knows without that, such as `s3`.
 */
export interface SecretType<F extends SecretFields = SecretFields> {
  readonly name: string;
  readonly description: string;
  readonly fields: F;
}

/** Declares a kind of secret with the fields that it has. Throws for a name that DuckDB would not find again. */
export function secretType<const F extends SecretFields>({ name, description = '', fields }: SecretTypeOptions<F>): SecretType<F> {
  if (name !== name.toLowerCase()) throw new Error(`secret type "${name}" has to be in lower case: DuckDB looks it up so`);
  return { name, description, fields };
}

/** The column type of a field. */
export function fieldType(given: ColumnType | RedactedField): ColumnType {
  return 'redacted' in given ? given.redacted : given;
}

export function secretTypeSpec({ name, description, fields }: SecretType): SecretTypeSpec {
  const parameters = Object.entries(fields).map(([key, given]) =>
    field(key, fieldType(given).type, true, new Map('redacted' in given ? [[columnKeys.redact, 'true']] : [])),
  );
  return { name, description, parametersSchema: new Schema(parameters) };
}
