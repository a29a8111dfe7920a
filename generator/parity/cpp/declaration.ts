import type { SourceRange } from '../../load/source.ts';
import type { Span } from '../source-lines.ts';
import type { LocatedText } from './token-reader.ts';

/** What can be declared in the headers of a protocol. */
export type DeclarationKind =
  | 'constant'
  | 'enum'
  | 'enum text'
  | 'enum spellings'
  | 'enum writer'
  | 'enum reader'
  | 'schema'
  | 'struct'
  | 'struct writer'
  | 'struct reader'
  | 'record writer'
  | 'record reader'
  | 'request builder'
  | 'result reader'
  | 'list of layouts';

/** Something that can be compared as text: a type, a value, whether null is allowed. */
export interface Fact extends Span {
  readonly about: FactKind;
  readonly text: string;
  /** What messages show, if that is more than what is compared here. */
  readonly shown?: string;
}

export type FactKind = 'type' | 'nullability' | 'value' | 'code';

/** A part of a declaration, such as a field of a schema. */
export interface Part {
  readonly what: PartKind;
  readonly name: LocatedText;
  readonly facts: readonly Fact[];
  readonly parts: readonly Part[];
}

export type PartKind = 'field' | 'member' | 'parameter' | 'column' | 'spelling' | 'layout';

export interface Declaration {
  readonly kind: DeclarationKind;
  readonly name: LocatedText;
  readonly facts: readonly Fact[];
  readonly parts: readonly Part[];
}

/** What a fact should be; any of the texts will do. */
export interface WantedFact {
  readonly about: FactKind;
  readonly texts: readonly string[];
  readonly shown?: string;
}

export interface WantedPart {
  readonly what: PartKind;
  readonly name: string;
  readonly facts: readonly WantedFact[];
  readonly parts: readonly WantedPart[];
  /** Where the definition has it. */
  readonly range: SourceRange;
}

export interface WantedDeclaration {
  readonly kind: DeclarationKind;
  readonly name: string;
  readonly facts: readonly WantedFact[];
  readonly parts: readonly WantedPart[];
  readonly range: SourceRange;
  /** The last version that it is for. */
  readonly version: string;
}
