import { readUtf8 } from '../arrow/text.ts';
import { int16 } from '../arrow/type.ts';
import { typeEquals } from '../arrow/type-equals.ts';
import { EnumMembers } from './enum-members.ts';
import type { LayoutCursor } from './layout-cursor.ts';
import { expectKind, layoutMismatch } from './layout-mismatch.ts';
import { OffsetValue } from './offset-value.ts';
import { FORM_DICTIONARY } from './record-plan.ts';
import { DATA, type RecordReader } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';
import type { Place, ValueCodec } from './value-codec.ts';
import { VariableValue } from './variable-value.ts';

const MAX_INT16 = 0x7fff;

/**
 * `dictionary<int16, utf8>` whose dictionary is part of the record's prefix and lists the members in this order. `aliases` are other
 * spellings that readers accept.
 */
export function enumValue<E extends string>(members: readonly E[], aliases: Readonly<Record<string, E>> = {}): ValueCodec<E> {
  return { bind: (place, cursor) => new EnumValue(place, cursor, new EnumMembers(members, aliases)) };
}

/** The member's name as plain text. */
export function enumTextValue<E extends string>(members: readonly E[], aliases: Readonly<Record<string, E>> = {}): ValueCodec<E> {
  return {
    bind(place, cursor) {
      expectKind(place, ['utf8', 'large_utf8'], 'text');
      return new EnumTextValue(place, cursor, new EnumMembers(members, aliases));
    },
  };
}

/** `dictionary<int16, utf8>` of free text; its dictionary is written with each record. */
export const dictionaryValue: ValueCodec<string> = { bind: (place, cursor) => new DictionaryValue(place, cursor) };

/** Indices into a dictionary of texts; whatever form of text the peer sends can be read. */
abstract class IndexValue<T extends string> extends OffsetValue<T> {
  constructor(place: Place, cursor: LayoutCursor) {
    super(place, cursor, 2);
    if (place.type.kind !== 'dictionary' || !typeEquals(place.type.index, int16) || place.type.value.kind !== 'utf8') throw layoutMismatch(place, 'dictionary<int16, utf8>');
  }

  /** Index of a value in the dictionary. */
  protected abstract indexOf(w: RecordWriter, value: T): number;

  protected abstract fromText(text: string): T;

  write(w: RecordWriter, value: T): void {
    w.ensure(16);
    let index = 0;
    if (value === null || value === undefined) {
      this.writeNullRow(w);
    } else {
      index = this.indexOf(w, value);
      w.setBuffer(this.buffer, w.pos, 0);
    }
    w.setBuffer(this.buffer + 1, w.pos, 2);
    w.words[w.pos >> 2] = index;
    w.words[(w.pos >> 2) + 1] = 0;
    w.pos += 8;
  }

  writeRows(w: RecordWriter, values: ArrayLike<T | null | undefined>, lenient: boolean): void {
    this.writeValidity(w, values, lenient);
    w.ensure(values.length * 2);
    w.setBuffer(this.buffer + 1, w.pos, values.length * 2);
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      w.view.setInt16(w.pos, value === null || value === undefined ? 0 : this.indexOf(w, value), true);
      w.pos += 2;
    }
    w.pad();
  }

  readRow(r: RecordReader, row: number): T {
    if (this.isNull(r, row)) return this.nullValue();
    if (r.plan.form[this.node] === FORM_DICTIONARY) return this.fromText(this.dictionaryText(r, row));
    this.locate(r, row, r.nodes[this.slot + DATA + 1] as number);
    const data = r.nodes[this.slot + DATA] as number;
    return this.fromText(readUtf8(r.source.bytes, data + r.from, data + r.to));
  }
}

class EnumValue<E extends string> extends IndexValue<E> {
  private readonly members: EnumMembers<E>;

  constructor(place: Place, cursor: LayoutCursor, members: EnumMembers<E>) {
    super(place, cursor);
    this.members = members;
    cursor.takeDictionary(this.node, members.names);
  }

  protected indexOf(_w: RecordWriter, value: E): number {
    const position = this.members.position(value);
    if (position === undefined) throw this.error('unknown-enum-member', this.members.complaint(value));
    return position;
  }

  protected fromText(text: string): E {
    const member = this.members.member(text);
    if (member === undefined) throw this.error('unknown-enum-member', this.members.complaint(text));
    return member;
  }
}

class EnumTextValue<E extends string> extends VariableValue<E> {
  private readonly members: EnumMembers<E>;

  constructor(place: Place, cursor: LayoutCursor, members: EnumMembers<E>) {
    super(place, cursor);
    this.members = members;
  }

  protected put(w: RecordWriter, value: E): void {
    if (this.members.position(value) === undefined) throw this.error('unknown-enum-member', this.members.complaint(value));
    w.text(value);
  }

  protected take(r: RecordReader, start: number, end: number): E {
    return this.fromText(readUtf8(r.source.bytes, start, end));
  }

  protected override fromText(text: string): E {
    const member = this.members.member(text);
    if (member === undefined) throw this.error('unknown-enum-member', this.members.complaint(text));
    return member;
  }
}

class DictionaryValue extends IndexValue<string> {
  /** Position among the dictionaries that are written with each record. */
  private readonly free: number;

  constructor(place: Place, cursor: LayoutCursor) {
    super(place, cursor);
    this.free = cursor.takeDictionary(this.node, undefined);
  }

  protected indexOf(w: RecordWriter, value: string): number {
    if (typeof value !== 'string') throw this.invalid(value);
    const dictionary = w.dictionaries[this.free] as Map<string, number>;
    const known = dictionary.get(value);
    if (known !== undefined) return known;
    if (dictionary.size > MAX_INT16) throw this.error('too-large', 'has more than 32768 distinct values, which its int16 indices cannot tell apart');
    dictionary.set(value, dictionary.size);
    return dictionary.size - 1;
  }

  protected fromText(text: string): string {
    return text;
  }
}
