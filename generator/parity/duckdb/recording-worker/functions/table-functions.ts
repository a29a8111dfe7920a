import { type CallContext, field, int64, RecordBatch, Schema, utf8 } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';
import { filterCapabilities } from '../../../../../worker/filters/filter-capabilities.ts';
import { scanBatches } from '../../../../../worker/table/scan-batches.ts';
import { scanRequest } from '../../../../../worker/table/scan-request.ts';
import { planScan } from '../../../../../worker/table/scan-plan.ts';
import { dataFields } from '../memory-catalog.ts';
import { argumentValues, type FunctionCall, type OpenedStream, type RecordedFunction } from './recorded-function.ts';

/** DuckDB's own size of a batch. */
const BATCH_ROWS = 2048;
const numbersSchema = new Schema([field('n', int64, true), field('word', utf8, true)]);
const named = new Map([[vgi.argumentKeys.arg, 'named']]);
const pushdown = { projectionPushdown: true, ...filterCapabilities('auto') };

type Values = Readonly<Record<string, readonly unknown[]>>;

/** A scan that takes projections and filters. Its rows come from the first thread that opens it; the others find nothing left. */
function scan(name: string, request: vgi.InitRequest, context: CallContext, primary: boolean, batches: Iterable<Values>): OpenedStream {
  const plan = planScan(scanRequest(request), true, context);
  const mine = primary ? batches : [];
  return { kind: 'producer', output: plan.output, stream: scanBatches(name, mine as Iterable<never>, plan, context) };
}

function* numberBatches(count: number, step: number): Generator<Values> {
  for (let from = 0; from < count; from += BATCH_ROWS) {
    const n = Array.from({ length: Math.min(BATCH_ROWS, count - from) }, (_, row) => BigInt((from + row) * step));
    yield { n, word: n.map(String) };
  }
}

const countOf = ({ bind }: FunctionCall): number => Number(argumentValues(bind.arguments).positional[0] ?? 0);

const numbers: RecordedFunction = {
  info: {
    ...pushdown,
    name: 'numbers',
    description: 'The first numbers.',
    functionType: vgi.FunctionType.TABLE,
    arguments: new Schema([field('count', int64, true), field('step', int64, true, named)]),
    outputSchema: numbersSchema,
    samplingPushdown: true,
    maxWorkers: 4,
  },
  bind: () => numbersSchema,
  open: (request, call, context, primary) => scan('numbers', request, context, primary, numberBatches(countOf(call), Number(argumentValues(call.bind.arguments).named['step'] ?? 1))),
};

/** The same in splits: each split is a range of numbers, told in its token. */
const splitNumbers: RecordedFunction = {
  info: { ...pushdown, name: 'split_numbers', description: 'The first numbers, in splits.', functionType: vgi.FunctionType.TABLE, arguments: new Schema([field('count', int64, true)]), outputSchema: numbersSchema, supportsSplits: true },
  bind: () => numbersSchema,
  open(request, call, context) {
    const plan = planScan(scanRequest(request), true, context);
    const share = Math.ceil(countOf(call) / 2);
    const stream = scanBatches('split_numbers', numberBatches(share, 1) as Iterable<never>, plan, context);
    return { kind: 'producer', output: plan.output, stream };
  },
};

/** What tables are read by. */
const scanTable: RecordedFunction = {
  info: { ...pushdown, name: 'scan_table', description: 'The rows of a table.', functionType: vgi.FunctionType.TABLE, arguments: new Schema([field('schema', utf8, true), field('name', utf8, true)]), outputSchema: new Schema([]), lateMaterialization: true },
  bind: (call) => tableOf(call).info.columns,
  open(request, call, context, primary) {
    const { info, rows } = tableOf(call);
    const entries = [...rows];
    const columns = dataFields(info.columns).map(({ name }, index) => [name, entries.map(([, values]) => values[index] ?? null)] as const);
    return scan('scan_table', request, context, primary, entries.length === 0 ? [] : [Object.fromEntries([...columns, ['rowid', entries.map(([id]) => id)]])]);
  },
};

/** The table that a function of a table is called for. */
export function tableOf({ bind, catalog }: FunctionCall): ReturnType<FunctionCall['catalog']['table']> {
  const [schema, name] = argumentValues(bind.arguments).positional;
  return catalog.table([String(schema)], String(name));
}

/** How a table is read or written: the function and, as its arguments, which table. */
export function tableFunction(functionName: string, { schemaPath, name }: { readonly schemaPath: readonly string[]; readonly name: string }): vgi.ScanFunctionResult {
  const schema = new Schema([field('arg_0', utf8, true), field('arg_1', utf8, true)]);
  return vgi.newScanFunctionResult({ functionName, schemaPath: ['main'], arguments: RecordBatch.of(schema, [[schemaPath.join('.')], [name]]) });
}

/** Reads COPY ... FROM: one row of nulls, whatever the file. */
const copyFrom: RecordedFunction = {
  info: { name: 'read_nothing', functionType: vgi.FunctionType.TABLE, arguments: new Schema([]), outputSchema: new Schema([]) },
  bind: ({ bind }) => bind.copyFrom?.expectedSchema ?? new Schema([]),
  open({ outputSchema }) {
    return { kind: 'producer', output: outputSchema, stream: [RecordBatch.of(outputSchema, outputSchema.fields.map(() => [null]), { numRows: 1 })] };
  },
};

export const tableFunctions: readonly RecordedFunction[] = [numbers, splitNumbers, scanTable];
/** Not listed: only COPY calls it. */
export const copyFromFunction = copyFrom;
