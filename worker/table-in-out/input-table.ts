import type { Column } from '../../runtime/arrow/column.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import type { Schema } from '../../runtime/arrow/schema.ts';
import { nullType } from '../../runtime/arrow/type.ts';
import { typeEquals } from '../../runtime/arrow/type-equals.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import type { Argument, ArgumentList, Arguments, ConstantValues } from '../declare/arguments.ts';
import type { ColumnType, ValueOf, ValuesOf } from '../declare/column-types.ts';
import { takeColumn } from '../filters/take-rows.ts';
import type { Columns } from '../table/scan-batches.ts';

/** An argument that is a table: `f((SELECT ...))`. */
export interface TableArgument<C extends Columns = Columns> extends Argument<ColumnType, 'table'> {
  /** Columns that the table has to have, beside any others. */
  readonly columns?: C;
}

/** A table as argument. Columns that are named here have to be in it, with exactly these types, and are typed for the function. */
export function tableInput<const C extends Columns = Columns>(columns?: C, options: { readonly doc?: string } = {}): TableArgument<C> {
  return { kind: 'table', columnType: { type: nullType }, ...(columns && { columns }), ...options };
}

/** One batch of the rows that a function is given, usually up to 2,048 of them. */
export class InputTable<C extends Columns = Columns> {
  /** The rows in Arrow form. */
  readonly batch: RecordBatch;

  constructor(batch: RecordBatch) {
    this.batch = batch;
  }

  get rows(): number {
    return this.batch.numRows;
  }

  get schema(): Schema {
    return this.batch.schema;
  }

  /** The Arrow column of a name. Throws if there is none. */
  column(name: keyof C & string): Column {
    return this.batch.column(name);
  }

  /** Values of a column: a typed array where the type has one and nothing is NULL, otherwise an array with `null` for NULL. */
  values<K extends keyof C & string>(name: K): ValuesOf<C[K]> | readonly (ValueOf<C[K]> | null)[] {
    return this.batch.column(name).values() as ValuesOf<C[K]>;
  }

  /** All columns by name, to pass them on beside others. */
  columns(): Readonly<Record<string, Column>> {
    return Object.fromEntries(this.schema.fields.map(({ name }, index) => [name, this.batch.column(index)]));
  }

  /** Some of the rows, in the order given; a row may be taken more than once. */
  take(rows: ArrayLike<number>): InputTable<C> {
    const numbers = Uint32Array.from(rows);
    const { batch } = this;
    return new InputTable(RecordBatch.of(batch.schema, batch.columns.map((column) => takeColumn(column, numbers)), { numRows: numbers.length }));
  }
}

/** What a function gets that takes a table: constants and named arguments as values, the table as a batch of its rows. */
export type TableInputs<A extends Arguments> = ConstantValues<A> & {
  readonly [K in keyof A as A[K] extends Argument<ColumnType, 'table'> ? K : never]: A[K] extends TableArgument<infer C> ? InputTable<C> : never;
};

/** The table among declared arguments. Throws for an author who forgot it. */
export function tableArgument(functionName: string, { table }: ArgumentList): TableArgument & { readonly name: string } {
  if (!table) throw new Error(`${functionName} has no table argument; declare one with tableInput()`);
  return table as TableArgument & { readonly name: string };
}

/** Throws an RpcError that names function, argument and column if the input lacks a declared column or has it in another type. */
export function checkInput(functionName: string, { name, columns }: TableArgument & { readonly name: string }, input: Schema | undefined): void {
  for (const [column, { type }] of Object.entries(columns ?? {})) {
    const found = input?.fields[input.indexOf(column)];
    const subject = `${functionName}: argument ${name}`;
    if (!found) throw new RpcError(`${subject} needs a column "${column}" of type ${typeName(type)}`, { type: 'ValueError' });
    if (!typeEquals(found.type, type)) throw new RpcError(`${subject} takes ${typeName(type)} in column "${column}", got ${typeName(found.type)}`, { type: 'TypeError' });
  }
}
