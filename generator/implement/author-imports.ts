import { dirname, relative, resolve, sep } from 'node:path';
import { collect, type AuthorFile, type Splice } from './author-file.ts';
import { type HandlerContract, isInside, siblingModule, type TypeText } from './handler-contract.ts';
import { ts } from './typescript.ts';

/** Length beyond which an import is written over several lines. */
const lineWidth = 120;

interface Binding {
  /** Name in the module; `*` for a namespace. */
  readonly imported: string;
  readonly local: string;
  readonly from: string;
  readonly declaration: ts.ImportDeclaration;
  readonly specifier?: ts.ImportSpecifier;
}

interface Addition {
  readonly imported: string;
  readonly local: string;
  readonly from: string;
  readonly isType: boolean;
}

/** The imports of an author's file: what names of the protocol are called there, and what has to be imported in addition. */
export class AuthorImports {
  readonly #file: AuthorFile;
  readonly #bindings: readonly Binding[];
  readonly #declared: ReadonlySet<string>;
  readonly #additions: Addition[] = [];
  readonly #trusted = new Map<HandlerContract, Set<string>>();

  constructor(file: AuthorFile) {
    this.#file = file;
    this.#bindings = file.source.statements.filter(ts.isImportDeclaration).flatMap((declaration) => bindingsOf(declaration));
    this.#declared = new Set(declaredNames(file.source));
  }

  /** What a local name is bound to by an import. */
  binding(local: string): Binding | undefined {
    return this.#bindings.find((binding) => binding.local === local);
  }

  /** Notes that a module specifier means the generated modules, since the file extends the class that it takes from there. */
  trust(contract: HandlerContract, from: string): void {
    const trusted = this.#trusted.get(contract) ?? new Set();
    this.#trusted.set(contract, trusted.add(from));
  }

  /** Whether a local name was imported from the generated modules. */
  isGenerated(contract: HandlerContract, local: string): boolean {
    const binding = this.binding(local);
    return binding !== undefined && this.#leadsToGenerated(contract, binding.from);
  }

  /** A type of the contract as the file writes it; notes what has to be imported for that. */
  typeText(contract: HandlerContract, { text, names }: TypeText): string {
    let result = '';
    let at = 0;
    for (const { name, start } of names) {
      result += text.slice(at, start) + this.nameOf(contract, name, true);
      at = start + name.length;
    }
    return result + text.slice(at);
  }

