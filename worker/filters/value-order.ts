import type { Interval } from '../../runtime/arrow/column.ts';
import type { DataType, TimeUnit } from '../../runtime/arrow/type.ts';
import { asDecimal, commonNumericType, isNumeric } from './numeric-types.ts';

/** Order of two values that are not null: negative, 0 or positive. */
export type ValueOrder = (left: unknown, right: unknown) => number;

const MILLISECONDS_PER_DAY = 86_400_000n;
const nanosecondsPer: Record<TimeUnit, bigint> = { s: 1_000_000_000n, ms: 1_000_000n, us: 1_000n, ns: 1n };

/**
 * The order of DuckDB 1.5.5 over values of two comparable types: NaN is the largest float and equal to itself, text goes by its bytes, inside
 * lists and structs NULL is the largest value and equal to itself.
 */
export function valueOrder(left: DataType, right: DataType): ValueOrder {
  if (left.kind === 'dictionary') return valueOrder(left.value, right);
  if (right.kind === 'dictionary') return valueOrder(left, right.value);
  if (isNumeric(left) && isNumeric(right)) return numericOrder(left, right);
  switch (left.kind) {
    case 'bool':
      return (a, b) => Number(a) - Number(b);
    case 'utf8':
    case 'large_utf8':
      return (a, b) => compareText(a as string, b as string);
    case 'binary':
    case 'large_binary':
    case 'fixed_binary':
      return (a, b) => Buffer.compare(a as Uint8Array, b as Uint8Array);
    case 'date': {
      const [a, b] = [daysOf(left), daysOf(right)];
      return (x, y) => a(x) - b(y);
    }
    case 'time':
    case 'timestamp':
    case 'duration':
      return right.kind === left.kind && right.unit !== left.unit ? scaledOrder(left.unit, right.unit) : plainOrder;
    case 'interval':
      return (a, b) => compareIntervals(a as Interval, b as Interval);
    case 'list':
    case 'large_list':
    case 'fixed_list':
      return 'item' in right ? listOrder(nullsLargest(valueOrder(left.item.type, right.item.type))) : plainOrder;
    case 'struct': {
      const others = right.kind === 'struct' ? right.fields : [];
      return structOrder(left.fields.map(({ name, type }, i) => ({ left: name, right: others[i]?.name ?? name, order: nullsLargest(valueOrder(type, others[i]?.type ?? type)) })));
    }
    case 'map': {
      if (right.kind !== 'map') return plainOrder;
      const [key, value] = [valueOrder(left.key.type, right.key.type), nullsLargest(valueOrder(left.value.type, right.value.type))];
      const entries = listOrder((a, b) => {
        const [x, y] = [a as readonly unknown[], b as readonly unknown[]];
        return key(x[0], y[0]) || value(x[1], y[1]);
      });
      return (a, b) => entries([...(a as Map<unknown, unknown>)], [...(b as Map<unknown, unknown>)]);
    }
    default:
      return plainOrder;
  }
}

type Sortable = number | bigint;

const plainOrder: ValueOrder = (a, b) => ((a as Sortable) < (b as Sortable) ? -1 : (a as Sortable) > (b as Sortable) ? 1 : 0);

const floatOrder = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : a === b ? 0 : Number(Number.isNaN(a)) - Number(Number.isNaN(b)));

function numericOrder(left: Parameters<typeof commonNumericType>[0], right: Parameters<typeof commonNumericType>[1]): ValueOrder {
  const common = commonNumericType(left, right);
  if (common.kind === 'float') {
    const [a, b] = [floatOf(left, common.bits), floatOf(right, common.bits)];
    return (x, y) => floatOrder(a(x), b(y));
  }
  if (left.kind === 'float' || right.kind === 'float' || common.kind === 'int') return plainOrder;
  const [a, b] = [left, right].map((type) => 10n ** BigInt(common.scale - asDecimal(type as Parameters<typeof asDecimal>[0]).scale)) as [bigint, bigint];
  return (x, y) => plainOrder(BigInt(x as Sortable) * a, BigInt(y as Sortable) * b);
}

/** A number of any type as a float of a width. */
export function floatOf(type: DataType, bits: 16 | 32 | 64): (value: unknown) => number {
  const divisor = type.kind === 'decimal' ? 10 ** type.scale : 1;
  return bits === 64 ? (value) => Number(value) / divisor : (value) => Math.fround(Number(value) / divisor);
}

/** Texts by their UTF-8 bytes. JS orders UTF-16 units, which puts U+E000 to U+FFFF behind what needs surrogates. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    return x >= 0xd800 && y >= 0xd800 ? ((x + 0x2000) & 0xffff) - ((y + 0x2000) & 0xffff) : x - y;
  }
  return a.length - b.length;
}

function daysOf(type: DataType): (value: unknown) => number {
  return type.kind === 'date' && type.unit === 'ms' ? (value) => Number((value as bigint) / MILLISECONDS_PER_DAY) : (value) => value as number;
}

function scaledOrder(left: TimeUnit, right: TimeUnit): ValueOrder {
  const [a, b] = [nanosecondsPer[left], nanosecondsPer[right]];
  return (x, y) => plainOrder(BigInt(x as Sortable) * a, BigInt(y as Sortable) * b);
}

const DAYS_PER_MONTH = 30;
const MICROSECONDS_PER_DAY = 86_400_000_000n;

/** DuckDB carries whole days of microseconds over, then whole months of 30 days, and compares part by part. */
function compareIntervals(a: Interval, b: Interval): number {
  const [x, y] = [carried(a), carried(b)];
  return x.months - y.months || x.days - y.days || plainOrder(x.microseconds, y.microseconds);
}

function carried({ months, days, nanoseconds }: Interval): { months: number; days: number; microseconds: bigint } {
  const total = nanoseconds / 1000n;
  const allDays = days + Number(total / MICROSECONDS_PER_DAY);
  return { months: months + Math.trunc(allDays / DAYS_PER_MONTH), days: allDays % DAYS_PER_MONTH, microseconds: total % MICROSECONDS_PER_DAY };
}

function nullsLargest(order: ValueOrder): ValueOrder {
  return (a, b) => (a === null || b === null ? Number(a === null) - Number(b === null) : order(a, b));
}

function listOrder(item: ValueOrder): ValueOrder {
  return (left, right) => {
    const [a, b] = [left as readonly unknown[], right as readonly unknown[]];
    const shared = Math.min(a.length, b.length);
    for (let i = 0; i < shared; i++) {
      const order = item(a[i], b[i]);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  };
}

function structOrder(members: readonly { readonly left: string; readonly right: string; readonly order: ValueOrder }[]): ValueOrder {
  return (left, right) => {
    const [a, b] = [left as Readonly<Record<string, unknown>>, right as Readonly<Record<string, unknown>>];
    for (const member of members) {
      const order = member.order(a[member.left], b[member.right]);
      if (order !== 0) return order;
    }
    return 0;
  };
}
