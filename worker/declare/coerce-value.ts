import type { Column } from '../../runtime/arrow/column.ts';
import type { DataType, UnionType } from '../../runtime/arrow/type.ts';
import { typeEquals } from '../../runtime/arrow/type-equals.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';

/**
 * A constant as DuckDB typed it (integer literals are INTEGER or BIGINT, 0.5 is DECIMAL(2,1)) as a value of the declared type.
 * Throws a `TypeError` RpcError that starts with `subject` if that loses something or makes no sense.
 */
export function coerceValue(value: unknown, from: DataType, to: DataType, subject: string): unknown {
  if (typeEquals(from, to)) return value;
  const fail = (): never => {
    throw new RpcError(`${subject} takes ${typeName(to)}, got ${typeName(from)}`, { type: 'TypeError' });
  };
  switch (to.kind) {
    case 'int': {
      const whole = wholeNumber(value, from);
      if (whole === undefined) return fail();
      const [low, high] = to.signed ? [-(2n ** BigInt(to.bits - 1)), 2n ** BigInt(to.bits - 1) - 1n] : [0n, 2n ** BigInt(to.bits) - 1n];
      if (whole < low || whole > high) throw new RpcError(`${subject} takes ${typeName(to)}, ${whole} is out of its range`, { type: 'ValueError' });
      return to.bits === 64 ? whole : Number(whole);
    }
    case 'float':
      return numberOf(value, from) ?? fail();
    case 'decimal': {
      const whole = wholeNumber(value, from);
      if (whole !== undefined) return whole * 10n ** BigInt(to.scale);
      if (from.kind === 'decimal' && from.scale <= to.scale) return (value as bigint) * 10n ** BigInt(to.scale - from.scale);
      return fail();
    }
    case 'utf8':
    case 'large_utf8':
    case 'dictionary':
      if (to.kind === 'dictionary' && to.value.kind !== 'utf8') return fail();
      return typeof value === 'string' ? value : fail();
    case 'binary':
    case 'large_binary':
      return value instanceof Uint8Array ? value : fail();
    case 'duration':
      // DuckDB has no other type for a span of time than INTERVAL.
      if (from.kind === 'interval') return scaledTime(nanosecondsOf(value as Interval), { kind: 'duration', unit: 'ns' }, to, subject);
      return from.kind === 'duration' ? scaledTime(value as bigint, from, to, subject) : fail();
    case 'timestamp':
    case 'time':
      return from.kind === to.kind && typeof value === 'bigint' ? scaledTime(value, from, to, subject) : fail();
    case 'list':
    case 'large_list':
    case 'fixed_list': {
      if (from.kind !== 'list' && from.kind !== 'large_list' && from.kind !== 'fixed_list') return fail();
      const items = value as readonly unknown[];
      if (to.kind === 'fixed_list' && items.length !== to.size) return fail();
      const { item } = from;
      return items.map((element) => (element === null ? null : coerceValue(element, item.type, to.item.type, subject)));
    }
    case 'map': {
      if (from.kind !== 'map') return fail();
      const { key, value: item } = from;
      const member = (each: unknown): unknown => (each === null ? null : coerceValue(each, item.type, to.value.type, subject));
      return new Map([...(value as ReadonlyMap<unknown, unknown>)].map(([name, each]) => [coerceValue(name, key.type, to.key.type, subject), member(each)]));
    }
    case 'struct': {
      if (from.kind !== 'struct') return fail();
      const given = value as Readonly<Record<string, unknown>>;
      return Object.fromEntries(
        to.fields.map(({ name, type }) => {
          const source = from.fields.find((candidate) => candidate.name === name) ?? fail();
          const member = given[name] ?? null;
          return [name, member === null ? null : coerceValue(member, source.type, type, `${subject}.${name}`)];
        }),
      );
    }
    default:
      return fail();
  }
}

/** A member of a union with the name of its kind; the value is null for NULL. Throws like `coerceValue`. */
export function unionValue(column: Column, to: UnionType, subject: string): { readonly tag: string; readonly value: unknown } | null {
  const from = column.type;
  if (from.kind === 'null') return null;
  const source = from.kind === 'union' ? from.fields[from.typeIds.indexOf(column.typeIds?.[0] ?? -1)] : undefined;
  const target = to.fields.find(({ name }) => name === source?.name);
  if (!source || !target) throw new RpcError(`${subject} takes ${typeName(to)}, got ${typeName(from)}`, { type: 'TypeError' });
  const value = column.get(0);
  return { tag: source.name, value: value === null ? null : coerceValue(value, source.type, target.type, `${subject}.${source.name}`) };
}

/** An integer, or a decimal without a fraction. */
function wholeNumber(value: unknown, from: DataType): bigint | undefined {
  if (from.kind === 'int') return BigInt(value as number | bigint);
  if (from.kind !== 'decimal') return undefined;
  const divisor = 10n ** BigInt(from.scale);
  return (value as bigint) % divisor === 0n ? (value as bigint) / divisor : undefined;
}

function numberOf(value: unknown, from: DataType): number | undefined {
  if (from.kind === 'int' || from.kind === 'float') return Number(value);
  return from.kind === 'decimal' ? Number(value) / 10 ** from.scale : undefined;
}

const unitsPerSecond = { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n } as const;

interface Interval {
  readonly months: number;
  readonly days: number;
  readonly nanoseconds: bigint;
}

/** Months count as 30 days, as where DuckDB compares intervals. */
function nanosecondsOf({ months, days, nanoseconds }: Interval): bigint {
  return BigInt(months * 30 + days) * 86_400_000_000_000n + nanoseconds;
}

type TimeLike = Extract<DataType, { kind: 'timestamp' | 'duration' | 'time' }>;

function scaledTime(value: bigint, from: DataType, to: TimeLike, subject: string): bigint {
  const [source, target] = [unitsPerSecond[(from as TimeLike).unit], unitsPerSecond[to.unit]];
  if (target >= source) return value * (target / source);
  const divisor = source / target;
  if (value % divisor !== 0n) throw new RpcError(`${subject} takes ${typeName(to)}, the value is finer than that`, { type: 'ValueError' });
  return value / divisor;
}
