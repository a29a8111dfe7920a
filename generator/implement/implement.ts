import { createDiagnostic, sortDiagnostics, wholeFile, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { closest } from '../diagnostics/suggest.ts';
import { type Ancestry, AncestryReader, hasModifier, implementedNames, memberName } from './ancestry.ts';
import { AuthorFile, collect, splice, type Splice } from './author-file.ts';
import { AuthorImports } from './author-imports.ts';
import { type ContractMethod, type GeneratedModules, type HandlerContract, readContract } from './handler-contract.ts';
import { insertMembers } from './missing-members.ts';
import { type Implementation, signatureEdits } from './signature-edits.ts';
import { TypeCheck } from './type-check.ts';
import { ts } from './typescript.ts';

/** A file of an author that holds handler classes. */
export interface AuthorSource {
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly name: string;
  readonly text: string;
}

export interface Implemented {
  /** The file as it should be; what it was if nothing has to change. */
  readonly text: string;
  /** What had to be changed, one entry for each method. */
  readonly changes: readonly Diagnostic[];
  /** What the author has to settle. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Brings the handler classes of a file to what their protocols ask for: adds required methods that are missing, corrects types of
 * signatures, imports what that needs. All else stays as it is, byte for byte. `readText` reads files that it imports by path.
 */
export function implement(author: AuthorSource, protocols: readonly GeneratedModules[], readText: (path: string) => string | undefined): Implemented {
  const file = new AuthorFile(author.path, author.name, author.text);
  const unchanged = (found: Diagnostic): Implemented => ({ text: author.text, changes: [], diagnostics: [found] });
  const { mistake } = file;
  if (mistake !== undefined) return unchanged(createDiagnostic('source-syntax', mistake.range, { problem: mistake.problem }));
  const contracts = protocols.map(readContract).filter((contract) => contract !== undefined);
  const work = new FileWork(file, contracts, readText);
  if (work.classes === 0) {
    const names = contracts.map(({ className }) => `\`${className}\``);
    return unchanged(createDiagnostic('no-handler-class', wholeFile(author.name), {}, { hint: `a handler class extends one of ${[...new Set(names)].join(', ') || 'the generated classes; configure a protocol first'}.` }));
  }
  return work.result();
}

/** What happens to one file. */
class FileWork {
  readonly #file: AuthorFile;
  readonly #contracts: readonly HandlerContract[];
  readonly #imports: AuthorImports;
  readonly #splices: Splice[] = [];
  readonly #changes: Diagnostic[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  #check: TypeCheck | undefined;
  /** Handler classes found. */
  readonly classes: number;

  constructor(file: AuthorFile, contracts: readonly HandlerContract[], readText: (path: string) => string | undefined) {
    this.#file = file;
    this.#contracts = contracts;
    this.#imports = new AuthorImports(file);
    const reader = new AncestryReader(contracts, readText);
    const scope = { file, imports: this.#imports };
    const found = collect(file.source, ts.isClassLike).flatMap((declared) => {
      const ancestry = reader.of(declared, scope);
      return ancestry.contract === undefined || isAmbient(declared) ? [] : [{ declared, ancestry, contract: ancestry.contract }];
    });
    this.classes = found.length;
    for (const { declared, ancestry, contract } of found) this.#class(declared, ancestry, contract);
  }

  result(): Implemented {
    const splices = [...this.#splices, ...this.#imports.splices(this.#contracts, this.#splices)];
    return { text: splice(this.#file.text, splices), changes: sortDiagnostics(this.#changes), diagnostics: sortDiagnostics(this.#diagnostics) };
  }

  #class(declared: ts.ClassLikeDeclaration, ancestry: Ancestry, contract: HandlerContract): void {
    const present = new Set([...implementedNames(declared), ...ancestry.members]);
    const missing = [...contract.methods.values()].filter(({ required, name }) => required && !present.has(name));
    for (const member of declared.members) this.#member(declared, member, contract, ancestry, missing);
    if (missing.length === 0 || isAbstract(declared)) return;
    if (ancestry.unread !== undefined) {
      const names = missing.map(({ name }) => `\`${name}\``).join(', ');
      this.#diagnostics.push(createDiagnostic('base-not-read', this.#file.rangeOf(ancestry.unread), { base: ancestry.unread.getText(this.#file.source), methods: names }));
      return;
    }
    const place = this.#file.rangeOf(declared.name ?? declared.getFirstToken(this.#file.source) ?? declared);
    for (const { name } of missing) this.#changes.push(createDiagnostic('handler-missing', place, { class: className(declared), method: name }));
    this.#splices.push(insertMembers(this.#file, this.#imports, contract, declared, missing));
  }

  #member(declared: ts.ClassLikeDeclaration, member: ts.ClassElement, contract: HandlerContract, ancestry: Ancestry, missing: readonly ContractMethod[]): void {
    const name = memberName(member);
    if (name === undefined || member.name === undefined) return;
    const method = contract.methods.get(name);
    if (method === undefined) {
      if (ancestry.unread !== undefined || ancestry.declared.has(name) || !this.#looksGone(member, contract)) return;
      const meant = closest(name, missing.map((each) => each.name));
      const extras = meant === undefined ? {} : { hint: `was it renamed to \`${meant}\`? Then rename it here; otherwise remove it.` };
      this.#diagnostics.push(createDiagnostic('handler-gone', this.#file.rangeOf(member.name), { class: className(declared), method: name, protocol: contract.protocol }, extras));
      return;
    }
    const overloads = declared.members.filter((other) => memberName(other) === name);
    const implementations = overloads.map(implementationOf).filter((each) => each !== undefined);
    if (overloads.length > 1) {
      if (overloads.at(-1) === member) this.#overloads(declared, member.name, implementations, contract, method);
      return;
    }
    const [implementation] = implementations;
    if (implementation !== undefined) this.#signature(declared, implementation, contract, method);
  }

  #signature(declared: ts.ClassLikeDeclaration, implementation: Implementation, contract: HandlerContract, method: ContractMethod): void {
    const differing = signatureEdits(this.#file, this.#imports, contract, method, implementation);
    if (differing.length === 0) return;
    const needed = this.#compiler().needed(this.#file, declared, implementation, differing);
    if (needed.length === 0) return;
    this.#splices.push(...needed.map((edit) => edit.splice()));
    this.#changes.push(createDiagnostic('handler-outdated', this.#file.rangeOf(implementation.name), { class: className(declared), method: method.name, protocol: contract.protocol }));
  }

  /** Which of several signatures an author would change is for the author to say. */
  #overloads(declared: ts.ClassLikeDeclaration, name: ts.PropertyName, implementations: readonly Implementation[], contract: HandlerContract, method: ContractMethod): void {
    if (implementations.some((each) => signatureEdits(this.#file, this.#imports, contract, method, each).length === 0)) return;
    if (this.#compiler().fits(this.#file, declared, name) === true) return;
    const types = (parts: readonly { readonly name: string; readonly type: { readonly text: string } }[]): string => parts.map((part) => `${part.name}: ${part.type.text}`).join(', ');
    const signature = `${method.name}(${types(method.parameters)}): ${method.returns.text}`;
    this.#diagnostics.push(createDiagnostic('handler-overloads', this.#file.rangeOf(name), { class: className(declared), method: method.name, signature }));
  }

  /** Whether a member that is no method of the protocol must have been one: it overrides, or has a handler's parameters. */
  #looksGone(member: ts.ClassElement, contract: HandlerContract): boolean {
    if (hasModifier(member, ts.SyntaxKind.PrivateKeyword) || hasModifier(member, ts.SyntaxKind.ProtectedKeyword)) return false;
    if (hasModifier(member, ts.SyntaxKind.OverrideKeyword)) return true;
    const parameters = implementationOf(member)?.signature.parameters ?? [];
    const types = parameters.map(({ type }) => (type === undefined ? '' : this.#imports.canonical(contract, type)));
    const ofProtocol = (type: string | undefined): boolean => type !== undefined && /^[A-Z]\w*$/.test(type) && parameters[0]?.type !== undefined && this.#isGenerated(contract, parameters[0].type);
    const first = types[0];
    return ofProtocol(first) && (types.at(-1) === 'CallContext' || !contract.exports.has(first as string));
  }

  /** Whether a type is one name that is imported from the generated modules. */
  #isGenerated(contract: HandlerContract, type: ts.TypeNode): boolean {
    if (!ts.isTypeReferenceNode(type)) return false;
    const name = ts.isQualifiedName(type.typeName) ? type.typeName.left : type.typeName;
    return ts.isIdentifier(name) && this.#imports.isGenerated(contract, name.text);
  }

  #compiler(): TypeCheck {
    this.#check ??= new TypeCheck(this.#file, this.#contracts);
    return this.#check;
  }
}

const isAbstract = (declared: ts.ClassLikeDeclaration): boolean => ts.getModifiers(declared)?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) === true;

const isAmbient = (declared: ts.ClassLikeDeclaration): boolean => ts.getModifiers(declared)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true;

function className(declared: ts.ClassLikeDeclaration): string {
  if (declared.name !== undefined) return declared.name.text;
  const { parent } = declared;
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : 'the class';
}

function implementationOf(member: ts.ClassElement): Implementation | undefined {
  if (ts.isMethodDeclaration(member)) return { name: member.name, signature: member };
  const value = ts.isPropertyDeclaration(member) ? member.initializer : undefined;
  if (member.name === undefined || value === undefined || !(ts.isArrowFunction(value) || ts.isFunctionExpression(value))) return undefined;
  return { name: member.name as ts.PropertyName, signature: value };
}
