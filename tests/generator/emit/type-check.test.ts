import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Everything that a project of a user may have switched on. */
const strictest: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  isolatedModules: true,
  isolatedDeclarations: true,
  declaration: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  paths: { 'vgi-gen/runtime/v1': [`${root}runtime/v1.ts`] },
};

const protocols = ['generated/vgi', 'generated/vgi-secret', 'generated/conformance', 'generated/bench', 'tests/generator/emit/library/generated'];

it('generated TypeScript compiles under the strictest settings', { timeout: 120_000 }, () => {
  const folders = protocols.map((protocol) => `${root}${protocol}/ts/`);
  const files = folders.flatMap((folder) => ts.sys.readDirectory(folder, ['.ts']));
  expect(files.length).toBeGreaterThan(protocols.length * 6);
  const program = ts.createProgram(files, strictest);
  const problems = program
    .getSourceFiles()
    .filter(({ fileName }) => folders.some((folder) => fileName.startsWith(folder)))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file), ...program.getDeclarationDiagnostics(file)])
    .map(({ file, start, messageText }) => `${file?.fileName.slice(root.length)}:${file?.getLineAndCharacterOfPosition(start ?? 0).line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  expect(problems).toEqual([]);
});
