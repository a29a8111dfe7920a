import type { DataType } from '../../runtime/arrow/type.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';
import type { ArithmeticOperator } from './expression.ts';
import { evaluationError, filterError } from './filter-error.ts';
import { hugeint } from './numeric-types.ts';
import { floatOf } from './value-order.ts';

type Compute = (left: unknown, right: unknown) => unknown;

const symbols: Record<ArithmeticOperator, string> = { add: '+', subtract: '-', multiply: '*', divide: '/', modulo: '%' };

/** An operator over values that are not null, as DuckDB 1.5.5 computes it: overflows fail, a remainder of 0 is NULL. */
export function arithmeticOf(operator: ArithmeticOperator, left: DataType, right: DataType, result: DataType): Compute {
  if (result.kind === 'float') {
    const [a, b] = [floatOf(left, result.bits), floatOf(right, result.bits)];
    const round = result.bits === 64 ? (value: number): number => value : Math.fround;
    if (operator === 'add') return (x, y) => round(a(x) + b(y));
    if (operator === 'subtract') return (x, y) => round(a(x) - b(y));
    if (operator === 'multiply') return (x, y) => round(a(x) * b(y));
    throw filterError(`"${operator}" of floats cannot be evaluated`);
  }
  const range = rangeOf(result);
  if (!range) throw filterError(`"${operator}" of ${typeName(left)} and ${typeName(right)} cannot be evaluated`);
  // Products need no common scale, sums and remainders do.
  const scale = result.kind === 'decimal' && operator !== 'multiply' ? result.scale : undefined;
  const [a, b] = [wholeOf(left, scale), wholeOf(right, scale)];
  const fit = (value: bigint, x: unknown, y: unknown): unknown => {
    if (value < range.low || value > range.high) throw evaluationError(`overflow in ${String(x)} ${symbols[operator]} ${String(y)} of type ${typeName(result)}`);
    return range.asNumber ? Number(value) : value;
  };
  switch (operator) {
    case 'add':
      return (x, y) => fit(a(x) + b(y), x, y);
    case 'subtract':
      return (x, y) => fit(a(x) - b(y), x, y);
    case 'multiply':
      return (x, y) => fit(a(x) * b(y), x, y);
    case 'modulo':
      return (x, y) => {
        const divisor = b(y);
        if (divisor === 0n) return null;
        // The quotient behind the remainder overflows; DuckDB computes those of fewer bits in 32.
        if (divisor === -1n && result.kind === 'int' && result.bits >= 32 && a(x) === range.low) return fit(-range.low, x, y);
        return fit(a(x) % divisor, x, y);
      };
    default:
      throw filterError(`"${operator}" cannot be evaluated`);
  }
}

/** Minus of a value that is not null. */
export function negationOf(type: DataType): (value: unknown) => unknown {
  if (type.kind === 'float') return (value) => -(value as number);
  const subtract = arithmeticOf('subtract', type, type, type);
  const zero = type.kind === 'int' && type.bits < 64 ? 0 : 0n;
  return (value) => subtract(zero, value);
}

/** Least and greatest whole number (of a decimal: unscaled) of a type, and whether JS has it as a `number`. */
export function rangeOf(type: DataType): { readonly low: bigint; readonly high: bigint; readonly asNumber: boolean } | undefined {
  if (type.kind === 'decimal' && type.precision === hugeint.precision) return { low: -(1n << 127n), high: (1n << 127n) - 1n, asNumber: false };
  if (type.kind === 'decimal') {
    const high = 10n ** BigInt(type.precision) - 1n;
    return { low: -high, high, asNumber: false };
  }
  if (type.kind !== 'int') return undefined;
  const asNumber = type.bits < 64;
  if (!type.signed) return { low: 0n, high: (1n << BigInt(type.bits)) - 1n, asNumber };
  return { low: -(1n << BigInt(type.bits - 1)), high: (1n << BigInt(type.bits - 1)) - 1n, asNumber };
}

function wholeOf(type: DataType, scale: number | undefined): (value: unknown) => bigint {
  const factor = scale === undefined ? 1n : 10n ** BigInt(scale - (type.kind === 'decimal' ? type.scale : 0));
  return factor === 1n ? (value) => BigInt(value as bigint | number) : (value) => BigInt(value as bigint | number) * factor;
}
