import { compile } from '../../compile.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { servedVersions, snapshotOf } from '../../history/snapshot-of.ts';
import type { FileSystem } from '../../load/file-system.ts';
import type { SourceRange } from '../../load/source.ts';
import { failed, labelOf, type Baseline, type Earlier } from './baseline.ts';

/** Another definition. */
export const definitionBaseline = (fileSystem: FileSystem, root: string): Baseline => ({
  of({ protocol }) {
    const earlier = earlierDefinition(fileSystem, root);
    const actual = earlier.before?.protocol;
    return actual === undefined || actual === protocol.name ? earlier : undefined;
  },
});

/** Compiles a definition in its newest version; `nameFile` says what its files are called in findings. */
export function earlierDefinition(fileSystem: FileSystem, root: string, where = root, nameFile = (file: string) => file): Earlier {
  const relocate = (range: SourceRange): SourceRange => ({ ...range, file: nameFile(range.file) });
  const { model, diagnostics, sources } = compile(fileSystem, root);
  const renamed = sources.map(({ file, text }) => ({ file: nameFile(file), text }));
  if (model === undefined) return failed(diagnostics.map((found) => relocated(found, relocate)), renamed);
  const served = servedVersions(model);
  return {
    before: snapshotOf(model, model.protocol.current, relocate),
    label: labelOf(model.protocol.current, where),
    released: () => served.map((version) => snapshotOf(model, version, relocate)),
    diagnostics: [],
    sources: renamed,
  };
}

const relocated = (found: Diagnostic, relocate: (range: SourceRange) => SourceRange): Diagnostic => ({
  ...found,
  range: relocate(found.range),
  related: found.related.map(({ label, range }) => ({ label, range: relocate(range) })),
});
