import type { Diagnostic, TextEdit } from '../diagnostics/diagnostic.ts';
import { isSuppressible } from '../diagnostics/suppressions.ts';
import type { SourceFile } from '../load/source.ts';

/** Files with the fixes of lint findings applied; fixes that overlap others are left for another round. Only files that change are given. */
export function applyFixes(diagnostics: readonly Diagnostic[], sources: readonly SourceFile[]): readonly SourceFile[] {
  const edits = diagnostics.flatMap(({ code, fix }) => (fix !== undefined && isSuppressible(code) ? [fix] : []));
  return sources.flatMap(({ file, text }) => {
    const changed = applyEdits(text, edits.filter(({ range }) => range.file === file));
    return changed === text ? [] : [{ file, text: changed }];
  });
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.range.start.offset - b.range.start.offset || a.range.end.offset - b.range.end.offset);
  let result = '';
  let at = 0;
  let previous: TextEdit | undefined;
  for (const edit of ordered) {
    const { start, end } = edit.range;
    const touches = previous !== undefined && start.offset <= previous.range.end.offset;
    if (touches) continue;
    result += text.slice(at, start.offset) + edit.text;
    at = end.offset;
    previous = edit;
  }
  return result + text.slice(at);
}
