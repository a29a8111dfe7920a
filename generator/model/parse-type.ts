import type { Place, TimeUnit, TypeRef } from './model.ts';
import { plainTypes, typesWithArguments } from './type-words.ts';

/** A name in a type expression that has to be declared somewhere. `from` and `to` count characters of the expression. */
export interface NameInType {
  readonly use: 'inline' | 'ipc' | 'shape';
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Why an expression cannot be read; `from` and `to` count characters of the expression. */
export interface TypeProblem {
  readonly from: number;
  readonly to: number;
  readonly what:
    | { readonly slug: 'type-syntax'; readonly problem: string }
    | { readonly slug: 'type-argument'; readonly type: string; readonly problem: string }
    | { readonly slug: 'misplaced-mark'; readonly mark: string; readonly reason: string };
  readonly hint?: string;
}

export type ParsedType =
  | { readonly ok: true; readonly place: Place; readonly names: readonly NameInType[] }
  | { readonly ok: false; readonly problem: TypeProblem };

/** Which names are enums; a name that is not is taken for a record, declared or not. */
export type IsEnum = (name: string) => boolean;

/** Reads a type expression in the notation of docs/language.md. Stops at the first problem. */
export function parseType(expression: string, isEnum: IsEnum): ParsedType {
  try {
    const parser = new TypeParser(expression, isEnum);
    return { ok: true, place: parser.whole(), names: parser.names };
  } catch (error) {
    if (error instanceof ParseStop) return { ok: false, problem: error.problem };
    throw error;
  }
}

class ParseStop extends Error {
  readonly problem: TypeProblem;

  constructor(problem: TypeProblem) {
    super('parse stopped');
    this.problem = problem;
  }
}

const deepest = 32;
const quoteHint = 'inside { } a type with a comma must be quoted: "map<utf8, int64>".';
const largestPrecision = { 128: 38, 256: 76 } as const;
const largestSize = 2 ** 31 - 1;

class TypeParser {
  readonly names: NameInType[] = [];
  readonly #text: string;
  readonly #isEnum: IsEnum;
  #at = 0;
  #depth = 0;

  constructor(text: string, isEnum: IsEnum) {
    this.#text = text;
    this.#isEnum = isEnum;
  }

  whole(): Place {
    this.#skipSpace();
    const type = this.#type();
    const mark = this.#mark();
    if (mark === '!') this.#stopMark(mark, 'a place without `?` is never null; `!` is for list items and map values only');
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#stopSyntax(`\`${this.#text[this.#at]}\` is not expected here`, this.#at, this.#text.length);
    return { type, nullable: mark === '?', wireNullable: mark === '?' };
  }

  #type(): TypeRef {
    if (++this.#depth > deepest) this.#stopSyntax('it is nested too deeply', this.#at, this.#at + 1);
    const from = this.#at;
    const word = this.#word('a type');
    const hasArguments = this.#text[this.#at] === '<';
    const type = hasArguments ? this.#withArguments(word, from) : this.#oneWord(word, from);
    this.#depth--;
    return type;
  }

  #oneWord(word: string, from: number): TypeRef {
    const plain = plainTypes.get(word);
    if (plain !== undefined) return plain;
    const example = typesWithArguments.get(word);
    if (example !== undefined) this.#stopArgument(word, 'it needs arguments', from, this.#at, `write for example \`${example}\`.`);
    return this.#named(word, from);
  }

