import { RpcError } from '../../runtime/rpc/errors.ts';

/** What values of an argument are taken; told to clients for their help texts, enforced here (vgi-semantics, section 9). */
export interface ArgumentLimits<Value = unknown> {
  /** The only values taken. */
  readonly choices?: readonly Value[];
  /** Interval of numbers, `[0, 100)` or `(0, +inf)`: square brackets include their end. */
  readonly range?: string;
  /** Regular expression that the whole text has to match. */
  readonly pattern?: string;
}

/** A value that has the type of its argument and lies outside of its limits. */
export class LimitError extends RpcError {}

interface Interval {
  readonly low: number;
  readonly high: number;
  readonly includesLow: boolean;
  readonly includesHigh: boolean;
}

const intervalText = /^\s*([[(])\s*(\S+?)\s*,\s*(\S+?)\s*([\])])\s*$/;

/** Throws for a text that is no interval: a mistake of the author, found when the function is declared. */
function parseInterval(text: string): Interval {
  const parts = intervalText.exec(text);
  const bound = (word: string | undefined): number => (/^[+-]?inf$/.test(word ?? '') ? Number(word?.replace('inf', 'Infinity')) : Number(word));
  const [low, high] = [bound(parts?.[2]), bound(parts?.[3])];
  if (!parts || Number.isNaN(low) || Number.isNaN(high)) throw new Error(`"${text}" is no range; write it like [0, 100) or (0, +inf)`);
  return { low, high, includesLow: parts[1] === '[', includesHigh: parts[4] === ']' };
}

const jsonValue = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

/** Field metadata by which clients learn the limits. */
export function limitMetadata({ choices, range, pattern }: ArgumentLimits): [string, string][] {
  return [
    ...(choices ? [['vgi_choices', JSON.stringify(choices, jsonValue)] as [string, string]] : []),
    ...(range === undefined ? [] : [['vgi_range', range] as [string, string]]),
    ...(pattern === undefined ? [] : [['vgi_pattern', pattern] as [string, string]]),
  ];
}

/** The check of values against limits; throws a `LimitError` that starts with the subject. */
export function limitCheck({ choices, range, pattern }: ArgumentLimits): (value: unknown, subject: string) => void {
  const interval = range === undefined ? undefined : parseInterval(range);
  const whole = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, 'u');
  return (value, subject) => {
    const refuse = (wanted: string): LimitError => new LimitError(`${subject} takes ${wanted}, got ${String(value)}`, { type: 'ValueError' });
    if (choices && !choices.includes(value)) throw refuse(`one of ${choices.map(String).join(', ')}`);
    if (interval && !isWithin(Number(value), interval)) throw refuse(`a number in ${range}`);
    if (whole && !whole.test(String(value))) throw refuse(`text that matches ${pattern}`);
  };
}

function isWithin(value: number, { low, high, includesLow, includesHigh }: Interval): boolean {
  return (includesLow ? value >= low : value > low) && (includesHigh ? value <= high : value < high);
}
