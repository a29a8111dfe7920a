import { type Document, visit, type YAMLError } from 'yaml';
import type { RelatedPlace } from '../diagnostics/diagnostic.ts';
import type { SourceLocator } from './source-node.ts';

/** What is wrong with the syntax of a file in words of what its author did, and what to do. */
export interface SyntaxProblem {
  /** Completes `this is not valid YAML: ...`. */
  readonly problem: string;
  readonly hint?: string;
  readonly related?: readonly RelatedPlace[];
}

/** Explains the mistakes that are made most; the words of the YAML parser stand for the others. */
export function explainSyntax(document: Document.Parsed, { code, message, pos: [start] }: YAMLError, locator: SourceLocator): SyntaxProblem {
  const { text } = locator;
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1).split('\n', 1)[0] ?? '';
  const rest = text.slice(start).split('\n', 1)[0] ?? '';
  const own: SyntaxProblem = { problem: message.replace(/\.$/, '').replace(/^./, (first) => first.toLowerCase()) };
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW':
      return /:\s/.test(rest) ? { problem: 'text with `: ` in it reads as a mapping', hint: 'put the text in quotes.' } : own;
    case 'BAD_SCALAR_START':
      return { problem: `text cannot start with ${rest.slice(0, 1)}`, hint: 'put the text in quotes.' };
    case 'MULTILINE_IMPLICIT_KEY':
      return line.trimStart().startsWith('//') ? { problem: 'this is neither a key nor a comment', hint: 'a comment starts with `#`.' } : { problem: 'this line has no `:` after a key', hint: 'add it, or indent a text that goes on from the line before.' };
    case 'BAD_INDENT':
      return { ...own, hint: 'line up the keys of each mapping.' };
    case 'UNEXPECTED_TOKEN': {
      const item = /([A-Za-z]\w*)$/.exec(text.slice(0, start))?.[1];
      return item !== undefined && rest.startsWith('[]') ? { problem: '`[` starts a list of YAML', hint: `write \`list<${item}>\`.` } : own;
    }
    case 'MISSING_CHAR':
      return unendedText(document, message, locator) ?? own;
    default:
      return own;
  }
}

/** A text whose closing quote is missing goes on to the end of the file; what helps is where it starts. */
function unendedText(document: Document.Parsed, message: string, locator: SourceLocator): SyntaxProblem | undefined {
  const [, quote] = /Missing closing (['"])quote/.exec(message) ?? [];
  if (quote === undefined) return undefined;
  let start: number | undefined;
  visit(document, {
    Scalar: (_key, { type, range }) => {
      if (type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE') start = range?.[0];
    },
  });
  const related = start === undefined ? [] : [{ label: 'the text starts here', range: locator.range(start, start + 1) }];
  return { problem: `a text in ${quote} has no end`, hint: `close it with ${quote}${quote === "'" ? "; a quote inside of it is written `''`" : ''}.`, related };
}
