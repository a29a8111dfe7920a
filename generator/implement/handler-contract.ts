import { posix, sep } from 'node:path';
import { collect } from './author-file.ts';
import { ts } from './typescript.ts';

/** A type as the generated class writes it, with the names in it that its module imports. */
export interface TypeText {
  readonly text: string;
  readonly names: readonly { readonly name: string; readonly start: number }[];
}

export interface ContractMethod {
  readonly name: string;
  /** Comment, line by line, without indentation. */
  readonly doc: readonly string[];
  /** Abstract in the generated class. */
  readonly required: boolean;
  readonly parameters: readonly { readonly name: string; readonly type: TypeText }[];
  readonly returns: TypeText;
}

/** The generated files of a protocol, as they are or as they should be. */
export interface GeneratedModules {
  readonly protocol: string;
  /** Absolute folder of the files, with forward slashes. */
  readonly folder: string;
  /** Package entry that exports the index, if one does. */
  readonly entry?: string;
  /** Texts by file name. */
  readonly files: ReadonlyMap<string, string>;
}

/** What a generated handlers class asks of those that extend it. Read from its text, so that it is what the compiler will see. */
export interface HandlerContract extends GeneratedModules {
  readonly className: string;
  readonly methods: ReadonlyMap<string, ContractMethod>;
  /** Where the class module imports a name from: `./types.ts`, or the runtime. */
  readonly origins: ReadonlyMap<string, string>;
  readonly runtime: string;
  /** Names that the index exports. */
  readonly exports: ReadonlySet<string>;
}

/** Files that the class is written in and exported by. */
export const handlersFile = 'handlers.ts';
const indexFile = 'index.ts';

/** The contract of a protocol; nothing if the protocol has no methods. */
export function readContract(modules: GeneratedModules): HandlerContract | undefined {
  const text = modules.files.get(handlersFile);
  if (text === undefined) return undefined;
  const source = ts.createSourceFile(handlersFile, text, ts.ScriptTarget.Latest, true);
  const [declared] = collect(source, ts.isClassDeclaration);
  if (declared?.name === undefined) return undefined;
  const origins = new Map<string, string>();
  for (const statement of source.statements.filter(ts.isImportDeclaration)) {
    for (const { name } of collect(statement, ts.isImportSpecifier)) origins.set(name.text, (statement.moduleSpecifier as ts.StringLiteral).text);
  }
  const methods = declared.members.filter(ts.isMethodDeclaration).map((method) => contractMethod(source, method, origins));
  return {
    ...modules,
    className: declared.name.text,
    methods: new Map(methods.map((method) => [method.name, method])),
    origins,
    runtime: [...origins.values()].find((from) => !from.startsWith('.')) ?? 'vgi-gen/runtime/v1',
    exports: exportedNames(modules.files),
  };
}

function contractMethod(source: ts.SourceFile, method: ts.MethodDeclaration, origins: ReadonlyMap<string, string>): ContractMethod {
  const typeText = (node: ts.TypeNode | undefined): TypeText => {
    const start = node?.getStart(source) ?? 0;
    const names = node === undefined ? [] : collect(node, ts.isIdentifier).filter(({ text }) => origins.has(text));
    return { text: node?.getText(source) ?? 'unknown', names: names.map((name) => ({ name: name.text, start: name.getStart(source) - start })) };
  };
  return {
    name: method.name.getText(source),
    doc: ts.getJSDocCommentsAndTags(method).slice(0, 1).flatMap((doc) => doc.getText(source).split('\n').map((line) => line.replace(/^ {2}/, ''))),
    required: method.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) === true,
    // Parameters that a default does not use start with an underscore.
    parameters: method.parameters.map(({ name, type }) => ({ name: name.getText(source).replace(/^_/, ''), type: typeText(type) })),
    returns: typeText(method.type),
  };
}

function exportedNames(files: ReadonlyMap<string, string>): Set<string> {
  const exported = [...(files.get(indexFile) ?? '').matchAll(/^export \* from '\.\/([^']+)';/gm)].map(([, file]) => file as string);
  const declaration = /^export (?:abstract )?(?:const|class|function|interface|type) (\w+)/gm;
  return new Set(exported.flatMap((file) => [...(files.get(file) ?? '').matchAll(declaration)].map(([, name]) => name as string)));
}

/** Whether a path, absolute and without regard to its extension, is one of the generated modules. */
export function isInside({ folder }: GeneratedModules, path: string): boolean {
  return path.split(sep).join('/').startsWith(`${folder}/`);
}

/** The module of the protocol that a name is imported from, for a file that imports the class from `base`. */
export function siblingModule(base: string, origin: string): string {
  const match = /^(.*\/)handlers(\.[cm]?[jt]s)?$/.exec(base);
  return match === null ? base : `${match[1]}${posix.basename(origin, '.ts')}${match[2] ?? ''}`;
}
