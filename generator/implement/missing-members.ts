import type { AuthorFile, Splice } from './author-file.ts';
import type { AuthorImports } from './author-imports.ts';
import type { ContractMethod, HandlerContract } from './handler-contract.ts';
import type { ts } from './typescript.ts';

/** Inserts methods at the end of a class, laid out like what is there; their bodies throw until the author writes them. */
export function insertMembers(file: AuthorFile, imports: AuthorImports, contract: HandlerContract, declared: ts.ClassLikeDeclaration, missing: readonly ContractMethod[]): Splice {
  const { source, text, lineEnd } = file;
  const brace = declared.getEnd() - 1;
  const [first] = declared.members;
  const outer = file.indentAt(declared.getStart(source));
  const firstStart = first?.getStart(source, true) ?? 0;
  const ownLine = first !== undefined && text.slice(file.lineStart(firstStart), firstStart).trim() === '';
  const inner = ownLine ? file.indentAt(firstStart) : outer + file.indent;
  const step = ownLine && inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : file.indent;

  const blocks = missing.map((method) => memberLines(imports, contract, method, step).map((line) => (line === '' ? line : inner + line)).join(lineEnd));
  const body = blocks.join(lineEnd + lineEnd) + lineEnd;
  const lineStart = file.lineStart(brace);
  const braceOnOwnLine = text.slice(lineStart, brace).trim() === '' && lineStart > declared.getStart(source);
  const empty = text.slice(declared.members.pos, brace).trim() === '';
  // Spaces between the braces of a class on one line go; a brace that ends its line keeps its place.
  if (empty) return { start: declared.members.pos, end: brace, text: lineEnd + body + outer };
  if (braceOnOwnLine) return { start: lineStart, end: lineStart, text: lineEnd + body };
  const kept = text.slice(declared.members.pos, brace).trimEnd().length + declared.members.pos;
  return { start: kept, end: brace, text: lineEnd + lineEnd + body + outer };
}

function memberLines(imports: AuthorImports, contract: HandlerContract, method: ContractMethod, step: string): string[] {
  const parameters = method.parameters.map(({ name, type }) => `${name}: ${imports.typeText(contract, type)}`).join(', ');
  const error = imports.nameOf(contract, 'methodNotImplemented', false);
  return [...method.doc, `override ${method.name}(${parameters}): ${imports.typeText(contract, method.returns)} {`, `${step}throw ${error}('${method.name}');`, '}'];
}
