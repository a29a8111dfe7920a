import { RecordBatch } from '../../../runtime/arrow/record-batch.ts';
import { recordValues } from '../../emit/vectors/record-values.ts';
import { layoutSchema } from '../../layout/arrow-schema.ts';
import type { Layout, Layouts } from '../../layout/layouts.ts';
import { schemaDifference, valueDifference } from './first-difference.ts';

export interface RecordDifference {
  readonly in: 'schema' | 'values';
  readonly problem: string;
}

/** What is wrong with the bytes of a record of a layout that should hold `values`, the first thing of it; `undefined` if nothing is. */
export function recordDifference(layouts: Layouts, layout: Layout, values: unknown, bytes: Uint8Array): RecordDifference | undefined {
  try {
    const batch = RecordBatch.fromIpc(bytes);
    const schema = schemaDifference(batch.schema, layoutSchema(layouts, layout));
    if (schema !== undefined) return { in: 'schema', problem: schema };
    const difference = valueDifference(recordValues(layouts, layout, batch), values);
    return difference && { in: 'values', problem: `the value at ${difference.path} is ${difference.found}, not ${difference.wanted}` };
  } catch (error) {
    return { in: 'values', problem: error instanceof Error ? error.message : String(error) };
  }
}
