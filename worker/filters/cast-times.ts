import type { DataType, TimeUnit } from '../../runtime/arrow/type.ts';
import type { CastValue } from './cast-values.ts';
import { castFailed } from './filter-error.ts';

const unitsPerSecond: Record<TimeUnit, bigint> = { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n };
const SECONDS_PER_DAY = 86_400n;
const MILLISECONDS_PER_DAY = 86_400_000;
const DATE_INFINITY = 0x7fff_ffff;
const TIMESTAMP_INFINITY = 0x7fff_ffff_ffff_ffffn;
const INT64_MIN = -(1n << 63n);

/** Casts among dates, times and timestamps, as far as DuckDB has them without a time zone. */
export function timeToTime(from: DataType, to: DataType): CastValue | undefined {
  if (isZoned(from) !== isZoned(to)) return undefined;
  if (from.kind === 'date' && from.unit === 'day' && to.kind === 'timestamp') return (value) => dateToTimestamp(value as number, to);
  if (from.kind === 'timestamp' && to.kind === 'date' && to.unit === 'day') {
    const perDay = unitsPerSecond[from.unit] * SECONDS_PER_DAY;
    return (value) => (isInfinite(value as bigint) ? ((value as bigint) < 0n ? -DATE_INFINITY : DATE_INFINITY) : Number(floorDivide(value as bigint, perDay)));
  }
  if (from.kind === 'timestamp' && to.kind === 'time' && to.bits === 64) {
    const perDay = unitsPerSecond[to.unit] * SECONDS_PER_DAY;
    const scale = scaler(from.unit, to.unit);
    return (value) => {
      if (isInfinite(value as bigint)) throw castFailed(value, to);
      return ((scale(value as bigint) % perDay) + perDay) % perDay;
    };
  }
  if (from.kind === 'timestamp' && to.kind === 'timestamp') {
    // DuckDB goes to coarser units from microseconds only, and from nanoseconds to those.
    if (unitsPerSecond[to.unit] < unitsPerSecond[from.unit] && from.unit !== 'us' && to.unit !== 'us') return undefined;
    const scale = scaler(from.unit, to.unit);
    return (value) => {
      if (isInfinite(value as bigint)) return value;
      const scaled = scale(value as bigint);
      if (scaled >= TIMESTAMP_INFINITY || scaled < INT64_MIN) throw castFailed(value, to);
      return scaled;
    };
  }
  if (from.kind === 'time' && to.kind === 'time' && from.bits === 64 && to.bits === 64) {
    const scale = scaler(from.unit, to.unit);
    return (value) => scale(value as bigint);
  }
  return undefined;
}

const isZoned = (type: DataType): boolean => type.kind === 'timestamp' && type.timezone !== undefined;

const isInfinite = (value: bigint): boolean => value === TIMESTAMP_INFINITY || value === -TIMESTAMP_INFINITY;

function dateToTimestamp(days: number, to: Extract<DataType, { kind: 'timestamp' }>): bigint {
  if (days === DATE_INFINITY) return TIMESTAMP_INFINITY;
  if (days === -DATE_INFINITY) return -TIMESTAMP_INFINITY;
  const value = BigInt(days) * SECONDS_PER_DAY * unitsPerSecond[to.unit];
  if (value >= TIMESTAMP_INFINITY || value < INT64_MIN) throw castFailed(days, to);
  return value;
}

/** Brings a value to another unit; to a coarser one by rounding, half away from 0, but cutting off nanoseconds. */
function scaler(from: TimeUnit, to: TimeUnit): (value: bigint) => bigint {
  const [source, target] = [unitsPerSecond[from], unitsPerSecond[to]];
  if (target >= source) return (value) => value * (target / source);
  const divisor = source / target;
  if (from === 'ns') return (value) => value / divisor;
  return (value) => (value < 0n ? value - divisor / 2n : value + divisor / 2n) / divisor;
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}

/** Casts of dates, times and timestamps without a zone to text. */
export function timeToText(from: DataType, to: DataType): CastValue | undefined {
  if (to.kind !== 'utf8' && to.kind !== 'large_utf8') return undefined;
  if (from.kind === 'date' && from.unit === 'day') return (value) => (Math.abs(value as number) === DATE_INFINITY ? infinityText((value as number) < 0) : dateText(value as number));
  if (from.kind === 'time' && from.bits === 64) return (value) => clockText(value as bigint, unitsPerSecond[from.unit]);
  if (from.kind !== 'timestamp' || from.timezone !== undefined) return undefined;
  const perSecond = unitsPerSecond[from.unit];
  return (value) => {
    if (isInfinite(value as bigint)) return infinityText((value as bigint) < 0n);
    const days = floorDivide(value as bigint, perSecond * SECONDS_PER_DAY);
    const [date, era] = splitEra(dateText(Number(days)));
    return `${date} ${clockText((value as bigint) - days * perSecond * SECONDS_PER_DAY, perSecond)}${era}`;
  };
}

