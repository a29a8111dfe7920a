import { posix } from 'node:path';
import { wholeFile, type DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { FileSystem } from './file-system.ts';
import type { ParseCache } from './parse-cache.ts';
import { decodeText } from './parse-yaml.ts';
import type { SourceFile, SourceRange } from './source.ts';
import type { SourceNode } from './source-node.ts';

export interface LoadedSources {
  /** Every file that could be parsed: the root first, then what it includes, depth first in the order of the `include` entries. */
  readonly files: readonly SourceNode[];
  /** Text of every file that was read, parsed or not. */
  readonly sources: readonly SourceFile[];
  /** Every file that is included could be parsed. */
  readonly complete: boolean;
}

/** Reads the text of one file; reports at `from` (the place that names it) if there is none. */
export function readSource(fileSystem: FileSystem, file: string, from: SourceRange, diagnostics: DiagnosticCollector): SourceFile | undefined {
  let bytes: Uint8Array | undefined;
  try {
    bytes = fileSystem.read(file);
  } catch (error) {
    const isFolder = error instanceof Error && 'code' in error && error.code === 'EISDIR';
    diagnostics.report('file-not-readable', from, { path: file, reason: isFolder ? 'it is a folder' : error instanceof Error ? error.message : String(error) }, isFolder ? { hint: 'name the files in it, one by one.' } : {});
    return undefined;
  }
  if (bytes === undefined) {
    diagnostics.report('file-not-found', from, { path: file }, /[*?[\]]/.test(file) ? { hint: 'patterns are not expanded: name the files one by one.' } : {});
    return undefined;
  }
  const text = decodeText(file, bytes, diagnostics);
  return text === undefined ? undefined : { file, text };
}

/** Reads a root file and everything it includes. A file that several others include is read once. */
export function loadSources(fileSystem: FileSystem, root: string, parsed: ParseCache, diagnostics: DiagnosticCollector, from: SourceRange = wholeFile(root)): LoadedSources {
  const files: SourceNode[] = [];
  const sources: SourceFile[] = [];
  const seen = new Set<string>();
  let complete = true;

  const load = (file: string, named: SourceRange, chain: readonly string[]): void => {
    if (chain.includes(file)) {
      const loop = [...chain.slice(chain.indexOf(file)), file].map((path) => `\`${path}\``).join(' -> ');
      diagnostics.report('include-loop', named, { chain: loop });
      return;
    }
    if (seen.has(file)) return;
    seen.add(file);
    const source = readSource(fileSystem, file, named, diagnostics);
    if (source !== undefined) sources.push(source);
    const node = source === undefined ? undefined : parsed.parse(source, diagnostics);
    if (node === undefined) {
      complete = false;
      return;
    }
    files.push(node);
    const included = node.get('include');
    if (!Array.isArray(included?.value)) return;
    for (const [, entry] of included.entries()) {
      const path = entry.value;
      if (typeof path !== 'string') continue;
      const reason = whyNotIncludable(path);
      if (reason !== undefined) diagnostics.report('include-path', entry.range, { path, reason });
      else load(posix.normalize(posix.join(posix.dirname(file), path)), entry.range, [...chain, file]);
    }
  };
  load(posix.normalize(root), from, []);
  return { files, sources, complete };
}

function whyNotIncludable(path: string): string | undefined {
  if (path.trim() === '') return 'it is empty';
  if (path.includes('\\')) return 'it has a backslash';
  if (path.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(path)) return 'it is not relative';
  return undefined;
}
