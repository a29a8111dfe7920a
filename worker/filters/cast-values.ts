import type { DataType, DecimalType } from '../../runtime/arrow/type.ts';
import { typeEquals } from '../../runtime/arrow/type-equals.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';
import { rangeOf } from './arithmetic.ts';
import { textToTime, timeToText, timeToTime } from './cast-times.ts';
import { castFailed, filterError } from './filter-error.ts';
import { formatDecimal, formatFloat, parseFloatText, parseNumberText } from './number-text.ts';

export type CastValue = (value: unknown) => unknown;

/** A cast of values that are not null, with the results and failures of DuckDB 1.5.5. Throws a `FilterError` for a cast that is not supported. */
export function castOf(from: DataType, to: DataType): CastValue {
  if (from.kind === 'dictionary') return castOf(from.value, to);
  if (typeEquals(from, to) || from.kind === 'null') return (value) => value;
  const cast = fromBool(from, to) ?? fromInteger(from, to) ?? fromFloat(from, to) ?? fromText(from, to) ?? timeToTime(from, to) ?? timeToText(from, to);
  if (!cast) throw filterError(`the cast from ${typeName(from)} to ${typeName(to)} cannot be evaluated`);
  return cast;
}

const isText = ({ kind }: DataType): boolean => kind === 'utf8' || kind === 'large_utf8';

function fromBool(from: DataType, to: DataType): CastValue | undefined {
  if (from.kind !== 'bool') return undefined;
  if (isText(to)) return String;
  if (to.kind === 'float') return Number;
  const whole = toWhole(to);
  return whole && ((value) => whole(value ? 1n : 0n, 0, value));
}

/** From integers and decimals. */
function fromInteger(from: DataType, to: DataType): CastValue | undefined {
  if (from.kind !== 'int' && from.kind !== 'decimal') return undefined;
  const scale = from.kind === 'decimal' ? from.scale : 0;
  if (to.kind === 'bool') return (value) => BigInt(value as bigint) !== 0n;
  if (isText(to)) return from.kind === 'decimal' ? (value) => formatDecimal(value as bigint, scale) : String;
  if (to.kind === 'float') {
    const round = to.bits === 64 ? Number : Math.fround;
    const power = 10 ** scale;
    return (value) => round(Number(value) / power);
  }
  const whole = toWhole(to);
  return whole && ((value) => whole(BigInt(value as bigint), scale, value));
}

function fromFloat(from: DataType, to: DataType): CastValue | undefined {
  if (from.kind !== 'float') return undefined;
  if (to.kind === 'bool') return (value) => value !== 0;
  // How DuckDB prints a FLOAT is not settled by its value: sometimes the fewest digits, sometimes all of them.
  if (isText(to)) return from.bits === 64 ? (value) => formatFloat(value as number) : undefined;
  if (to.kind === 'float') {
    if (to.bits === 64) return (value) => value;
    return (value) => {
      const rounded = Math.fround(value as number);
      if (!Number.isFinite(rounded) && Number.isFinite(value)) throw castFailed(value, to);
      return rounded;
    };
  }
  if (to.kind === 'decimal') return floatToDecimal(to, from.bits === 64 ? (value) => value : Math.fround);
  const whole = toWhole(to);
  return whole && ((value) => {
    if (!Number.isFinite(value)) throw castFailed(value, to);
    return whole(BigInt(roundHalfEven(value as number)), 0, value);
  });
}

/** DuckDB scales in the precision of the float, and nudges away from 0 by a billionth before it rounds. */
function floatToDecimal(to: DecimalType, round: (value: number) => number): CastValue {
  const power = round(10 ** to.scale);
  return (given) => {
    const value = given as number;
    const nudged = round(value * power) + Math.sign(value) * 1e-9;
    if (!(Math.abs(nudged) < 10 ** to.precision)) throw castFailed(value, to);
    return BigInt(roundHalfEven(nudged));
  };
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

function fromText(from: DataType, to: DataType): CastValue | undefined {
  if (!isText(from)) return undefined;
  if (isText(to)) return (value) => value;
  if (to.kind === 'bool') return (value) => textToBool(value as string, to);
  if (to.kind === 'float') {
    const round = to.bits === 64 ? (value: number): number => value : Math.fround;
    return (value) => {
      const parsed = parseFloatText(value as string);
      if (parsed === undefined) throw castFailed(value, to);
      return round(parsed);
    };
  }
  const whole = toWhole(to);
  if (!whole) return textToTime(to);
  return (value) => {
    const number = parseNumberText(value as string);
    if (!number) throw castFailed(value, to);
    return whole(number.digits, number.scale, value);
  };
}

function textToBool(text: string, to: DataType): boolean {
  const word = text.toLowerCase();
  if (['true', 't', '1', 'yes', 'y'].includes(word)) return true;
  if (['false', 'f', '0', 'no', 'n'].includes(word)) return false;
  throw castFailed(text, to);
}

/** Brings `digits / 10^scale` to an integer or decimal type, half away from 0; fails out of its range. */
function toWhole(to: DataType): ((digits: bigint, scale: number, given: unknown) => unknown) | undefined {
  const range = rangeOf(to);
  if (!range) return undefined;
  const target = to.kind === 'decimal' ? to.scale : 0;
  return (digits, scale, given) => {
    const value = scale <= target ? digits * 10n ** BigInt(target - scale) : divideRounded(digits, 10n ** BigInt(scale - target));
    if (value < range.low || value > range.high) throw castFailed(given, to);
    return range.asNumber ? Number(value) : value;
  };
}

function divideRounded(value: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return (value < 0n ? value - half : value + half) / divisor;
}
