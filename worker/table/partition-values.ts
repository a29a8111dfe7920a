import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import type { Column } from '../../runtime/arrow/column.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { type Field, field, Schema } from '../../runtime/arrow/schema.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import { columnKeys } from '../../generated/vgi/ts/metadata.ts';
import { valueOrder } from '../filters/value-order.ts';
import type { PartitionValues } from './scan-output.ts';

export const isPartitionColumn = ({ metadata }: Field): boolean => metadata.get(columnKeys.partitionColumn) === 'true';

/** Tells the bounds of the partition columns of each batch of a scan (vgi-semantics, section 13). */
export class PartitionBounds {
  readonly fields: readonly Field[];
  private readonly name: string;
  private readonly schema: Schema;
  /** The text of the bounds before, which neighbouring batches of one partition share. */
  private last: { readonly bounds: readonly unknown[]; readonly text: string } | undefined;

  constructor(name: string, fields: readonly Field[]) {
    this.name = name;
    this.fields = fields;
    this.schema = new Schema(fields.map((each) => field(each.name, each.type, true, each.metadata)));
  }

  /** Base64 of the bounds that the columns show, or that were given; `undefined` if nothing was to be told. */
  text(columnOf: (field: Field) => Column, given: PartitionValues | undefined): string | undefined {
    if (given && Object.keys(given).length === 0) return undefined;
    if (given) this.checkNames(given);
    const bounds = this.fields.flatMap((each): readonly unknown[] => (given ? givenBounds(given[each.name]) : columnBounds(columnOf(each))));
    if (this.last && bounds.every((value, index) => value === this.last?.bounds[index])) return this.last.text;
    const columns = this.fields.map(({ type }, index) => columnFrom(type, [bounds[2 * index], bounds[2 * index + 1]]));
    const text = Buffer.from(RecordBatch.of(this.schema, columns, { numRows: 2 }).toIpc()).toString('base64');
    this.last = { bounds, text };
    return text;
  }

  private checkNames(given: PartitionValues): void {
    for (const each of Object.keys(given)) {
      if (this.fields.some(({ name }) => name === each)) continue;
      throw new RpcError(`${this.name}: partition_values names "${each}", which is not a partition column; declare it with partitionColumn(...)`, { type: 'ValueError' });
    }
    const missing = this.fields.find(({ name }) => !Object.hasOwn(given, name));
    if (missing) throw new RpcError(`${this.name}: partition_values lacks the partition column "${missing.name}"`, { type: 'ValueError' });
  }
}

function givenBounds(value: unknown): readonly [unknown, unknown] {
  return Array.isArray(value) && value.length === 2 ? [value[0], value[1]] : [value ?? null, value ?? null];
}

/** Least and greatest value, NULLs aside; both null if there is nothing else. */
export function columnBounds(column: Column): readonly [unknown, unknown] {
  const order = valueOrder(column.type, column.type);
  let least: unknown = null;
  let greatest: unknown = null;
  for (const value of column.values()) {
    if (value === null || value === least) continue;
    if (least === null) {
      least = value;
      greatest = value;
    } else if (order(value, least) < 0) least = value;
    else if (value !== greatest && order(value, greatest) > 0) greatest = value;
  }
  return [least, greatest];
}
