import { fileURLToPath } from 'node:url';
import { compile } from '../../../generator/compile.ts';
import { targets } from '../../../generator/emit/targets.ts';
import { diskFileSystem, type FileSystem } from '../../../generator/load/file-system.ts';
import type { Model } from '../../../generator/model/model.ts';

export const libraryFolder = fileURLToPath(new URL('library/definition', import.meta.url));

/** Compiles a definition that has no errors. */
export function compileModel(fileSystem: FileSystem, root = 'protocol.yaml'): Model {
  const { model, diagnostics } = compile(fileSystem, root);
  if (model === undefined) throw new Error(diagnostics.map(({ range, message }) => `${range.file}:${range.start.line} ${message}`).join('\n'));
  return model;
}

/** What every target makes of a model, by path; but not the page of the target `html`, which is mostly style and script and tested by itself. */
export async function emitAll(model: Model, adaptersImport?: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const load of Object.values(targets)) {
    const target = await load();
    if (target.name === 'html') continue;
    const options = { runtimeImport: 'vgi-gen/runtime/v1', sourceRoot: 'library/protocol.yaml', adaptersImport };
    for (const { path, text } of target.emit(model, options)) files.set(`${target.name}/${path}`, text);
  }
  return files;
}

export const emitLibrary = (fileSystem: FileSystem = diskFileSystem(libraryFolder)): Promise<Map<string, string>> => emitAll(compileModel(fileSystem), '../../adapters.ts');
