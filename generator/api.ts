/** The compiler as functions: what it reads comes in, what it finds and would write goes out. Nothing here writes files. */
export { compile, type Compilation } from './compile.ts';
export { check, generate, type Generation, type Project } from './generate.ts';
export { lintDefinitions, type Linted } from './lint/lint-definitions.ts';
export { formatText, type Formatted } from './format/format-text.ts';
