import { type Field, field, int64, RpcError, Schema } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';

export interface StoredTable {
  readonly info: vgi.TableInfo;
  /** Values by row id, in the order of the columns. */
  readonly rows: ReadonlyMap<bigint, readonly unknown[]>;
  readonly nextRowId: bigint;
}

export interface StoredSchema {
  readonly name: string;
  readonly comment: string | undefined;
  readonly tables: ReadonlyMap<string, StoredTable>;
  readonly views: ReadonlyMap<string, vgi.ViewInfo>;
}

type State = ReadonlyMap<string, StoredSchema>;

/** By which writes find rows. Hidden, and the last column, so that constraints count the others. */
const rowIdField: Field = field('rowid', int64, false, new Map([[vgi.columnKeys.isRowId, 'true']]));

/** Table columns without the row id. */
export const dataFields = (columns: Schema): readonly Field[] => columns.fields.filter(({ metadata }) => !metadata.has(vgi.columnKeys.isRowId));

export const tableColumns = (fields: readonly Field[]): Schema => new Schema([...fields, rowIdField]);

const keyOf = (name: string): string => name.toLowerCase();

/** Schemas, tables with their rows, and views, held in memory. The state is replaced as a whole by every change, so that one is enough to go back. */
export class MemoryCatalog {
  #state: State = new Map([['main', { name: 'main', comment: undefined, tables: new Map(), views: new Map() }]]);
  #version = 1n;
  readonly #saved = new Map<string, State>();
  #transactions = 0;

  /** Grows with every change. */
  get version(): bigint {
    return this.#version;
  }

  get schemas(): readonly StoredSchema[] {
    return [...this.#state.values()];
  }

  schema(path: readonly string[]): StoredSchema {
    const found = this.#state.get(keyOf(path.join('.')));
    if (found === undefined) throw new RpcError(`there is no schema ${path.join('.')}`, { type: 'SchemaNotFoundError' });
    return found;
  }

  table(path: readonly string[], name: string): StoredTable {
    const found = this.schema(path).tables.get(keyOf(name));
    if (found === undefined) throw new RpcError(`there is no table ${name}`, { type: 'TableNotFoundError' });
    return found;
  }

  view(path: readonly string[], name: string): vgi.ViewInfo {
    const found = this.schema(path).views.get(keyOf(name));
    if (found === undefined) throw new RpcError(`there is no view ${name}`, { type: 'ViewNotFoundError' });
    return found;
  }

  createSchema(path: readonly string[], comment: string | undefined): void {
    const name = path.join('.');
    this.#change(this.#state, name, { name, comment, tables: new Map(), views: new Map() });
  }

  dropSchema(path: readonly string[]): void {
    this.#change(this.#state, path.join('.'), undefined);
  }

  putTable(path: readonly string[], name: string, table: StoredTable | undefined): void {
    const schema = this.schema(path);
    this.#putSchema({ ...schema, tables: replaced(schema.tables, name, table) });
  }

  putView(path: readonly string[], name: string, view: vgi.ViewInfo | undefined): void {
    const schema = this.schema(path);
    this.#putSchema({ ...schema, views: replaced(schema.views, name, view) });
  }

  begin(): Uint8Array {
    const id = `transaction ${++this.#transactions}`;
    this.#saved.set(id, this.#state);
    return Buffer.from(id);
  }

  commit(transaction: Uint8Array): void {
    this.#saved.delete(Buffer.from(transaction).toString());
  }

  /** Goes back to the state at the beginning of the transaction. */
  rollback(transaction: Uint8Array): void {
    const id = Buffer.from(transaction).toString();
    const saved = this.#saved.get(id);
    this.#saved.delete(id);
    if (saved === undefined || saved === this.#state) return;
    this.#state = saved;
    this.#version++;
  }

  #putSchema(schema: StoredSchema): void {
    this.#change(this.#state, schema.name, schema);
  }

  #change(state: State, name: string, schema: StoredSchema | undefined): void {
    this.#state = replaced(state, name, schema);
    this.#version++;
  }
}

function replaced<T>(entries: ReadonlyMap<string, T>, name: string, entry: T | undefined): ReadonlyMap<string, T> {
  const copy = new Map(entries);
  if (entry === undefined) copy.delete(keyOf(name));
  else copy.set(keyOf(name), entry);
  return copy;
}
