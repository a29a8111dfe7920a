import type { DataType } from '../../runtime/arrow/type.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';

/** What is pushed down breaks the filter encoding, or asks for something that cannot be evaluated exactly. */
export function filterError(message: string, cause?: unknown): RpcError {
  return new RpcError(`pushed filters: ${message}`, { type: 'FilterError', cause });
}

/** A value that an expression cannot be computed for, as DuckDB would fail too: a cast or a sum that overflows. */
export function evaluationError(message: string): RpcError {
  return new RpcError(`filter: ${message}`, { type: 'FilterEvaluationError' });
}

/** A value has no counterpart in the type that it is cast to. */
export function castFailed(value: unknown, to: DataType): RpcError {
  return evaluationError(`cannot cast ${JSON.stringify(String(value))} to ${typeName(to)}`);
}
