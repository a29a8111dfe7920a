import { field, int64, nullType, RecordBatch, Schema, utf8 } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';
import type { OpenedStream, RecordedFunction } from './recorded-function.ts';

const tableArgument = new Schema([field('rows', nullType, true, new Map([[vgi.argumentKeys.type, 'table']]))]);
const anyOutput = new Schema([]);
const counted = new Schema([field('counted', int64, true)]);

const inputSchema = ({ inputSchema: schema }: vgi.BindRequest): Schema => schema ?? anyOutput;

/** One batch out for each batch in. */
export const map = (output: Schema, change: (input: RecordBatch) => RecordBatch): OpenedStream => ({
  kind: 'exchange',
  output,
  stream: () => ({ state: undefined, exchange: (_: unknown, input: RecordBatch) => change(input) }),
});

const noRows = (schema: Schema): RecordBatch => RecordBatch.of(schema, schema.fields.map(() => []), { numRows: 0 });

const echo: RecordedFunction = {
  info: { name: 'echo', description: 'Its input.', functionType: vgi.FunctionType.TABLE, arguments: tableArgument, outputSchema: anyOutput },
  bind: ({ bind }) => inputSchema(bind),
  open: ({ outputSchema }) => map(outputSchema, (input) => RecordBatch.of(outputSchema, [...input.columns], { numRows: input.numRows })),
};

/** Rows counted by execution, until FINALIZE asks for them. */
const counts = new Map<string, bigint>();

const countRows: RecordedFunction = {
  info: { name: 'count_rows', description: 'How many rows there were.', functionType: vgi.FunctionType.TABLE, arguments: tableArgument, outputSchema: counted, hasFinalize: true },
  bind: () => counted,
  open({ phase, executionId, substreamId }) {
    // The client names the substream from 1.1.0 on; before, the execution has but one.
    const key = Buffer.from(substreamId ?? executionId ?? []).toString('hex');
    if (phase === vgi.TableInOutFunctionInitPhase.FINALIZE) return { kind: 'producer', output: counted, stream: [RecordBatch.of(counted, [[counts.get(key) ?? 0n]])] };
    return map(counted, (input) => {
      counts.set(key, (counts.get(key) ?? 0n) + BigInt(input.numRows));
      return noRows(counted);
    });
  },
};

const doubled = new Schema([field('doubled', int64, true)]);

/** Its positional argument is a column: it may be called for one value, for columns, or by LATERAL. */
const doubleOf: RecordedFunction = {
  info: { name: 'double_of', description: 'Twice the value.', functionType: vgi.FunctionType.TABLE, arguments: new Schema([field('value', int64, true)]), outputSchema: doubled, inputFromArgs: true },
  bind: () => doubled,
  open: () =>
    map(doubled, (input) => {
      const values = Array.from({ length: input.numRows }, (_, row) => input.column(0).get(row) as bigint | null);
      return RecordBatch.of(doubled, [values.map((value) => (value === null ? null : value * 2n))], { numRows: input.numRows });
    }),
};

/** Chunks kept by execution until combine. */
export const bufferedChunks = new Map<string, RecordBatch[]>();

const collect: RecordedFunction = {
  info: { name: 'collect', description: 'All its input, at the end.', functionType: vgi.FunctionType.TABLE_BUFFERING, arguments: tableArgument, outputSchema: anyOutput },
  bind: ({ bind }) => inputSchema(bind),
  open({ phase, outputSchema, finalizeStateId }) {
    if (phase !== vgi.TableInOutFunctionInitPhase.TABLE_BUFFERING_FINALIZE) return map(outputSchema, (input) => input);
    const chunks = bufferedChunks.get(Buffer.from(finalizeStateId ?? []).toString('hex')) ?? [];
    return { kind: 'producer', output: outputSchema, stream: chunks.map((chunk) => RecordBatch.of(outputSchema, [...chunk.columns], { numRows: chunk.numRows })) };
  },
};

/** What COPY ... TO hands its rows to. Nothing is written. */
export const copyToFunction: RecordedFunction = {
  info: { name: 'write_nothing', functionType: vgi.FunctionType.TABLE_BUFFERING, arguments: anyOutput, outputSchema: anyOutput },
  bind: () => anyOutput,
  open: () => map(anyOutput, (input) => input),
};

export const copyFormats: readonly vgi.CopyFromFormatInfo[] = [
  vgi.newCopyFromFormatInfo({ formatName: 'nothing_from', handler: 'read_nothing', options: new Schema([field('separator', utf8, true)]), direction: vgi.CopyDirection.from }),
  vgi.newCopyFromFormatInfo({ formatName: 'nothing_to', handler: 'write_nothing', options: new Schema([field('separator', utf8, true)]), direction: vgi.CopyDirection.to }),
];

export const rowFunctions: readonly RecordedFunction[] = [echo, countRows, doubleOf, collect];
