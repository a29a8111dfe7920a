import type { Column } from '../../runtime/arrow/column.ts';
import type { DataType } from '../../runtime/arrow/type.ts';
import { typeEquals } from '../../runtime/arrow/type-equals.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import { LimitError } from '../declare/argument-limits.ts';
import { givenArguments, type NamedArgument } from '../declare/arguments.ts';
import type { BindCall } from '../call/bind-call.ts';
import type { DeclaredFunction } from '../call/declared-function.ts';

/**
 * The overload of a call: of those whose `check` lets it pass the one whose declared types are nearest to what is given; the first of
 * several that are. Throws what the only one throws, or a `LimitError` of one that is nearer than any that passes; else an RpcError that says
 * that there is none.
 */
export function chosenOverload<F extends DeclaredFunction>(overloads: readonly F[], call: BindCall): F {
  const [only, another] = overloads;
  if (only && !another) {
    only.check(call);
    return only;
  }
  const problems: unknown[] = [];
  const nearestFirst = overloads.map((candidate) => ({ candidate, far: distance(candidate, call) })).sort((left, right) => left.far - right.far);
  for (const { candidate } of nearestFirst) {
    try {
      candidate.check(call);
      return candidate;
    } catch (error) {
      if (error instanceof LimitError) throw error;
      problems.push(error);
    }
  }
  throw noOverload(call, problems);
}

function noOverload(call: BindCall, problems: readonly unknown[]): RpcError {
  const reasons = problems.map((problem) => (problem instanceof Error ? problem.message : String(problem)));
  return new RpcError(`no overload of ${call.request.functionName} takes these arguments: ${[...new Set(reasons)].join('; ')}`, { type: 'ValueError' });
}

/** How far the types of a call are from the declared ones; squares, so that one far step weighs more than two near ones. */
function distance({ arguments: list }: DeclaredFunction, call: BindCall): number {
  const given = givenArguments(call.arguments);
  const constants = [...given].filter(([key]) => key.startsWith('positional_')).map(([, column]: [string, Column]) => column.type);
  const declared = (place: number, positional: readonly NamedArgument[]): NamedArgument | undefined => positional[place] ?? list.varargs;
  const steps = [
    ...constants.map((type, place) => step(declared(place, list.constants), type)),
    ...(call.input?.fields ?? []).map(({ type }, place) => step(declared(place, list.columns), type)),
  ];
  return steps.reduce((sum, each) => sum + each ** 2, 0);
}

/** 0 for the same type, 1 for another width of the same kind, 2 for another kind, 3 for an argument of any type. */
function step(argument: NamedArgument | undefined, given: DataType): number {
  if (!argument) return 3;
  const { any, type } = argument.columnType;
  if (any) return 3;
  if (typeEquals(type, given)) return 0;
  return type.kind === given.kind || (type.kind === 'float' && given.kind === 'decimal') ? 1 : 2;
}
