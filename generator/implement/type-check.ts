import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageFolder } from '../package-folder.ts';
import type { AuthorFile } from './author-file.ts';
import type { HandlerContract } from './handler-contract.ts';
import { Project, ts } from './typescript.ts';
import type { Implementation, SignatureEdit } from './signature-edits.ts';

/**
 * Asks the compiler whether a signature still fits, with the generated files as they should be. Made only once two texts differ:
 * loading the files of a project takes about a second.
 */
export class TypeCheck {
  readonly #checker: ts.TypeChecker;
  readonly #source: ts.SourceFile | undefined;

  constructor(file: AuthorFile, contracts: readonly HandlerContract[]) {
    const config = ts.findConfigFile(dirname(file.path), existsSync);
    const project = new Project({ ...(config === undefined ? {} : { tsConfigFilePath: config }), skipAddingFilesFromTsConfig: true });
    const { paths } = project.getCompilerOptions();
    project.compilerOptions.set({
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      ...(config === undefined ? { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext } : {}),
      paths: { ...ownEntries(), ...paths },
    });
    for (const { folder, entry, files } of contracts) {
      if (entry !== undefined) continue;
      for (const [name, text] of files) if (name.endsWith('.ts')) project.createSourceFile(join(folder, name), text, { overwrite: true });
    }
    project.createSourceFile(file.path, file.text, { overwrite: true });
    const program = project.getProgram().compilerObject;
    this.#checker = program.getTypeChecker();
    this.#source = program.getSourceFile(file.path);
  }

  /** The edits that a signature needs to fit; all of them if the compiler cannot tell. */
  needed(file: AuthorFile, declared: ts.ClassLikeDeclaration, { name }: Implementation, edits: readonly SignatureEdit[]): readonly SignatureEdit[] {
    const unknown = edits.filter(({ part, node }) => part !== 'parameters' && this.#isUnknown(file, node));
    const own = this.#typeOf(file, name);
    const base = this.#baseMember(file, declared, name.getText(file.source));
    const [expected] = base?.getCallSignatures() ?? [];
    if (own === undefined || base === undefined || expected === undefined) return edits;
    if (this.#checker.isTypeAssignableTo(own, base)) return unknown;
    const wrong = edits.filter((edit) => {
      const { part, index, node } = edit;
      if (unknown.includes(edit)) return true;
      const written = this.#typeOf(file, node);
      if (written === undefined || part === 'parameters') return true;
      if (part === 'return') return !this.#checker.isTypeAssignableTo(written, expected.getReturnType());
      const parameter = expected.getParameters()[index];
      const wanted = parameter === undefined || this.#source === undefined ? undefined : this.#checker.getTypeOfSymbolAtLocation(parameter, this.#source);
      return wanted === undefined || !(this.#checker.isTypeAssignableTo(wanted, written) || this.#checker.isTypeAssignableTo(written, wanted));
    });
    return wrong.length > 0 ? wrong : edits;
  }

  /** Whether the member, overloads and all, can stand for that of the generated class; `undefined` if the compiler cannot tell. */
  fits(file: AuthorFile, declared: ts.ClassLikeDeclaration, name: ts.PropertyName): boolean | undefined {
    const own = this.#typeOf(file, name);
    const base = this.#baseMember(file, declared, name.getText(file.source));
    return own === undefined || base === undefined ? undefined : this.#checker.isTypeAssignableTo(own, base);
  }

  /** A type that names something which is not there counts as `any`, which fits everything. */
  #isUnknown(file: AuthorFile, node: ts.Node): boolean {
    const type = this.#typeOf(file, node);
    return type !== undefined && (type.flags & ts.TypeFlags.Any) !== 0 && node.kind !== ts.SyntaxKind.AnyKeyword;
  }

  #baseMember(file: AuthorFile, declared: ts.ClassLikeDeclaration, name: string): ts.Type | undefined {
    const heritage = declared.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    const here = heritage === undefined ? undefined : this.#nodeAt(file, heritage);
    const base = here === undefined ? undefined : this.#checker.getTypeAtLocation(here);
    const member = base?.getProperty(name.replace(/^['"]|['"]$/g, ''));
    return member === undefined || here === undefined ? undefined : this.#checker.getTypeOfSymbolAtLocation(member, here);
  }

  #typeOf(file: AuthorFile, node: ts.Node): ts.Type | undefined {
    const here = this.#nodeAt(file, node);
    return here === undefined ? undefined : this.#checker.getTypeAtLocation(here);
  }

  /** The node of the program that stands where a node of the file stands. */
  #nodeAt(file: AuthorFile, wanted: ts.Node): ts.Node | undefined {
    // The library takes off the byte order mark that the file may start with.
    const shift = file.text.startsWith('\uFEFF') ? 1 : 0;
    const [start, end, kind] = [wanted.getStart(file.source) - shift, wanted.getEnd() - shift, wanted.kind];
    const visit = (node: ts.Node): ts.Node | undefined => {
      if (node.getEnd() < end || node.getFullStart() > start) return undefined;
      if (node.kind === kind && node.getEnd() === end && node.getStart(this.#source) === start) return node;
      return ts.forEachChild(node, visit);
    };
    return this.#source === undefined ? undefined : visit(this.#source);
  }
}

/** Where the entries of this package lie, for files that do not find it in a `node_modules` above them. */
function ownEntries(): Record<string, string[]> {
  const root = packageFolder();
  const found = { 'vgi-gen/runtime/v1': 'runtime/v1', 'vgi-gen/worker': 'worker/index', 'vgi-gen/vgi': 'generated/vgi/ts/index' };
  const candidates = (path: string): string[] => [join(root, 'dist/types', `${path}.d.ts`), join(root, `${path}.ts`)].filter((candidate) => existsSync(candidate)).slice(0, 1);
  return Object.fromEntries(Object.entries(found).map(([name, path]) => [name, candidates(path)]));
}
