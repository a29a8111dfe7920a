import { filterError } from './filter-error.ts';
import { limits } from './limits.ts';

/** JSON as `parseStrictJson` gives it: integers as `bigint`, objects without prototype. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * Parses JSON by the letter. Unlike `JSON.parse` it refuses a key that an object has twice, keeps integers of any size
 * exact, and bounds the nesting. Throws a `FilterError` that says at which character.
 */
export function parseStrictJson(text: string): Json {
  const reader = new JsonReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
// Control characters must be escaped inside strings.
// eslint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\r\n]*/y;

class JsonReader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(depth: number): Json {
    if (depth > limits.jsonDepth) throw this.error(`nested deeper than ${limits.jsonDepth}`);
    this.match(SPACE);
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  end(): void {
    this.match(SPACE);
    if (this.at < this.text.length) throw this.error('something follows the document');
  }

  private object(depth: number): JsonObject {
    const members: Record<string, Json> = Object.create(null) as Record<string, Json>;
    this.at++;
    if (this.next('}')) return members;
    do {
      this.match(SPACE);
      const key = this.string();
      if (key in members) throw this.error(`key "${key}" stands twice in one object`);
      if (!this.next(':')) throw this.error('expected ":"');
      members[key] = this.value(depth + 1);
    } while (this.next(','));
    if (!this.next('}')) throw this.error('expected "," or "}"');
    return members;
  }

  private array(depth: number): Json[] {
    const items: Json[] = [];
    this.at++;
    if (this.next(']')) return items;
    do items.push(this.value(depth + 1));
    while (this.next(','));
    if (!this.next(']')) throw this.error('expected "," or "]"');
    return items;
  }

  private string(): string {
    const token = this.match(STRING);
    if (token === undefined) throw this.error('expected a string');
    return JSON.parse(token[0]) as string;
  }

  private number(): number | bigint {
    const token = this.match(NUMBER);
    if (token === undefined) throw this.error('expected a value');
    return token[1] === undefined && token[2] === undefined ? BigInt(token[0]) : Number(token[0]);
  }

  private word<T extends boolean | null>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw this.error('expected a value');
    this.at += word.length;
    return value;
  }

  private next(character: string): boolean {
    this.match(SPACE);
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) return undefined;
    this.at = pattern.lastIndex;
    return found;
  }

  private error(problem: string): Error {
    return filterError(`filter_spec is not valid JSON at character ${this.at}: ${problem}`);
  }
}
