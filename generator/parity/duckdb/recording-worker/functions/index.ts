import { RpcError } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';
import { aggregateFunctions } from './aggregate-functions.ts';
import type { RecordedFunction } from './recorded-function.ts';
import { copyToFunction, rowFunctions } from './row-functions.ts';
import { scalarFunctions } from './scalar-functions.ts';
import { copyFromFunction, tableFunctions } from './table-functions.ts';
import { writeFunctions } from './write-functions.ts';

const listed: readonly RecordedFunction[] = [...scalarFunctions, ...tableFunctions, ...rowFunctions, ...writeFunctions];
const byName = new Map([...listed, copyFromFunction, copyToFunction].map((each) => [each.info.name, each]));

/** The function that a bind names. */
export function functionNamed(name: string): RecordedFunction {
  const found = byName.get(name);
  if (found === undefined) throw new RpcError(`there is no function ${name}`, { type: 'FunctionNotFoundError' });
  return found;
}

/** All functions of a kind, as the catalog lists them. */
export function functionInfos(type: vgi.SchemaObjectType): readonly vgi.FunctionInfo[] {
  if (type === vgi.SchemaObjectType.AGGREGATE_FUNCTION) return aggregateFunctions;
  const isScalar = type === vgi.SchemaObjectType.SCALAR_FUNCTION;
  return listed.filter(({ info }) => (info.functionType === vgi.FunctionType.SCALAR) === isScalar).map(({ info }) => vgi.newFunctionInfo({ ...info, schemaPath: ['main'] }));
}
