import type { BufferedTableFunction } from '../buffered/buffered-table-function.ts';
import type { Table } from './table.ts';
import type { Macro } from './macro.ts';
import type { SecretType } from '../secrets/secret-type.ts';
import type { Setting } from '../declare/settings.ts';
import type { ScalarFunction } from '../scalar/scalar-function.ts';
import type { TableFunction } from '../table/table-function.ts';
import type { TableInOutFunction } from '../table-in-out/table-in-out-function.ts';

/** A function that a catalog offers. */
export type WorkerFunction = ScalarFunction | TableFunction | TableInOutFunction | BufferedTableFunction;

export interface View {
  /** The SELECT behind the view, in DuckDB's SQL. */
  readonly sql: string;
  readonly comment?: string;
  readonly columnComments?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CatalogSchema {
  readonly comment?: string;
  /** Several with one name are overloads, told apart by number and types of their arguments. */
  readonly functions?: readonly WorkerFunction[];
  readonly tables?: Readonly<Record<string, Table>>;
  readonly views?: Readonly<Record<string, View>>;
  readonly macros?: Readonly<Record<string, Macro>>;
}

/**
 * Functions that DuckDB publishes as `<prefix>_<name>` at ATTACH. The first catalog that asks for a name gets it, and it stays published
 * after DETACH: the name with catalog and schema is the one to rely on.
 */
export interface GlobalFunctions {
  /** Letters, digits and `_`, starting with a letter or `_`. Without it the bare names are published, which collide easily. */
  readonly prefix?: string;
  /** Each has to be in exactly one schema of the catalog. */
  readonly functions: readonly WorkerFunction[];
}

/** What a worker offers: the name that ATTACH asks for, and schemas by name. */
export interface Catalog {
  readonly name: string;
  readonly comment?: string;
  /** Schema that names without one mean; default `main`. */
  readonly defaultSchema?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Session settings by name; functions find their values in the context. */
  readonly settings?: Readonly<Record<string, Setting>>;
  /** Kinds of secrets that users can create, see `secretType`. */
  readonly secretTypes?: readonly SecretType[];
  /** Version of the data, told to clients that ask for one. */
  readonly dataVersion?: string;
  readonly implementationVersion?: string;
  /** Gives each transaction an identity, under which functions can keep data: `context.transactionStorage()`. */
  readonly transactions?: boolean;
  /** Functions of the schemas that clients are asked to publish under names that need no catalog. */
  readonly globalFunctions?: GlobalFunctions;
  readonly schemas: Readonly<Record<string, CatalogSchema>>;
}
