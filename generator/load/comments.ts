import { Lexer } from 'yaml';

/** A comment of a YAML text. */
export interface Comment {
  readonly offset: number;
  /** From `#` on, without the end of the line. */
  readonly text: string;
  /** Nothing else stands on its line. */
  readonly alone: boolean;
}

/** The comments of a text, in order. Reads tokens, so that text that only looks like a comment is none. */
export function commentsIn(text: string): Comment[] {
  const found: Comment[] = [];
  let offset = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    // Control characters announce what follows and stand for no text; after U+001F comes a scalar.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') {
      isScalar = token === '\u001f';
      continue;
    }
    if (!isScalar && token.startsWith('#')) found.push(commentAt(text, offset));
    isScalar = false;
    offset += token.length;
  }
  return found;
}

function commentAt(text: string, offset: number): Comment {
  const lineStart = text.lastIndexOf('\n', offset) + 1;
  const end = text.indexOf('\n', offset);
  return { offset, text: text.slice(offset, end < 0 ? undefined : end).trimEnd(), alone: text.slice(lineStart, offset).trim() === '' };
}
