import type { NamedDefinition } from '../compile.ts';
import { DiagnosticCollector, wholeFile, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { FileSystem } from '../load/file-system.ts';
import { loadSources, readSource } from '../load/load-sources.ts';
import { ParseCache } from '../load/parse-cache.ts';
import type { SourceFile } from '../load/source.ts';
import type { Plan, Write } from '../plan/plan.ts';
import { formatText } from './format-text.ts';

/** Lays out the files of definitions; with `includes`, those that they include too. Files that cannot be read as YAML stay as they are. */
export function formatDefinitions(fileSystem: FileSystem, definitions: readonly NamedDefinition[], includes: boolean): { readonly plan: Plan; readonly diagnostics: readonly Diagnostic[]; readonly sources: readonly SourceFile[] } {
  const diagnostics = new DiagnosticCollector();
  const parsed = new ParseCache();
  const sources = new Map<string, SourceFile>();
  for (const { root, from = wholeFile(root) } of definitions) {
    if (includes) {
      for (const source of loadSources(fileSystem, root, parsed, diagnostics, from).sources) sources.set(source.file, source);
    } else {
      const source = readSource(fileSystem, root, from, diagnostics);
      if (source !== undefined) sources.set(root, source);
    }
  }
  const write: Write[] = [];
  const keep: string[] = [];
  for (const source of sources.values()) {
    const { text, diagnostics: found } = formatText(source);
    diagnostics.add(found);
    if (text === undefined) continue;
    if (text === source.text) keep.push(source.file);
    else write.push({ path: source.file, text, previous: source.text });
  }
  return { plan: { write, keep, delete: [] }, diagnostics: diagnostics.sorted(), sources: [...sources.values()] };
}
