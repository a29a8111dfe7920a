/** Compiles the templates of our targets, so that the compiler needs only the small part of Handlebars that runs them. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The same options as in generator/emit/templates.ts. */
const options = { noEscape: true, strict: true, knownHelpersOnly: true };

/**
 * Writes a module for every target into `folder`. It finds a compiled template by the text that it was compiled from: a template that has
 * been changed since is not among them.
 */
export async function writeTemplates(folder) {
  await mkdir(folder, { recursive: true });
  for (const target of await readdir(join(root, 'templates'))) {
    const entries = await readdir(join(root, 'templates', target), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.hbs')).map((entry) => join(entry.parentPath, entry.name)).sort();
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    const compiled = texts.map((text) => `[${JSON.stringify(text)}, ${Handlebars.precompile(text, options)}],\n`);
    await writeFile(join(folder, `${target}.cjs`), `exports.handlebars = ${JSON.stringify(Handlebars.VERSION)};\nexports.templates = new Map([\n${compiled.join('')}]);\n`);
  }
}
