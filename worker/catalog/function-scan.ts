import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { type Field, field, Schema } from '../../runtime/arrow/schema.ts';
import { structOf } from '../../runtime/arrow/type.ts';
import type { NamedArgument } from '../declare/arguments.ts';
import type { FunctionScan } from './scan-source.ts';

/** The given values of the call's arguments, positional first, with the keys by which they travel. */
function givenArguments({ function: { arguments: list }, arguments: values = {} }: FunctionScan): { key: string; argument: NamedArgument; value: unknown }[] {
  const given = [
    ...list.constants.map((argument, index) => ({ key: `arg_${index}`, argument })),
    ...list.named.map((argument) => ({ key: argument.name, argument })),
  ];
  return given.flatMap(({ key, argument }) => (Object.hasOwn(values, argument.name) ? [{ key, argument, value: values[argument.name] }] : []));
}

/** Shape `ScanArguments`: one row, a column an argument, `arg_<i>` for positional ones. */
export function scanArguments(scan: FunctionScan): RecordBatch {
  const given = givenArguments(scan);
  const schema = new Schema(given.map(({ key, argument }) => field(key, argument.columnType.type, true)));
  return RecordBatch.of(schema, given.map(({ argument, value }) => columnFrom(argument.columnType.type, [value])), { numRows: 1 });
}

/** Shape `Arguments`: one row, one struct column `args`; what a bind of the call carries. */
export function bindArguments(scan: FunctionScan): RecordBatch {
  const given = givenArguments(scan);
  const members: Field[] = given.map(({ key, argument }) => field(key.startsWith('arg_') ? key.replace('arg_', 'positional_') : `named_${key}`, argument.columnType.type, true));
  const type = structOf(members);
  const row = Object.fromEntries(given.map(({ value }, index) => [members[index]?.name, value]));
  return RecordBatch.of(new Schema([field('args', type, true)]), [columnFrom(type, [row])], { numRows: 1 });
}