  /** What the file calls a name that the generated module uses; imports it if it does not yet. */
  nameOf(contract: HandlerContract, name: string, isType: boolean): string {
    const known = this.#bindings.find((binding) => binding.imported === name && this.#leadsTo(contract, binding.from) && (isType || !isTypeOnly(binding)));
    if (known !== undefined) return known.local;
    const origin = contract.origins.get(name) ?? contract.runtime;
    const local = origin.startsWith('.');
    const namespace = this.#bindings.find(({ imported, from }) => imported === '*' && (local ? this.#leadsToGenerated(contract, from) : from === origin));
    if (namespace !== undefined) return `${namespace.local}.${name}`;
    const from = local ? siblingModule(this.#moduleOf(contract), origin) : origin;
    const added = this.#additions.find((addition) => addition.imported === name && addition.from === from);
    if (added !== undefined) return added.local;
    const addition = { imported: name, local: this.#freeName(contract, name), from, isType };
    this.#additions.push(addition);
    return addition.local;
  }

  /** A type of the file in the words of the contract, without white space: equal texts mean equal types. */
  canonical(contract: HandlerContract, node: ts.TypeNode): string {
    const { source, text } = this.#file;
    let result = '';
    let at = node.getStart(source);
    for (const reference of collect(node, (child): child is ts.Identifier | ts.QualifiedName => ts.isIdentifier(child) || ts.isQualifiedName(child))) {
      const start = reference.getStart(source);
      if (start < at) continue;
      result += text.slice(at, start) + this.#canonicalName(contract, reference);
      at = reference.getEnd();
    }
    return (result + text.slice(at, node.getEnd())).replace(/\s+/g, '');
  }

  /** The changes that make the additions and take out what the protocol does not export any more and nothing uses. */
  splices(contracts: readonly HandlerContract[], replaced: readonly Splice[]): Splice[] {
    const splices: Splice[] = [];
    const left = [...this.#additions];
    for (const statement of this.#file.source.statements.filter(ts.isImportDeclaration)) {
      const named = statement.importClause?.namedBindings;
      if (named === undefined || !ts.isNamedImports(named)) continue;
      const from = (statement.moduleSpecifier as ts.StringLiteral).text;
      const typeOnly = statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      const gone = named.elements.filter((element) => this.#isGone(contracts, from, element, replaced));
      const wanted = left.filter((addition) => addition.from === from && (addition.isType || !typeOnly));
      const added = gone.length === 0 && this.#overflows(statement, wanted) ? [] : wanted;
      for (const addition of added) left.splice(left.indexOf(addition), 1);
      if (gone.length === 0 && added.length === 0) continue;
      const texts = added.map(({ imported, local, isType }) => `${isType && !typeOnly ? 'type ' : ''}${imported}${local === imported ? '' : ` as ${local}`}`);
      splices.push(...this.#listSplices(statement, named, gone, texts));
    }
    return [...splices, ...this.#newStatements(left)];
  }

  /** Whether a list on one line would get too long; a statement of its own is added then, and the line stays as it is. */
  #overflows(statement: ts.ImportDeclaration, added: readonly Addition[]): boolean {
    const text = statement.getText(this.#file.source);
    return !text.includes('\n') && text.length + added.reduce((sum, { local }) => sum + local.length + ', type '.length, 0) > lineWidth;
  }

  #listSplices(statement: ts.ImportDeclaration, { elements }: ts.NamedImports, gone: readonly ts.ImportSpecifier[], texts: string[]): Splice[] {
    const { source, text } = this.#file;
    if (gone.length === elements.length && texts.length === 0 && statement.importClause?.name === undefined) {
      const end = statement.getEnd();
      return [{ start: statement.getStart(source), end: end + (/^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0), text: '' }];
    }
    const splices: Splice[] = [];
    const kept = elements.filter((element) => !gone.includes(element));
    for (const element of gone) {
      const start = element.getStart(source);
      const replacement = texts.shift();
      if (replacement !== undefined) splices.push({ start, end: element.getEnd(), text: replacement });
      else if (elements.indexOf(element) > 0 && kept.length > 0 && elements.indexOf(element) > elements.indexOf(kept[0] as ts.ImportSpecifier)) {
        splices.push({ start: elements[elements.indexOf(element) - 1]?.getEnd() ?? start, end: element.getEnd(), text: '' });
      } else splices.push({ start, end: elements[elements.indexOf(element) + 1]?.getStart(source) ?? element.getEnd(), text: '' });
    }
    const last = elements.at(-1);
    if (texts.length > 0 && last === undefined) {
      const brace = statement.importClause?.namedBindings?.getStart(source) ?? 0;
      splices.push({ start: brace + 1, end: brace + 1, text: ` ${texts.join(', ')} ` });
    } else if (texts.length > 0 && last !== undefined) {
      const lineBreak = text.slice(last.getFullStart(), last.getStart(source)).includes('\n');
      const separator = lineBreak ? `,${this.#file.lineEnd}${this.#file.indentAt(last.getStart(source))}` : ', ';
      splices.push({ start: last.getEnd(), end: last.getEnd(), text: texts.map((each) => separator + each).join('') });
    }
    return splices;
  }

  #newStatements(additions: readonly Addition[]): Splice[] {
    const { source, text, lineEnd, indent } = this.#file;
    const last = source.statements.findLast(ts.isImportDeclaration);
    const sample = last?.moduleSpecifier.getText(source) ?? "''";
    const quote = sample.charAt(0);
    const end = last === undefined || last.getText(source).endsWith(';') ? ';' : '';
    const statements: string[] = [];
    for (const from of new Set(additions.map((addition) => addition.from))) {
      for (const isType of [true, false]) {
        const names = additions.filter((addition) => addition.from === from && addition.isType === isType).map(({ imported, local }) => (local === imported ? imported : `${imported} as ${local}`));
        if (names.length === 0) continue;
        const [head, tail] = [`import ${isType ? 'type ' : ''}{`, `} from ${quote}${from}${quote}${end}`];
        const line = `${head} ${names.sort().join(', ')} ${tail}`;
        statements.push(line.length <= lineWidth ? line : [head, ...names.map((name) => `${indent}${name},`), tail].join(lineEnd));
      }
    }
    if (statements.length === 0) return [];
    const at = last?.getEnd() ?? source.statements[0]?.getStart(source) ?? text.length;
    const lines = last === undefined ? statements.map((statement) => statement + lineEnd) : statements.map((statement) => lineEnd + statement);
    return [{ start: at, end: at, text: lines.join('') }];
  }

  /** Imported from the protocol, not exported by it any more, and used nowhere but in what is replaced. */
  #isGone(contracts: readonly HandlerContract[], from: string, element: ts.ImportSpecifier, replaced: readonly Splice[]): boolean {
    const contract = contracts.find((candidate) => this.#leadsToGenerated(candidate, from));
    if (contract === undefined || contract.exports.has((element.propertyName ?? element.name).text)) return false;
    const inside = (node: ts.Node): boolean => replaced.some(({ start, end }) => node.getStart(this.#file.source) >= start && node.getEnd() <= end);
    return !collect(this.#file.source, ts.isIdentifier).some((node) => node.text === element.name.text && node.parent !== element && !inside(node));
  }

  #canonicalName(contract: HandlerContract, node: ts.Identifier | ts.QualifiedName): string {
    if (ts.isQualifiedName(node)) {
      const namespace = ts.isIdentifier(node.left) ? this.binding(node.left.text) : undefined;
      const known = namespace?.imported === '*' && this.#leadsTo(contract, namespace.from);
      return known ? node.right.text : node.getText(this.#file.source);
    }
    const binding = this.binding(node.text);
    if (binding !== undefined) return this.#leadsTo(contract, binding.from) ? binding.imported : `~${node.text}`;
    return this.#declared.has(node.text) ? `~${node.text}` : node.text;
  }

  /** The module that the file imports the protocol from, or would. */
  #moduleOf(contract: HandlerContract): string {
    const base = this.#bindings.find(({ imported, from }) => imported === contract.className && this.#leadsToGenerated(contract, from));
    const other = base ?? this.#bindings.find(({ from }) => this.#leadsToGenerated(contract, from));
    if (other !== undefined) return other.from;
    if (contract.entry !== undefined) return contract.entry;
    const path = relative(dirname(this.#file.path), contract.folder).split(sep).join('/');
    const extension = this.#bindings.some(({ from }) => /^\..*\.js$/.test(from)) ? 'js' : 'ts';
    return `${path.startsWith('.') ? path : `./${path}`}/index.${extension}`;
  }

  #leadsTo(contract: HandlerContract, from: string): boolean {
    return from === contract.runtime || from === 'vgi-gen/worker' || this.#leadsToGenerated(contract, from);
  }

  /** Whether a module specifier means the generated modules, as a path, as the package entry, or because it is trusted. */
  #leadsToGenerated(contract: HandlerContract, from: string): boolean {
    if (from === contract.entry) return true;
    if (from.startsWith('.') && isInside(contract, resolve(dirname(this.#file.path), from))) return true;
    return this.#trusted.get(contract)?.has(from) === true;
  }

  #freeName(contract: HandlerContract, name: string): string {
    const taken = (candidate: string): boolean =>
      this.#declared.has(candidate) || this.#bindings.some(({ local }) => local === candidate) || this.#additions.some(({ local }) => local === candidate);
    const stem = contract.className.replace(/Handlers$/, '');
    let free = taken(name) ? stem + name : name;
    while (taken(free)) free = `${free}_`;
    return free;
  }
}

const isTypeOnly = ({ declaration, specifier }: Binding): boolean => declaration.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword || specifier?.isTypeOnly === true;

function bindingsOf(declaration: ts.ImportDeclaration): Binding[] {
  const from = ts.isStringLiteral(declaration.moduleSpecifier) ? declaration.moduleSpecifier.text : '';
  const { name, namedBindings } = declaration.importClause ?? {};
  const found: Binding[] = name === undefined ? [] : [{ imported: 'default', local: name.text, from, declaration }];
  if (namedBindings === undefined) return found;
  if (ts.isNamespaceImport(namedBindings)) return [...found, { imported: '*', local: namedBindings.name.text, from, declaration }];
  return [...found, ...namedBindings.elements.map((specifier) => ({ imported: (specifier.propertyName ?? specifier.name).text, local: specifier.name.text, from, declaration, specifier }))];
}

/** Names of what the file declares itself at its top level. */
function declaredNames(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
    const named = statement as ts.Statement & { readonly name?: ts.Node };
    return named.name !== undefined && ts.isIdentifier(named.name) ? [named.name.text] : [];
  });
}
