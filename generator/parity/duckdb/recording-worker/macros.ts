import { field, float64, RecordBatch, Schema } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';

const defaults = new Schema([field('rate', float64, true)]);

export const macros: readonly vgi.MacroInfo[] = [
  vgi.newMacroInfo({
    name: 'add_tax',
    schemaPath: ['main'],
    macroType: vgi.MacroType.SCALAR,
    parameters: ['net', 'rate'],
    parameterDefaultValues: RecordBatch.of(defaults, [[0.5]]),
    definition: 'net * (1 + rate)',
  }),
  vgi.newMacroInfo({ name: 'first_numbers', schemaPath: ['main'], macroType: vgi.MacroType.TABLE, parameters: ['n'], definition: 'SELECT * FROM range(n) t(i)' }),
];
