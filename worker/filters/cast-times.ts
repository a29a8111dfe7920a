import type { DataType, TimeUnit } from '../../runtime/arrow/type.ts';
import type { CastValue } from './cast-values.ts';
import { castFailed } from './filter-error.ts';

const unitsPerSecond: Record<TimeUnit, bigint> = { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n };
const SECONDS_PER_DAY = 86_400n;
const MILLISECONDS_PER_DAY = 86_400_000;
const DATE_INFINITY = 0x7fff_ffff;
const TIMESTAMP_INFINITY = 0x7fff_ffff_ffff_ffffn;
const INT64_MIN = -(1n << 63n);

/** Casts among dates, times and timestamps of all units. */
export function timeToTime(from: DataType, to: DataType): CastValue | undefined {
  if (from.kind === 'date' && from.unit === 'day' && to.kind === 'timestamp') return (value) => dateToTimestamp(value as number, to);
  if (from.kind === 'timestamp' && to.kind === 'date' && to.unit === 'day') {
    const perDay = unitsPerSecond[from.unit] * SECONDS_PER_DAY;
    return (value) => (isInfinite(value as bigint) ? ((value as bigint) < 0n ? -DATE_INFINITY : DATE_INFINITY) : Number(floorDivide(value as bigint, perDay)));
  }
  if (from.kind === 'timestamp' && to.kind === 'time' && to.bits === 64) {
    const perDay = unitsPerSecond[from.unit] * SECONDS_PER_DAY;
    const scale = scaler(from.unit, to.unit);
    return (value) => {
      if (isInfinite(value as bigint)) throw castFailed(value, to);
      return scale((((value as bigint) % perDay) + perDay) % perDay);
    };
  }
  if (from.kind === 'timestamp' && to.kind === 'timestamp') {
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

const isInfinite = (value: bigint): boolean => value === TIMESTAMP_INFINITY || value === -TIMESTAMP_INFINITY;

function dateToTimestamp(days: number, to: Extract<DataType, { kind: 'timestamp' }>): bigint {
  if (days === DATE_INFINITY) return TIMESTAMP_INFINITY;
  if (days === -DATE_INFINITY) return -TIMESTAMP_INFINITY;
  const value = BigInt(days) * SECONDS_PER_DAY * unitsPerSecond[to.unit];
  if (value >= TIMESTAMP_INFINITY || value < INT64_MIN) throw castFailed(days, to);
  return value;
}

function scaler(from: TimeUnit, to: TimeUnit): (value: bigint) => bigint {
  const [source, target] = [unitsPerSecond[from], unitsPerSecond[to]];
  return target >= source ? (value) => value * (target / source) : (value) => floorDivide(value, source / target);
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

const DATE = /^\s*(\d{1,6})-(\d{1,2})-(\d{1,2})(.*)$/s;
const CLOCK = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?\s*$/;

/** Casts of ISO text to date, time and timestamp without a zone. */
export function textToTime(to: DataType): CastValue | undefined {
  if (to.kind === 'date' && to.unit === 'day') return (value) => parseDate(value as string, to).days;
  if (to.kind === 'time' && to.bits === 64) return (value) => parseClock((value as string).trimStart(), to.unit, value, to);
  if (to.kind !== 'timestamp' || to.timezone !== undefined) return undefined;
  return (value) => {
    const { days, rest } = parseDate(value as string, to, true);
    if (Math.abs(days) === DATE_INFINITY) return dateToTimestamp(days, to);
    const clock = rest === '' ? 0n : parseClock(rest, to.unit, value, to);
    const result = BigInt(days) * SECONDS_PER_DAY * unitsPerSecond[to.unit] + clock;
    if (result >= TIMESTAMP_INFINITY || result < INT64_MIN) throw castFailed(value, to);
    return result;
  };
}

function parseDate(text: string, to: DataType, clockFollows = false): { days: number; rest: string } {
  const infinity = /^\s*(-?)(?:infinity|inf)\s*$/i.exec(text);
  if (infinity) return { days: infinity[1] === '-' ? -DATE_INFINITY : DATE_INFINITY, rest: '' };
  const [, year, month, day, tail] = DATE.exec(text) ?? [];
  if (year === undefined) throw castFailed(text, to);
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day)) throw castFailed(text, to);
  const rest = (tail as string).replace(/^[T ]\s*|\s+$/g, '');
  if (!clockFollows && rest !== '') throw castFailed(text, to);
  return { days: date.getTime() / MILLISECONDS_PER_DAY, rest };
}

function parseClock(text: string, unit: TimeUnit, given: unknown, to: DataType): bigint {
  const [, hour, minute, second = '0', fraction = ''] = CLOCK.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) throw castFailed(given, to);
  const perSecond = unitsPerSecond[unit];
  const digits = String(perSecond).length - 1;
  const part = BigInt(fraction.padEnd(9, '0')) / 10n ** BigInt(9 - digits);
  return BigInt(Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * perSecond + part;
}
