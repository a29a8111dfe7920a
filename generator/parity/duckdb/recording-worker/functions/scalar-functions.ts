import { field, int64, RecordBatch, Schema, utf8 } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';
import { SECRET_TYPE } from '../attach-result.ts';
import { argumentValues, type FunctionCall, type OpenedStream, type RecordedFunction } from './recorded-function.ts';

const number = new Schema([field('result', int64, true)]);
const constant = new Map([[vgi.argumentKeys.const, 'true']]);

/** One value out for each row in. */
function each(output: Schema, value: (row: readonly unknown[]) => unknown): OpenedStream {
  const evaluate = (input: RecordBatch): RecordBatch => {
    const values = Array.from({ length: input.numRows }, (_, row) => value(input.columns.map((column) => column.get(row))));
    return RecordBatch.of(output, [values], { numRows: values.length });
  };
  return { kind: 'exchange', output, stream: () => ({ state: undefined, exchange: (_: unknown, input: RecordBatch) => evaluate(input) }) };
}

const asNumber = (value: unknown): bigint => BigInt(value as bigint | number);

const times: RecordedFunction = {
  info: { name: 'times', description: 'Product of a column and a constant.', functionType: vgi.FunctionType.SCALAR, arguments: new Schema([field('value', int64, true), field('factor', int64, true, constant)]), outputSchema: number },
  bind: () => number,
  open(_, { bind }) {
    const [factor] = argumentValues(bind.arguments).positional;
    return each(number, ([value]) => (value === null || factor === null ? null : asNumber(value) * asNumber(factor)));
  },
};

const plusOffset: RecordedFunction = {
  info: { name: 'plus_offset', description: 'Adds the setting recording_offset.', functionType: vgi.FunctionType.SCALAR, arguments: new Schema([field('value', int64, true)]), outputSchema: number, requiredSettings: ['recording_offset'] },
  bind: () => number,
  open(_, { bind }) {
    const offset = asNumber(bind.settings?.column('recording_offset').get(0) ?? 0n);
    return each(number, ([value]) => (value === null ? null : asNumber(value) + offset));
  },
};

/** Wishes for a secret at its first bind, as functions do whose scope follows from an argument. */
const tokenLength: RecordedFunction = {
  info: { name: 'token_length', description: 'Length of the token for a path.', functionType: vgi.FunctionType.SCALAR, arguments: new Schema([field('path', utf8, true, constant)]), outputSchema: number },
  bind({ bind }: FunctionCall) {
    if (bind.resolvedSecretsProvided) return number;
    const [path] = argumentValues(bind.arguments).positional;
    return vgi.newBindResponse({ outputSchema: new Schema([]), lookupSecretTypes: [SECRET_TYPE], lookupScopes: [String(path)], lookupNames: [''] });
  },
  open(_, { bind }) {
    const secret = bind.secrets?.columns[0]?.get(0) as { readonly token?: string } | null | undefined;
    return each(number, () => (secret?.token === undefined ? null : BigInt(secret.token.length)));
  },
};

export const scalarFunctions: readonly RecordedFunction[] = [times, plusOffset, tokenLength];
