import { filterError } from './filter-error.ts';
import type { Json, JsonObject } from './strict-json.ts';

/** Typed access to one JSON object of a filter document; whatever does not fit is a `FilterError` that says where. */
export class JsonMembers {
  readonly where: string;
  private readonly object: JsonObject;

  constructor(value: Json | undefined, where: string) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw filterError(`${where} is not an object`);
    this.object = value as JsonObject;
    this.where = where;
  }

  /** Refuses keys beyond those. */
  only(...keys: readonly string[]): void {
    for (const key in this.object) {
      if (!keys.includes(key)) throw filterError(`${this.where} has the unknown key "${key}" (known: ${keys.join(', ')})`);
    }
  }

  has(key: string): boolean {
    return key in this.object;
  }

  get(key: string): Json {
    const value = this.object[key];
    if (value === undefined) throw filterError(`${this.where} has no "${key}"`);
    return value;
  }

  text(key: string): string {
    const value = this.get(key);
    if (typeof value !== 'string') throw filterError(`${this.where}.${key} is not a string`);
    return value;
  }

  flag(key: string): boolean {
    const value = this.get(key);
    if (typeof value !== 'boolean') throw filterError(`${this.where}.${key} is not true or false`);
    return value;
  }

  /** A whole number of 0 or more, small enough for an index. */
  index(key: string): number {
    const value = this.get(key);
    if (typeof value !== 'bigint' || value < 0n || value > 0x7fff_ffffn) throw filterError(`${this.where}.${key} is not an index`);
    return Number(value);
  }

  uint64(key: string): bigint {
    const value = this.get(key);
    if (typeof value !== 'bigint' || value < 0n || value > 0xffff_ffff_ffff_ffffn) throw filterError(`${this.where}.${key} is not an unsigned 64-bit integer`);
    return value;
  }

  list(key: string): readonly Json[] {
    const value = this.get(key);
    if (!Array.isArray(value)) throw filterError(`${this.where}.${key} is not a list`);
    return value as readonly Json[];
  }

  oneOf<T extends string>(key: string, allowed: readonly T[]): T {
    const value = this.text(key);
    if (!(allowed as readonly string[]).includes(value)) throw filterError(`${this.where}.${key} is "${value}", which is none of ${allowed.join(', ')}`);
    return value as T;
  }
}