const infinityText = (negative: boolean): string => (negative ? '-infinity' : 'infinity');

function splitEra(date: string): [string, string] {
  return date.endsWith(' (BC)') ? [date.slice(0, -5), ' (BC)'] : [date, ''];
}

function dateText(days: number): string {
  const { year, month, day } = civilDate(days);
  const two = (part: number): string => String(part).padStart(2, '0');
  const shown = String(year > 0 ? year : 1 - year).padStart(4, '0');
  return `${shown}-${two(month)}-${two(day)}${year > 0 ? '' : ' (BC)'}`;
}

/** Years beyond the range of JS dates are brought into it by whole cycles of 400 years. */
function civilDate(days: number): { year: number; month: number; day: number } {
  const daysPerCycle = 146_097;
  const cycles = Math.floor(days / daysPerCycle);
  const date = new Date((days - cycles * daysPerCycle) * MILLISECONDS_PER_DAY);
  return { year: date.getUTCFullYear() + cycles * 400, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Time of day; a fraction has three digits, or six, or nine, as many as it needs. */
function clockText(value: bigint, perSecond: bigint): string {
  const seconds = Number(value / perSecond);
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const clock = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  const digits = String(value % perSecond).padStart(String(perSecond).length - 1, '0').replace(/0+$/, '');
  return digits === '' ? clock : `${clock}.${digits}`;
}

const DATE = /^\s*(\d{1,6})-(\d{1,2})-(\d{1,2})(?!\d)(.*)$/s;
const CLOCK = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?\s*$/;

/** Casts of ISO text to date, time and timestamp without a zone. */
export function textToTime(to: DataType): CastValue | undefined {
  if (to.kind === 'date' && to.unit === 'day') return (value) => parseDate(value as string, to).days;
  if (to.kind === 'time' && to.bits === 64) {
    const scale = rounder(to.unit);
    return (value) => {
      const text = (value as string).trimStart();
      // A timestamp will do for a time, too.
      if (infinityOf(text) !== 0) throw castFailed(value, to);
      return scale(CLOCK.test(text) ? parseClock(text, value, to) : timeOfDay(parseTimestamp(text, to)));
    };
  }
  if (to.kind !== 'timestamp' || to.timezone !== undefined) return undefined;
  const scale = rounder(to.unit);
  return (value) => {
    const text = value as string;
    const infinity = infinityOf(text);
    if (infinity !== 0) return BigInt(infinity) * TIMESTAMP_INFINITY;
    const result = scale(parseTimestamp(text, to));
    if (result >= TIMESTAMP_INFINITY || result < INT64_MIN) throw castFailed(value, to);
    return result;
  };
}

function timeOfDay(nanoseconds: bigint): bigint {
  const perDay = SECONDS_PER_DAY * unitsPerSecond.ns;
  return ((nanoseconds % perDay) + perDay) % perDay;
}

/** Nanoseconds since 1970-01-01. */
function parseTimestamp(text: string, to: DataType): bigint {
  const { days, tail } = parseDate(text, to);
  const clock = tail.replace(/^[T ]\s*|\s+$/g, '');
  const time = clock === '' ? 0n : parseClock(clock, text, to);
  return BigInt(days) * SECONDS_PER_DAY * unitsPerSecond.ns + time;
}

/** -1 or 1 for what DuckDB takes as an infinity. */
function infinityOf(text: string): number {
  const found = /^\s*(-?)inf(?:inity)?\s*$/i.exec(text);
  return found ? (found[1] === '-' ? -1 : 1) : 0;
}

/** A date, and what follows it. */
function parseDate(text: string, to: DataType): { days: number; tail: string } {
  const infinity = infinityOf(text);
  if (infinity !== 0) return { days: infinity * DATE_INFINITY, tail: '' };
  const [, year, month, day, tail] = DATE.exec(text) ?? [];
  if (year === undefined) throw castFailed(text, to);
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day)) throw castFailed(text, to);
  return { days: date.getTime() / MILLISECONDS_PER_DAY, tail: tail as string };
}

/** Nanoseconds since midnight; 24:00:00 is the last of them. */
function parseClock(text: string, given: unknown, to: DataType): bigint {
  const [, hour, minute, second = '0', fraction = ''] = CLOCK.exec(text) ?? [];
  if (hour === undefined) throw castFailed(given, to);
  const nanoseconds = BigInt(Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * unitsPerSecond.ns + BigInt(fraction.padEnd(9, '0'));
  if (Number(minute) > 59 || Number(second) > 59 || nanoseconds > SECONDS_PER_DAY * unitsPerSecond.ns) throw castFailed(given, to);
  return nanoseconds;
}

/** Nanoseconds in a unit; digits beyond microseconds are cut off first, the rest is rounded. */
function rounder(unit: TimeUnit): (nanoseconds: bigint) => bigint {
  if (unit === 'ns') return (value) => value;
  const scale = scaler('us', unit);
  return (value) => scale(floorDivide(value, 1000n));
}
