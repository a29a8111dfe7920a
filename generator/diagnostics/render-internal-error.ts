import { createDiagnostic, wholeFile } from './diagnostic.ts';
import { renderText } from './render-text.ts';

/** What to show when vgi-gen itself fails: that it is our bug, the versions and the stack. The only place that shows a stack. */
export function renderInternalError(error: unknown, version: string): string {
  const problem = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? problem) : problem;
  const found = createDiagnostic('internal', wholeFile('vgi-gen'), { problem });
  return `${renderText([found], [])}\nvgi-gen ${version}, node ${process.version}, ${process.platform} ${process.arch}\n${stack}\n`;
}
