import { batchCases } from './codec-batch-cases.ts';
import { runCases } from './codec-case.ts';
import { recordCases } from './codec-record-cases.ts';

/** Prints a line for every case; false if one misses its goal. */
export function run(): boolean {
  return runCases([...recordCases(), ...batchCases()]);
}
