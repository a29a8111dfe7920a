import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder } from './package-folder.ts';

/** Tells one build of the compiler, with its templates, from any other; `undefined` if it runs from its sources. */
export function compilerBuild(): string | undefined {
  const folder = packageFolder();
  if (!fileURLToPath(import.meta.url).startsWith(join(folder, 'dist') + sep)) return undefined;
  const hash = createHash('sha256');
  for (const part of ['package.json', 'dist/cli.js', 'dist/chunks/compiler', 'dist/templates', 'templates']) {
    for (const path of filesAt(join(folder, part))) hash.update(`${path.slice(folder.length)}\n`).update(readFileSync(path));
  }
  return hash.digest('base64');
}

function filesAt(path: string): readonly string[] {
  try {
    const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return [path];
    throw error;
  }
}
