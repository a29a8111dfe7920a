import { dirname, resolve } from 'node:path';
import { AuthorFile, collect } from './author-file.ts';
import { AuthorImports } from './author-imports.ts';
import { type HandlerContract, isInside } from './handler-contract.ts';
import { ts } from './typescript.ts';

/** What stands behind the `extends` of a class. */
export interface Ancestry {
  /** The generated class, if one is reached. */
  readonly contract?: HandlerContract;
  /** Methods that classes and mixins between the two implement. */
  readonly members: ReadonlySet<string>;
  /** Those, and what they leave to others. */
  readonly declared: ReadonlySet<string>;
  /** A class or mixin on the way that could not be read. */
  readonly unread?: ts.Expression;
}

/** A file while its classes are looked up. */
export interface Scope {
  readonly file: AuthorFile;
  readonly imports: AuthorImports;
}

const nothing: Ancestry = { members: new Set(), declared: new Set() };
/** Files and classes on the way to the generated class; more is a loop. */
const longestWay = 20;

/** Finds out by reading what classes extend, through classes and mixins of the same file and of files imported by path. */
export class AncestryReader {
  readonly #contracts: readonly HandlerContract[];
  readonly #readText: (path: string) => string | undefined;
  readonly #scopes = new Map<string, Scope | undefined>();

  /** `readText` gives the text of a file by its absolute path, if there is one. */
  constructor(contracts: readonly HandlerContract[], readText: (path: string) => string | undefined) {
    this.#contracts = contracts;
    this.#readText = readText;
  }

  of(declared: ts.ClassLikeDeclaration, scope: Scope, steps = 0): Ancestry {
    const base = declared.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
    return base === undefined ? nothing : this.#expression(base, scope, steps + 1);
  }

  #expression(node: ts.Expression, scope: Scope, steps: number): Ancestry {
    if (steps > longestWay) return { ...nothing, unread: node };
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node)) return this.#expression(node.expression, scope, steps + 1);
    if (ts.isClassExpression(node)) return this.#class(node, scope, steps);
    if (ts.isCallExpression(node)) return merge([this.#mixin(node.expression, scope), ...node.arguments.map((argument) => this.#expression(argument, scope, steps + 1))]);
    if (ts.isIdentifier(node)) return this.#named(node.text, scope, steps + 1, node);
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const namespace = scope.imports.binding(node.expression.text);
      if (namespace?.imported === '*') return this.#imported(node.name.text, namespace.from, scope, steps + 1, node);
    }
    return ts.isPropertyAccessExpression(node) ? { ...nothing, unread: node } : nothing;
  }

  #class(declared: ts.ClassLikeDeclaration, scope: Scope, steps: number): Ancestry {
    return merge([ownMembers([declared]), this.of(declared, scope, steps)]);
  }

  /** What a name means in a file; `node` is where it is used. */
  #named(name: string, scope: Scope, steps: number, node: ts.Expression): Ancestry {
    const binding = scope.imports.binding(name);
    if (binding !== undefined) return this.#imported(binding.imported, binding.from, scope, steps, node);
    const declared = declarationOf(scope.file.source, name);
    if (declared === undefined || ts.isFunctionDeclaration(declared)) return nothing;
    if (ts.isClassDeclaration(declared)) return this.#class(declared, scope, steps);
    return declared.initializer === undefined ? nothing : this.#expression(declared.initializer, scope, steps);
  }

  #imported(name: string, from: string, scope: Scope, steps: number, node: ts.Expression): Ancestry {
    const contract = this.#contractOf(name, from, scope);
    if (contract !== undefined) {
      scope.imports.trust(contract, from);
      return { ...nothing, contract };
    }
    const other = steps > longestWay ? undefined : this.#module(from, scope);
    return other === undefined ? { ...nothing, unread: node } : this.#exported(name, other, steps + 1, node);
  }

  #exported(name: string, scope: Scope, steps: number, node: ts.Expression): Ancestry {
    for (const statement of scope.file.source.statements.filter(ts.isExportDeclaration)) {
      const from = statement.moduleSpecifier;
      const elements = statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause) ? statement.exportClause.elements : [];
      const element = elements.find((candidate) => candidate.name.text === name);
      if (element === undefined && (statement.exportClause !== undefined || from === undefined)) continue;
      const original = (element?.propertyName ?? element?.name)?.text ?? name;
      const found = from === undefined ? this.#named(original, scope, steps, node) : this.#imported(original, (from as ts.StringLiteral).text, scope, steps, node);
      if (element !== undefined || found.contract !== undefined) return found;
    }
    if (name !== 'default') return this.#named(name, scope, steps, node);
    const [exported] = scope.file.source.statements.filter((statement) => ts.isClassDeclaration(statement) && statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword));
    if (exported !== undefined) return this.#class(exported as ts.ClassDeclaration, scope, steps);
    const assigned = scope.file.source.statements.find(ts.isExportAssignment);
    return assigned === undefined ? { ...nothing, unread: node } : this.#expression(assigned.expression, scope, steps);
  }

  /** The methods of the classes that a mixin function makes. */
  #mixin(callee: ts.Expression, scope: Scope): Ancestry {
    if (!ts.isIdentifier(callee)) return { ...nothing, unread: callee };
    const binding = scope.imports.binding(callee.text);
    const home = binding === undefined ? scope : this.#module(binding.from, scope);
    const declared = home === undefined ? undefined : declarationOf(home.file.source, binding?.imported ?? callee.text);
    const body = declared === undefined ? undefined : ts.isFunctionDeclaration(declared) ? declared.body : ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
    if (body === undefined) return { ...nothing, unread: callee };
    return ownMembers(collect(body, ts.isClassLike));
  }

  /** The contract whose class a module exports under the name. By path if the path says which, otherwise by name. */
  #contractOf(name: string, from: string, scope: Scope): HandlerContract | undefined {
    const named = this.#contracts.filter(({ className }) => className === name);
    if (named.length === 0) return undefined;
    const path = resolve(dirname(scope.file.path), from);
    const byPath = from.startsWith('.') ? named.find((contract) => isInside(contract, path)) : named.find(({ entry }) => entry === from);
    if (byPath !== undefined) return byPath;
    return from.startsWith('.') && this.#module(from, scope) !== undefined ? undefined : named[0];
  }

  #module(from: string, scope: Scope): Scope | undefined {
    if (!from.startsWith('.')) return undefined;
    const path = resolve(dirname(scope.file.path), from);
    if (this.#scopes.has(path)) return this.#scopes.get(path);
    const candidates = [path, path.replace(/\.([cm]?)js$/, '.$1ts'), `${path}.ts`, resolve(path, 'index.ts')];
    let found: Scope | undefined;
    for (const candidate of new Set(candidates)) {
      const text = found === undefined && /\.[cm]?tsx?$/.test(candidate) ? this.#readText(candidate) : undefined;
      if (text === undefined) continue;
      const file = new AuthorFile(candidate, candidate, text);
      found = { file, imports: new AuthorImports(file) };
    }
    this.#scopes.set(path, found);
    return found;
  }
}

