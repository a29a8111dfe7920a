import { Schema } from '../../runtime/arrow/schema.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import type { MaybePromise } from '../../runtime/rpc/stream.ts';
import type { FunctionInfo } from '../../generated/vgi/ts/index.ts';
import type { Arguments, ConstantValues } from '../declare/arguments.ts';
import type { BindCall } from '../call/bind-call.ts';
import type { Bound } from '../call/declared-function.ts';
import { filterCapabilities } from '../filters/filter-capabilities.ts';
import { FunctionContext } from '../call/function-context.ts';
import type { Columns } from '../table/scan-batches.ts';
import type { NeedsOptions } from '../secrets/function-needs.ts';
import { columnsSchema } from '../table/column-fields.ts';
import type { Cardinality, FunctionExample } from '../table/table-function-options.ts';

/** What a `bind` sees of a call with input rows. */
export class InputBindContext extends FunctionContext {
  /** Columns of the input. */
  readonly input: Schema;

  constructor(bind: BindCall) {
    super(bind);
    this.input = bind.input ?? new Schema([]);
  }
}

/** What functions have in common that take rows. `A` are the arguments, `C` the columns. */
export interface InputFunctionOptions<A extends Arguments, C extends Columns> extends NeedsOptions<A> {
  readonly name: string;
  readonly description?: string;
  readonly comment?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly categories?: readonly string[];
  readonly examples?: readonly FunctionExample[];
  /** Columns of the result. May be left out if `bind` decides them. */
  readonly columns?: C;
  /** Decides the columns of a call by its arguments, input, settings or secrets; those of the input are `context.input`. */
  bind?(args: ConstantValues<A>, context: InputBindContext): MaybePromise<{ readonly columns?: Columns | Schema }>;
  readonly cardinality?: (args: ConstantValues<A>) => Cardinality;
  /** Lets DuckDB ask for some of the columns only; `context.columns` names them. More may be given: they are left out. */
  readonly projection?: boolean;
}

/** Lets DuckDB leave conditions to the function, as `filters` of a table function does. */
export interface FilterOptions {
  readonly filters?: 'auto' | 'author';
}

/** The part of `FunctionInfo` that is common to functions that take rows. */
export function inputFunctionInfo<A extends Arguments, C extends Columns>(options: InputFunctionOptions<A, C> & FilterOptions): Partial<FunctionInfo> & Pick<FunctionInfo, 'name' | 'outputSchema'> {
  if (!options.columns && !options.bind) throw new Error(`${options.name}: declare \`columns\`, or a \`bind\` that decides them`);
  return {
    name: options.name,
    outputSchema: columnsSchema(options.columns ?? {}),
    description: options.description ?? '',
    comment: options.comment,
    tags: new Map(Object.entries(options.tags ?? {})),
    categories: options.categories ?? [],
    examples: options.examples ?? [],
    projectionPushdown: options.projection ?? false,
    ...(options.filters && filterCapabilities(options.filters)),
  };
}

/** Answers a bind. Throws an RpcError if `bind` gives no columns. */
export function boundInput<A extends Arguments, C extends Columns>(options: InputFunctionOptions<A, C>, args: ConstantValues<A>, call: BindCall): MaybePromise<Bound> {
  const bound = ({ columns = options.columns }: { readonly columns?: Columns | Schema }): Bound => {
    const output = columns instanceof Schema ? columns : columnsSchema(columns ?? {});
    if (output.fields.length === 0) throw new RpcError(`${options.name}: bind gave no columns`, { type: 'ValueError' });
    return { output };
  };
  const decided = options.bind?.(args, new InputBindContext(call)) ?? {};
  return decided instanceof Promise ? decided.then(bound) : bound(decided);
}
