import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { field, Schema } from '../../runtime/arrow/schema.ts';
import { nullType } from '../../runtime/arrow/type.ts';
import { MacroType, type MacroInfo, newMacroInfo } from '../../generated/vgi/ts/index.ts';
import type { ColumnType } from '../declare/column-types.ts';

/** A parameter of a macro: its name, or more. Parameters with a default come last and may be left out of a call. */
export interface MacroParameter {
  readonly name: string;
  readonly doc?: string;
  readonly default?: { readonly type: ColumnType; readonly value: unknown };
}

/** SQL with parameters that DuckDB expands in place of a call; the worker does not see the call. */
export interface Macro {
  /** `scalar`: an expression, called like a function; `table`: a query, called in FROM. */
  readonly kind: 'scalar' | 'table';
  readonly parameters?: readonly (string | MacroParameter)[];
  readonly sql: string;
  readonly comment?: string;
}

export function macroInfo(schemaName: string, name: string, macro: Macro): MacroInfo {
  const parameters = (macro.parameters ?? []).map((parameter): MacroParameter => (typeof parameter === 'string' ? { name: parameter } : parameter));
  const documented = parameters.some(({ doc }) => doc !== undefined);
  return newMacroInfo({
    name,
    schemaPath: [schemaName],
    comment: macro.comment,
    macroType: macro.kind === 'scalar' ? MacroType.SCALAR : MacroType.TABLE,
    parameters: parameters.map((parameter) => parameter.name),
    definition: macro.sql,
    parameterDefaultValues: defaultValues(parameters),
    argumentsSchema: documented ? new Schema(parameters.map(parameterField)) : undefined,
  });
}

const parameterField = ({ name, doc, default: given }: MacroParameter) => field(name, given?.type.type ?? nullType, true, new Map(doc === undefined ? [] : [['vgi_doc', doc]]));

/** Shape `ParameterDefaults`: one row, a column for each parameter that has a default. */
function defaultValues(parameters: readonly MacroParameter[]): RecordBatch | undefined {
  const given = parameters.flatMap(({ name, default: value }) => (value ? [{ name, ...value }] : []));
  if (given.length === 0) return undefined;
  const schema = new Schema(given.map(({ name, type }) => field(name, type.type, true)));
  return RecordBatch.of(schema, given.map(({ type, value }) => columnFrom(type.type, [value])), { numRows: 1 });
}