  #named(name: string, from: number): TypeRef {
    this.names.push({ use: 'inline', name, from, to: this.#at });
    return { kind: this.#isEnum(name) ? 'enum' : 'record', name };
  }

  #withArguments(word: string, from: number): TypeRef {
    const nameEnd = this.#at;
    if (word !== 'batch' && word !== 'large_batch') {
      if (plainTypes.has(word)) this.#stopArgument(word, 'it takes no arguments', from, this.#text.length);
      if (!typesWithArguments.has(word)) {
        const type = this.#named(word, from);
        this.#at = this.#text.length;
        return type;
      }
    }
    this.#at++;
    this.#skipSpace();
    const type = this.#arguments(word, from);
    this.#skipSpace();
    if (this.#text[this.#at] === ',') this.#stopArgument(word, 'it has too many arguments', this.#at, this.#text.length, this.#example(word));
    if (this.#text[this.#at] !== '>') this.#stopUnclosed(nameEnd);
    this.#at++;
    return type;
  }

  #arguments(word: string, from: number): TypeRef {
    switch (word) {
      case 'fixed_binary':
        return { kind: 'fixed_binary', width: this.#number(word, 1, largestSize) };
      case 'time32':
        return { kind: 'time', bits: 32, unit: this.#oneOf(word, ['s', 'ms'] as const) };
      case 'time64':
        return { kind: 'time', bits: 64, unit: this.#oneOf(word, ['us', 'ns'] as const) };
      case 'timestamp':
        return this.#timestamp();
      case 'duration':
        return { kind: 'duration', unit: this.#unit(word) };
      case 'interval':
        return { kind: 'interval', unit: this.#oneOf(word, ['year_month', 'day_time', 'month_day_nano'] as const) };
      case 'decimal128':
        return this.#decimal(word, 128);
      case 'decimal256':
        return this.#decimal(word, 256);
      case 'list':
      case 'large_list':
        return { kind: word, item: this.#item() };
      case 'fixed_list': {
        const item = this.#item();
        this.#comma(word);
        return { kind: 'fixed_list', item, size: this.#number(word, 1, largestSize) };
      }
      case 'map': {
        const key = this.#type();
        const mark = this.#mark();
        if (mark !== undefined) this.#stopMark(mark, 'map keys are never null');
        this.#comma(word);
        return { kind: 'map', key: { type: key, nullable: false, wireNullable: false }, value: this.#item() };
      }
      case 'dictionary':
        return this.#dictionary(word, from);
      case 'ipc':
        return { kind: 'ipc', name: this.#name('ipc', 'the name of a type') };
      default:
        return { kind: 'batch', shape: this.#name('shape', 'the name of a batch shape'), large: word === 'large_batch' };
    }
  }

  #timestamp(): TypeRef {
    const unit = this.#unit('timestamp');
    this.#skipSpace();
    if (this.#text[this.#at] !== ',') return { kind: 'timestamp', unit };
    this.#comma('timestamp');
    const from = this.#at;
    const timezone = /^[A-Za-z0-9_+\-:/]+/.exec(this.#text.slice(from))?.[0];
    if (timezone === undefined) this.#stopArgument('timestamp', 'a time zone must follow the comma', from, from + 1, 'write for example `timestamp<us, UTC>`.');
    this.#at += timezone.length;
    return { kind: 'timestamp', unit, timezone };
  }

  #decimal(word: string, bits: 128 | 256): TypeRef {
    const precision = this.#number(word, 1, largestPrecision[bits]);
    this.#comma(word);
    return { kind: 'decimal', bits, precision, scale: this.#number(word, 0, precision) };
  }

  #dictionary(word: string, from: number): TypeRef {
    const index = this.#type();
    this.#comma(word);
    const value = this.#type();
    const usual = index.kind === 'int' && index.bits === 16 && index.signed && value.kind === 'utf8';
    if (!usual) this.#stopArgument(word, 'only `dictionary<int16, utf8>` can travel', from, Math.min(this.#at + 1, this.#text.length));
    return { kind: 'dictionary', index, value };
  }

  #item(): Place {
    this.#skipSpace();
    const type = this.#type();
    const mark = this.#mark();
    return { type, nullable: mark === '?', wireNullable: mark !== '!' };
  }

  #mark(): '?' | '!' | undefined {
    const mark = this.#text[this.#at];
    if (mark !== '?' && mark !== '!') return undefined;
    this.#at++;
    const next = this.#text[this.#at];
    if (next === '?' || next === '!') this.#stopSyntax('one `?` or `!` is enough', this.#at, this.#at + 1);
    return mark;
  }

  #name(use: 'ipc' | 'shape', expected: string): string {
    const from = this.#at;
    const name = this.#word(expected);
    if (plainTypes.has(name) || typesWithArguments.has(name)) {
      this.#stopArgument(use === 'ipc' ? 'ipc' : 'batch', `\`${name}\` is a built-in type, but ${expected} is needed`, from, this.#at);
    }
    this.names.push({ use, name, from, to: this.#at });
    return name;
  }

  #unit(word: string): TimeUnit {
    return this.#oneOf(word, ['s', 'ms', 'us', 'ns'] as const);
  }

  #oneOf<W extends string>(word: string, allowed: readonly W[]): W {
    const from = this.#at;
    const written = this.#word(`one of ${allowed.join(', ')}`);
    const found = allowed.find((candidate) => candidate === written);
    if (found === undefined) this.#stopArgument(word, `\`${written}\` is not one of ${allowed.join(', ')}`, from, this.#at, this.#example(word));
    return found;
  }

  #number(word: string, least: number, most: number): number {
    const from = this.#at;
    const digits = /^-?[0-9]+/.exec(this.#text.slice(from))?.[0];
    if (digits === undefined) this.#stopArgument(word, 'a number is needed here', from, Math.min(from + 1, this.#text.length), this.#example(word));
    this.#at += digits.length;
    const value = Number(digits);
    if (value < least || value > most) this.#stopArgument(word, `${digits} is not between ${least} and ${most}`, from, this.#at);
    return value;
  }

  #comma(word: string): void {
    this.#skipSpace();
    if (this.#at >= this.#text.length) this.#stopUnclosed(this.#text.lastIndexOf('<'));
    if (this.#text[this.#at] !== ',') this.#stopArgument(word, 'it has too few arguments', this.#at, this.#at + 1, this.#example(word));
    this.#at++;
    this.#skipSpace();
  }

  #word(expected: string): string {
    const word = /^[A-Za-z_][A-Za-z0-9_]*/.exec(this.#text.slice(this.#at))?.[0];
    if (word === undefined) {
      if (this.#at >= this.#text.length && this.#text.includes('<')) this.#stopUnclosed(this.#text.lastIndexOf('<'));
      const found = this.#at < this.#text.length ? `\`${this.#text[this.#at]}\` stands` : 'nothing stands';
      this.#stopSyntax(`${found} where ${expected} is needed`, this.#at, Math.min(this.#at + 1, this.#text.length));
    }
    this.#at += word.length;
    return word;
  }

  #skipSpace(): void {
    while (this.#text[this.#at] === ' ') this.#at++;
  }

  #example(word: string): string | undefined {
    const example = typesWithArguments.get(word);
    return example === undefined ? undefined : `write for example \`${example}\`.`;
  }

  #stopUnclosed(open: number): never {
    const ended = this.#at >= this.#text.length;
    const problem = ended ? 'the `<` is never closed' : `\`${this.#text[this.#at]}\` stands where \`>\` or \`,\` is needed`;
    this.#stopSyntax(problem, ended ? open : this.#at, ended ? this.#text.length : this.#at + 1, ended ? quoteHint : undefined);
  }

  #stopSyntax(problem: string, from: number, to: number, hint?: string): never {
    throw new ParseStop({ from, to, what: { slug: 'type-syntax', problem }, hint });
  }

  #stopArgument(type: string, problem: string, from: number, to: number, hint?: string): never {
    throw new ParseStop({ from, to, what: { slug: 'type-argument', type, problem }, hint });
  }

  #stopMark(mark: string, reason: string): never {
    throw new ParseStop({ from: this.#at - 1, to: this.#at, what: { slug: 'misplaced-mark', mark, reason } });
  }
}
