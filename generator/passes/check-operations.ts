import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { ModelBuild } from '../model/build-model.ts';
import type { Method, Operation } from '../model/model.ts';
import { placeText } from '../model/type-text.ts';
import { ValueFit } from './value-fit.ts';

/** Every operation is either required or has a default that its method can answer. */
export function checkOperations(build: ModelBuild, diagnostics: DiagnosticCollector): void {
  const fit = new ValueFit(build.model);
  for (const method of build.model.methods) {
    if (method.operation !== undefined) checkOperation(build, method, method.operation, fit, diagnostics);
  }
}

function checkOperation({ origins }: ModelBuild, method: Method, operation: Operation, fit: ValueFit, diagnostics: DiagnosticCollector): void {
  const owner = origins.label(method);
  const fallback = operation.default;
  if (fallback === undefined) {
    if (!operation.required) diagnostics.report('operation-undecided', origins.node(method).get('operation')?.keyRange ?? method.range, { owner });
    return;
  }
  const range = origins.range(method, 'operation', 'default');
  const returns = origins.node(method).get('result')?.value;
  const isVoid = method.kind === 'unary' && returns === 'void';
  if (fallback.kind === 'no_op' && !isVoid) {
    const reason = method.kind === 'unary' ? 'it has to return something' : 'it has to stream something';
    diagnostics.report('operation-default', range, { default: 'no_op', owner, reason }, { hint: 'only void methods can do nothing.' });
  }
  if (fallback.kind !== 'constant') return;
  if (method.result === undefined) {
    const reason = isVoid ? 'it is void' : 'it has no result that can be read';
    if (isVoid || method.kind !== 'unary') diagnostics.report('operation-default', range, { default: 'constant', owner, reason }, isVoid ? { hint: 'write `default: no_op`.' } : {});
    return;
  }
  const misfit = fit.misfit(fallback.value, method.result.type);
  if (misfit === undefined) return;
  const where = origins.range(method, 'operation', 'default', 'constant');
  let node = origins.node(method).get('operation')?.get('default')?.get('constant');
  for (const step of misfit.path) node = node?.get(step) ?? node;
  diagnostics.report('default-mismatch', node?.range ?? where, { owner: `the constant of ${owner}, which returns \`${placeText(method.result.type)}\`,`, type: misfit.expected, actual: misfit.actual });
}
