import { Schema } from '../../runtime/arrow/schema.ts';
import { type FunctionInfo, newFunctionInfo, SchemaObjectType } from '../../generated/vgi/ts/index.ts';
import type { BindCall } from '../call/bind-call.ts';
import type { DeclaredFunction } from '../call/declared-function.ts';
import { argumentList, type Arguments, type ConstantValues, constantValues } from '../declare/arguments.ts';
import { functionNeeds } from '../secrets/function-needs.ts';
import type { Columns } from '../table/scan-batches.ts';
import type { Cardinality } from '../table/table-function-options.ts';
import { boundInput, type FilterOptions, type InputFunctionOptions, inputFunctionInfo } from './input-bind.ts';
import { checkInput, tableArgument } from './input-table.ts';

/** A function that takes a table, as far as it is the same whenever it gives its rows. */
export interface InputFunction<A extends Arguments> {
  /** The argument that is the table. */
  readonly table: ReturnType<typeof tableArgument>;
  /** The other arguments of a call. */
  values(call: BindCall): ConstantValues<A>;
  readonly declared: Omit<DeclaredFunction, 'kind' | 'init'> & { cardinality(call: BindCall): Cardinality };
}

/** @param own what the kind of function tells clients of itself */
export function inputFunction<A extends Arguments, C extends Columns>(
  options: InputFunctionOptions<A, C> & FilterOptions & { readonly arguments: A },
  own: Pick<FunctionInfo, 'functionType'> & Partial<FunctionInfo>,
): InputFunction<A> {
  const { name } = options;
  const list = argumentList(options.arguments, 'constant');
  const table = tableArgument(name, list);
  const values = (call: BindCall): ConstantValues<A> => constantValues(name, list, call.arguments) as ConstantValues<A>;
  const needs = functionNeeds(options, values);
  const info = inputFunctionInfo(options);
  return {
    table,
    values,
    declared: {
      objectType: SchemaObjectType.TABLE_FUNCTION,
      name,
      description: options.description ?? '',
      arguments: list,
      info: (schemaPath) => newFunctionInfo({ ...info, ...own, schemaPath, arguments: new Schema(list.fields), ...needs.info }),
      check(call) {
        values(call);
        checkInput(name, table, call.input);
      },
      ...(needs.secretLookups && { secretLookups: needs.secretLookups }),
      bind: (call) => boundInput(options, values(call), call),
      cardinality: (call) => options.cardinality?.(values(call)) ?? {},
    },
  };
}
