import { columnFrom } from '../runtime/arrow/column-builder.ts';
import { Column } from '../runtime/arrow/column.ts';
import { RecordBatch } from '../runtime/arrow/record-batch.ts';
import type { Schema } from '../runtime/arrow/schema.ts';
import type { CallContext } from '../runtime/rpc/call-context.ts';
import { RpcError } from '../runtime/rpc/errors.ts';
import { batchKeys } from '../generated/vgi/ts/metadata.ts';
import type { ColumnOutput, ColumnType } from './column-types.ts';
import type { ScanPlan } from './scan-plan.ts';

/** Columns as declared: by name, with their types. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** One batch of a scan. All columns given have the same length. */
export type ScanBatch<C extends Columns> = { readonly [K in keyof C]?: ColumnOutput<C[K]> | Column };

/** How long a scan may go on without a row that passes before the client is given a turn, in milliseconds. */
const PATIENCE = 20;

/** The batches that the client gets, out of what a scan yields. */
export function scanBatches(
  name: string,
  batches: AsyncIterable<ScanBatch<Columns>> | Iterable<ScanBatch<Columns>>,
  plan: ScanPlan,
  call: CallContext,
): AsyncIterable<RecordBatch> | Iterable<RecordBatch> {
  const turns = new Turns(name, plan, call);
  return Symbol.asyncIterator in batches ? batchesAsync(batches, turns) : batchesSync(batches as Iterable<ScanBatch<Columns>>, turns);
}

async function* batchesAsync(source: AsyncIterable<ScanBatch<Columns>>, turns: Turns): AsyncGenerator<RecordBatch> {
  turns.begin();
  for await (const given of source) {
    const batch = turns.take(given);
    if (!batch) continue;
    yield batch;
    turns.begin();
  }
}

function* batchesSync(source: Iterable<ScanBatch<Columns>>, turns: Turns): Generator<RecordBatch> {
  turns.begin();
  for (const given of source) {
    const batch = turns.take(given);
    if (!batch) continue;
    yield batch;
    turns.begin();
  }
}

/** The turns of a stream: each brings news of the filters and ends with one batch. */
class Turns {
  private readonly name: string;
  private readonly plan: ScanPlan;
  private readonly call: CallContext;
  private begun = 0;

  constructor(name: string, plan: ScanPlan, call: CallContext) {
    this.name = name;
    this.plan = plan;
    this.call = call;
  }

  /** Before the scan is asked for a batch. */
  begin(): void {
    const news = this.call.inputMetadata.get(batchKeys.pushdownFilters);
    if (news !== undefined) this.plan.filters.update(news);
    if (this.plan.filter) this.begun = performance.now();
  }

  /** The client's batch, or `undefined` to go on: each batch costs a round trip, which one without rows is not worth. */
  take(given: ScanBatch<Columns>): RecordBatch | undefined {
    const { filter, schema, output } = this.plan;
    const batch = scanBatch(this.name, given, schema);
    if (!filter) return batch;
    const passed = filter.apply(batch, output.fields.length);
    return passed.numRows > 0 || performance.now() - this.begun > PATIENCE ? passed : undefined;
  }
}

/** The columns that are needed, out of what the scan gave. */
function scanBatch(name: string, given: ScanBatch<Columns>, output: Schema): RecordBatch {
  let numRows: number | undefined;
  const columns = output.fields.map((wanted) => {
    const values = given[wanted.name];
    if (values === undefined) throw new RpcError(`${name}: the scan gave no column "${wanted.name}"`, { type: 'ValueError' });
    const column = values instanceof Column ? values : columnFrom(wanted.type, values as readonly unknown[]);
    numRows ??= column.length;
    if (column.length !== numRows) {
      throw new RpcError(`${name}: column "${wanted.name}" has ${column.length} rows, the first one has ${numRows}`, { type: 'ValueError' });
    }
    return column;
  });
  return RecordBatch.of(output, columns, { numRows: numRows ?? 0 });
}
