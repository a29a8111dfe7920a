import { compile, type NamedDefinition } from '../compile.ts';
import { sortDiagnostics, wholeFile, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { memoryFileSystem, type FileSystem } from '../load/file-system.ts';
import { ParseCache } from '../load/parse-cache.ts';
import type { SourceFile } from '../load/source.ts';
import { applyFixes } from './apply-fixes.ts';
import { lint } from './lint.ts';
import type { Rule } from './rule.ts';

export interface Linted {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
  /** Files that fixes change, with their new text. */
  readonly fixed: readonly SourceFile[];
}

/** Fixes may uncover or make room for others; more rounds than this would mean that two rules disagree. */
const mostRounds = 10;

/** Lints definitions together, so that what they share is looked at once. Writes nothing: fixes are made in memory. */
export function lintDefinitions(fileSystem: FileSystem, definitions: readonly NamedDefinition[], rules: readonly Rule[], fix: boolean): Linted {
  const parsed = new ParseCache();
  const fixed = new Map<string, string>();
  for (let round = 0; ; round++) {
    const current = memoryFileSystem(Object.fromEntries(fixed), fileSystem);
    const compilations = definitions.map(({ root, from = wholeFile(root) }) => compile(current, root, from, parsed));
    const diagnostics = sortDiagnostics(compilations.flatMap((compilation) => lint(compilation, rules)));
    const sources = [...new Map(compilations.flatMap((compilation) => compilation.sources.map((source) => [source.file, source]))).values()];
    const changes = fix && round < mostRounds ? applyFixes(diagnostics, sources) : [];
    if (changes.length === 0) return { diagnostics, sources, fixed: [...fixed].map(([file, text]) => ({ file, text })) };
    for (const { file, text } of changes) fixed.set(file, text);
  }
}