const merge = (parts: readonly Ancestry[]): Ancestry => ({
  contract: parts.find(({ contract }) => contract !== undefined)?.contract,
  members: new Set(parts.flatMap(({ members }) => [...members])),
  declared: new Set(parts.flatMap(({ declared }) => [...declared])),
  unread: parts.find(({ unread }) => unread !== undefined)?.unread,
});

const ownMembers = (classes: readonly ts.ClassLikeDeclaration[]): Ancestry => ({
  members: new Set(classes.flatMap(implementedNames)),
  declared: new Set(classes.flatMap(({ members }) => members.map(memberName).filter((name) => name !== undefined))),
});

type Declared = ts.ClassDeclaration | ts.FunctionDeclaration | ts.VariableDeclaration;

const declarationOf = (source: ts.SourceFile, name: string): Declared | undefined =>
  collect(source, (node): node is Declared => ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)).find(
    (declared) => declared.name !== undefined && ts.isIdentifier(declared.name) && declared.name.text === name,
  );

const hasModifier = (member: ts.ClassElement, kind: ts.SyntaxKind): boolean => ts.canHaveModifiers(member) && ts.getModifiers(member)?.some((modifier) => modifier.kind === kind) === true;

/** Name of a member that can be one of the protocol's: neither static nor `#private` nor computed. */
export function memberName(member: ts.ClassElement): string | undefined {
  if (member.name === undefined || hasModifier(member, ts.SyntaxKind.StaticKeyword)) return undefined;
  if (ts.isIdentifier(member.name) || ts.isStringLiteral(member.name)) return member.name.text;
  return ts.isComputedPropertyName(member.name) && ts.isStringLiteral(member.name.expression) ? member.name.expression.text : undefined;
}

/** Names of the members that a class does not leave to others. */
export function implementedNames(declared: ts.ClassLikeDeclaration): string[] {
  return declared.members.flatMap((member) => {
    const name = hasModifier(member, ts.SyntaxKind.AbstractKeyword) ? undefined : memberName(member);
    return name === undefined ? [] : [name];
  });
}

export { hasModifier };
