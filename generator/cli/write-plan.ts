import { createDiagnostic, wholeFile, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { applyPlan } from '../plan/apply.ts';
import type { Plan } from '../plan/plan.ts';

/** Applies a plan; a refusal of the file system is the user's to settle, and given back. */
export function writePlan(folder: string, plan: Plan): Diagnostic | undefined {
  try {
    applyPlan(folder, plan);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const path = plan.write[0]?.path ?? plan.delete[0]?.path ?? '.';
    return createDiagnostic('write-failed', wholeFile(path), { reason: error.message });
  }
}
