import { RpcError } from '../../runtime/rpc/errors.ts';
import { FunctionType, SchemaObjectType } from '../../generated/vgi/ts/index.ts';
import type { Catalog, WorkerFunction } from './catalog.ts';
import { functionsBehind } from './resolve-table.ts';

/** The list of a schema in which a bind looks for a function. */
const objectTypes: Readonly<Record<FunctionType, SchemaObjectType>> = {
  [FunctionType.SCALAR]: SchemaObjectType.SCALAR_FUNCTION,
  [FunctionType.TABLE]: SchemaObjectType.TABLE_FUNCTION,
  [FunctionType.TABLE_BUFFERING]: SchemaObjectType.TABLE_FUNCTION,
  [FunctionType.AGGREGATE]: SchemaObjectType.AGGREGATE_FUNCTION,
};

/** Functions of one catalog by schema and name; both are matched without regard to case, as DuckDB does. */
export class FunctionRegistry {
  readonly #bySchema = new Map<string, Map<string, WorkerFunction[]>>();
  /** The schema that holds a function; of several the first. */
  readonly #schemaOf = new Map<WorkerFunction, string>();

  constructor(catalog: Catalog) {
    for (const [schemaName, schema] of Object.entries(catalog.schemas)) {
      const byName = new Map<string, WorkerFunction[]>();
      this.#bySchema.set(schemaName.toLowerCase(), byName);
      // Functions behind tables can be bound too, whether or not the schema offers them by name.
      const behindTables = Object.entries(schema.tables ?? {}).flatMap(([name, table]) => functionsBehind(name, table));
      for (const each of new Set<WorkerFunction>([...(schema.functions ?? []), ...behindTables])) {
        const key = each.name.toLowerCase();
        byName.set(key, [...(byName.get(key) ?? []), each]);
        if (!this.#schemaOf.has(each)) this.#schemaOf.set(each, schemaName);
      }
    }
  }

  /** The path of the schema that holds a function. Throws if none does. */
  pathOf(called: WorkerFunction): readonly string[] {
    const schema = this.#schemaOf.get(called);
    if (schema === undefined) throw new Error(`function ${called.name} is used by a table, but no schema lists it`);
    return [schema];
  }

  /**
   * The overloads of a name in a schema; without a path, which clients before 1.1.0 do not send, in any one schema. Throws an RpcError if there is
   * none, or if the name means different functions in several schemas and none was named.
   */
  find(type: FunctionType, path: readonly string[] | undefined, name: string): readonly WorkerFunction[] {
    const schemas = path ? [this.#bySchema.get(path.join('.').toLowerCase())] : [...this.#bySchema.values()];
    const found = schemas
      .map((schema) => (schema?.get(name.toLowerCase()) ?? []).filter((candidate) => objectTypes[type] === candidate.objectType))
      .filter((overloads) => overloads.length > 0);
    // A function that tables of several schemas stand on is in all of them.
    const distinct = new Set(found.flat()).size;
    const all = found.find((overloads) => overloads.length === distinct);
    if (all !== undefined) return all;
    const where = path ? ` in schema ${path.join('.')}` : '';
    throw new RpcError(found.length === 0 ? `there is no ${type.toLowerCase()} function ${name}${where}` : `${type.toLowerCase()} function ${name} is in several schemas; name one`, {
      type: 'FunctionNotFoundError',
    });
  }
}
