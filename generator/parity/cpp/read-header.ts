import type { Declaration } from './declaration.ts';
import { readBuilder } from './read-builders.ts';
import { readEnum, readEnumSpellings, readEnumText } from './read-enums.ts';
import { readRecordReader, readRecordWriter, readStruct, readValueReader, readValueWriter } from './read-records.ts';
import { readLayouts, readResultReader } from './read-results.ts';
import { readSchema } from './read-schemas.ts';
import { readConstant } from './read-values.ts';
import type { Span } from '../source-lines.ts';
import { type LocatedText, TokenReader, UnreadableCpp } from './token-reader.ts';

/** What a header declares. */
export interface Header {
  readonly declarations: readonly Declaration[];
  /** The namespaces that it declares something in, as each is opened. */
  readonly namespaces: readonly LocatedText[];
  /** What is not understood. */
  readonly problems: readonly (Span & { readonly problem: string })[];
}

/** Reads a header that upstream or the target `cpp` generated. Every token of it is part of what is understood or of a problem. */
export function readHeader(source: string): Header {
  return new HeaderReader(source).read();
}

interface OpenNamespace extends Span {
  /** With those around it. */
  readonly path: string;
}

class HeaderReader {
  readonly #reader: TokenReader;
  readonly #declarations: Declaration[] = [];
  readonly #namespaces = new Map<string, LocatedText>();
  readonly #problems: (Span & { readonly problem: string })[] = [];
  readonly #open: OpenNamespace[] = [];

  constructor(source: string) {
    this.#reader = new TokenReader(source);
  }

  read(): Header {
    while (!this.#reader.atEnd) {
      const { start } = this.#reader.next;
      try {
        this.#readNext();
      } catch (error) {
        if (!(error instanceof UnreadableCpp)) throw error;
        this.#problems.push({ ...error.span, problem: error.message });
        this.#reader.recover(start);
      }
    }
    for (const { start, end } of this.#open) this.#problems.push({ start, end, problem: 'the namespace is not closed' });
    return { declarations: this.#declarations, namespaces: [...this.#namespaces.values()], problems: this.#problems };
  }

  #readNext(): void {
    const reader = this.#reader;
    if (reader.next.kind === 'directive') return this.#readDirective();
    if (reader.skip('namespace')) return this.#openNamespace();
    if (reader.next.text === '}') return this.#closeNamespace();
    const around = this.#open.at(-1);
    const declaration = readDeclaration(reader);
    this.#declarations.push(declaration);
    if (around === undefined) throw new UnreadableCpp(declaration.name, `\`${declaration.name.text}\` is declared outside of every namespace`);
    if (!this.#namespaces.has(around.path)) this.#namespaces.set(around.path, { text: around.path, start: around.start, end: around.end });
  }

  #readDirective(): void {
    const directive = this.#reader.take();
    if (/^#\s*(pragma\s+once|include\s*(<[^<>"]+>|"[^"<>]+"))\s*(\/\/.*|\/\*.*\*\/\s*)?$/.test(directive.text)) return;
    this.#problems.push({ start: directive.start, end: directive.end, problem: `\`${directive.text.trim()}\` is neither \`#pragma once\` nor an \`#include\`; what depends on it is not known` });
  }

  #openNamespace(): void {
    const name = this.#reader.qualifiedName('the name of a namespace');
    this.#reader.expect('{');
    const around = this.#open.at(-1);
    this.#open.push({ path: around === undefined ? name.text : `${around.path}::${name.text}`, start: name.start, end: name.end });
  }

  #closeNamespace(): void {
    const { start, end } = this.#reader.take();
    if (this.#open.pop() === undefined) this.#problems.push({ start, end, problem: 'no namespace is open here' });
  }
}

function readDeclaration(reader: TokenReader): Declaration {
  if (reader.skip('enum class')) return readEnum(reader);
  if (reader.skip('struct')) return readStruct(reader);
  if (reader.skip('inline constexpr') || reader.skip('constexpr') || reader.skip('static constexpr')) return readConstant(reader);
  if (!reader.skip('inline')) reader.fail('a namespace, an enum, a struct, a constant or an inline function');
  if (reader.skip('std::string_view ToString(')) return readEnumText(reader);
  if (reader.skip('void FromString(')) return readEnumSpellings(reader);
  if (reader.skip('void AppendValue(')) return readValueWriter(reader);
  if (reader.skip('void ReadValue(')) return readValueReader(reader);
  return readFunction(reader);
}

function readMemberFunction(reader: TokenReader, type: LocatedText, name: LocatedText, member: LocatedText): Declaration {
  const gives = member.text === 'ToRecordBatch' ? 'std::shared_ptr<arrow::RecordBatch>' : member.text === 'FromRecordBatch' ? name.text : undefined;
  if (gives === undefined) throw new UnreadableCpp(member, `\`${name.text}::${member.text}\` is no function of a record`);
  if (type.text !== gives) throw new UnreadableCpp(type, `\`${gives}\` is expected, not \`${type.text}\``);
  return member.text === 'ToRecordBatch' ? readRecordWriter(reader, name) : readRecordReader(reader, name);
}

/** Reads a function that is told by what it gives. */
function readFunction(reader: TokenReader): Declaration {
  reader.skip('const');
  const type = reader.type();
  reader.skip('&');
  const name = reader.word('the name of a function');
  const member = reader.skip('::') ? reader.word('the name of a function') : undefined;
  reader.expect('(');
  if (member !== undefined) return readMemberFunction(reader, type, name, member);
  switch (type.text) {
    case 'std::shared_ptr<arrow::Schema>':
      return readSchema(reader, name);
    case 'std::shared_ptr<arrow::RecordBatch>':
      return readBuilder(reader, name);
    case 'std::vector<RecordLayout>':
      return readLayouts(reader, name);
    default:
      return readResultReader(reader, name, type);
  }
}
