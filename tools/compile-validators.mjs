/** Compiles the JSON Schemas into validators that need neither ajv nor the schema at run time. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Validators by path of the compiled file; both paths count from the project folder. */
export const validators = {
  'generator/validate/compiled/protocol.js': 'schema/protocol.schema.json',
  'generator/validate/compiled/config.js': 'generator/config/config.schema.json',
  'generator/validate/compiled/history.js': 'generator/history/history.schema.json',
  'generator/validate/compiled/explanations.js': 'generator/parity/explanations.schema.json',
};

/** Text of the ES module whose default export validates against the schema. */
export async function compileValidator(schemaPath) {
  const schema = JSON.parse(await readFile(new URL(`../${schemaPath}`, import.meta.url), 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strict: true, strictTypes: false, strictRequired: false, inlineRefs: false, messages: false, verbose: true, code: { source: true, esm: true } });
  const source = standaloneCode.default(ajv, ajv.compile(schema));
  const bundled = await build({
    stdin: { contents: source, resolveDir: root, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    write: false,
    banner: { js: `// Compiled from ${schemaPath} by tools/compile-validators.mjs; run \`node tools/build.mjs\` after a change of the schema.` },
  });
  return bundled.outputFiles[0].text;
}

/** Type declaration that goes with every compiled validator. */
export const validatorDeclaration = `import type { Validate } from '../validate.ts';

declare const validate: Validate;
export default validate;
`;

/** Brings the compiled validators up to date; files that are up to date already are left alone. */
export async function writeValidators() {
  for (const [target, schemaPath] of Object.entries(validators)) {
    await writeIfChanged(target, await compileValidator(schemaPath));
    await writeIfChanged(target.replace(/\.js$/, '.d.ts'), validatorDeclaration);
  }
}

async function writeIfChanged(path, text) {
  const url = new URL(`../${path}`, import.meta.url);
  if ((await readFile(url, 'utf8').catch(() => undefined)) === text) return;
  await mkdir(new URL('.', url), { recursive: true });
  await writeFile(url, text);
}
