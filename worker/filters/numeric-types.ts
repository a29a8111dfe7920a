import { type DataType, decimal128, type DecimalType, float32, float64, int64, type IntType } from '../../runtime/arrow/type.ts';
import type { ArithmeticOperator } from './expression.ts';

/** HUGEINT: a product or sum may be one. Its 39 digits make it unlike any decimal of DuckDB. */
export const hugeint: DecimalType = decimal128(39, 0);

/** Widest decimal that DuckDB keeps in 64 bits, and widest of all. */
const MAX_WIDTH_INT64 = 18;
const MAX_WIDTH = 38;

type Numeric = Extract<DataType, { kind: 'int' | 'float' | 'decimal' }>;

export function isNumeric(type: DataType): type is Numeric {
  return type.kind === 'int' || type.kind === 'float' || type.kind === 'decimal';
}

/** The type in which DuckDB 1.5.5 compares two numbers of different types. */
export function commonNumericType(left: Numeric, right: Numeric): Numeric {
  if (left.kind === 'float' || right.kind === 'float') {
    return (left.kind === 'float' && left.bits === 64) || (right.kind === 'float' && right.bits === 64) ? float64 : float32;
  }
  if (left.kind === 'decimal' || right.kind === 'decimal') {
    const [a, b] = [asDecimal(left), asDecimal(right)];
    const scale = Math.max(a.scale, b.scale);
    return decimal128(Math.min(MAX_WIDTH, scale + Math.max(a.precision - a.scale, b.precision - b.scale)), scale);
  }
  return commonIntType(left, right);
}

function commonIntType(left: IntType, right: IntType): Numeric {
  if (left.signed === right.signed) return left.bits >= right.bits ? left : right;
  const [signed, unsigned] = left.signed ? [left, right] : [right, left];
  if (signed.bits > unsigned.bits) return signed;
  return unsigned.bits === 64 ? hugeint : int64;
}

/** An integer type as the decimal that holds all its values. */
export function asDecimal(type: IntType | DecimalType): DecimalType {
  if (type.kind === 'decimal') return type;
  return decimal128({ 8: 3, 16: 5, 32: 10, 64: type.signed ? 19 : 20 }[type.bits], 0);
}

/** Type of a sum, product and so on, as DuckDB 1.5.5 binds it; `undefined` where it has no such operator. */
export function arithmeticType(operator: ArithmeticOperator, left: DataType, right: DataType): Numeric | undefined {
  if (!isNumeric(left) || !isNumeric(right)) return undefined;
  if (operator === 'divide') return float64;
  if (left.kind !== 'decimal' && right.kind !== 'decimal') return commonNumericType(left, right);
  if (left.kind === 'float' || right.kind === 'float') return commonNumericType(left, right);
  const [a, b] = [asDecimal(left), asDecimal(right)];
  const widest = Math.max(a.precision, b.precision);
  if (operator === 'multiply') {
    const scale = a.scale + b.scale;
    return scale > MAX_WIDTH ? undefined : decimal128(capped(a.precision + b.precision, widest, scale < MAX_WIDTH_INT64), scale);
  }
  const scale = Math.max(a.scale, b.scale);
  const digits = Math.max(scale + Math.max(a.precision - a.scale, b.precision - b.scale), widest);
  if (operator === 'modulo') return digits > MAX_WIDTH ? float64 : decimal128(digits, scale);
  return decimal128(capped(digits + 1, widest, true), scale);
}

/** Results stay in 64 bits where the operands are, at the price of overflows. */
function capped(digits: number, widest: number, staysInt64: boolean): number {
  if (digits > MAX_WIDTH_INT64 && widest <= MAX_WIDTH_INT64 && staysInt64) return MAX_WIDTH_INT64;
  return Math.min(digits, MAX_WIDTH);
}
