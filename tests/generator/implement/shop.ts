import { join } from 'node:path';
import { compile } from '../../../generator/api.ts';
import { tsTarget } from '../../../generator/emit/ts/ts-target.ts';
import type { GeneratedModules } from '../../../generator/implement/handler-contract.ts';
import { implement, type Implemented } from '../../../generator/implement/implement.ts';
import { Project, ts } from '../../../generator/implement/typescript.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';

/** A protocol with a method of every kind; `buy` has to be implemented, as have all without `operation`. */
export const shopDefinition = `
protocol:
  name: shop
  wire_name: Shop
  service: Shop
  request_contract: exact
  doc: Sells things over a counter.
  versions: {1.0.0: {doc: The first release.}}
types:
  Order: {doc: What a customer wants., fields: {item: {type: utf8, doc: Which thing.}}}
  Receipt: {doc: Proof of a sale., fields: {number: {type: int64, doc: Counts up.}, mood: {type: Mood, doc: Of the seller.}}}
enums:
  Mood: {doc: How somebody feels., encoding: utf8, members: {GLAD: {doc: All is well.}, SAD: {doc: Not so well.}}}
methods:
  buy: {doc: 'Takes one thing from the shelf.', kind: unary, request: Order, result: {type: ipc<Receipt>, doc: Keep it.}}
  ask: {doc: Asks for a price., kind: unary, params: {item: {type: utf8, doc: Which thing.}}, result: 'int64?'}
  list: {doc: Lists what there is., kind: producer, params: {}, output: {item: {type: utf8, doc: Which thing.}}}
  haggle: {doc: Offers and counter-offers., kind: exchange, params: {}, input: {offer: {type: int64, doc: In cents.}}, output: {price: {type: int64, doc: In cents.}}}
  close_early: {doc: Shuts the door., kind: unary, params: {}, result: void, operation: {object: catalog, action: close, default: no_op}}
`;

const folder = '/project/generated/shop/ts';

const emitted = new Map<string, GeneratedModules>();

/** What the TypeScript target makes of a definition, as if it lay in /project/generated/shop. */
export function modulesOf(definition = shopDefinition): GeneratedModules {
  const known = emitted.get(definition);
  if (known !== undefined) return known;
  const { model, diagnostics } = compile(memoryFileSystem({ 'shop.yaml': definition }), 'shop.yaml');
  if (model === undefined) throw new Error(JSON.stringify(diagnostics));
  const files = tsTarget.emit(model, { runtimeImport: 'vgi-gen/runtime/v1', sourceRoot: 'shop.yaml' });
  const modules = { protocol: 'shop.yaml', folder, files: new Map(files.map(({ path, text }) => [path, text])) };
  emitted.set(definition, modules);
  return modules;
}

/** Implements a file of /project/src; `others` are files beside it. */
export function implemented(text: string, modules: readonly GeneratedModules[] = [modulesOf()], others: Readonly<Record<string, string>> = {}): Implemented {
  return implement({ path: '/project/src/shop.ts', name: 'src/shop.ts', text }, modules, (path) => others[path.replace('/project/src/', '')]);
}

const projects = new Map<GeneratedModules, Project>();

/** What the compiler says about a file of /project/src, one line each. */
export function compilerErrors(text: string, modules = modulesOf(), others: Readonly<Record<string, string>> = {}): string[] {
  const project = projects.get(modules) ?? projectOf(modules);
  projects.set(modules, project);
  for (const [name, content] of Object.entries(others)) project.createSourceFile(`/project/src/${name}`, content, { overwrite: true });
  const file = project.createSourceFile('/project/src/shop.ts', text, { overwrite: true });
  return file.getPreEmitDiagnostics().map((found) => ts.flattenDiagnosticMessageText(found.compilerObject.messageText, ' '));
}

function projectOf({ files }: GeneratedModules): Project {
  const root = process.cwd();
  const project = new Project({
    compilerOptions: {
      strict: true,
      noEmit: true,
      noImplicitOverride: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      types: ['node'],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      paths: { 'vgi-gen/runtime/v1': [join(root, 'runtime/v1.ts')], 'vgi-gen/vgi': [join(root, 'generated/vgi/ts/index.ts')], 'vgi-gen/worker': [join(root, 'worker/index.ts')] },
      typeRoots: [join(root, 'node_modules/@types')],
    },
  });
  for (const [name, content] of files) project.createSourceFile(`${folder}/${name}`, content);
  return project;
}
