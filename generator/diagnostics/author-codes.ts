import type { CodeDefinition } from './codes.ts';

/** Diagnostics about what authors write beside a definition: projects, targets and templates of their own, handler classes. */
export const authorCodes = {
  'folder-not-empty': { code: 'VGI1030', severity: 'error', message: 'the folder is not empty: it has `{entry}`.', hint: 'name a folder that is empty or not there yet.' },
  'unknown-project': { code: 'VGI1031', severity: 'error', message: 'there is no kind of project `{kind}`.' },

  'target-not-loaded': { code: 'VGI7010', severity: 'error', message: 'cannot use the target `{path}`: {problem}.', hint: 'a target module exports by default what `defineTarget` of `vgi-gen/target` gives.' },
  'target-failed': { code: 'VGI7011', severity: 'error', message: 'the target {target} failed: {problem}.', hint: 'mend the target, or leave it out of `targets`.' },
  'template-failed': { code: 'VGI7012', severity: 'error', message: 'the template cannot be used: {problem}.' },
  'unknown-template': { code: 'VGI7013', severity: 'error', message: 'there is no template `{name}` of the target {target} that this file could replace.' },

  'handler-missing': { code: 'VGI8010', severity: 'error', message: '`{class}` lacks the required method `{method}`.', hint: 'run `npx vgi-gen implement` on the file.' },
  'handler-outdated': { code: 'VGI8011', severity: 'error', message: 'the signature of `{class}.{method}` is not the one of {protocol}.', hint: 'run `npx vgi-gen implement` on the file.' },
  'handler-gone': { code: 'VGI8012', severity: 'error', message: '{protocol} has no method for `{class}.{method}` any more.', hint: 'remove it, or make it private if something else calls it.' },
  'handler-overloads': { code: 'VGI8013', severity: 'error', message: 'no overload of `{class}.{method}` fits the protocol.', hint: 'change one of them to `{signature}`.' },
  'base-not-read': { code: 'VGI8014', severity: 'warning', message: '`{base}` cannot be read, so it is not known whether it implements {methods}; nothing is added.', hint: 'the compiler says which of them are missing.' },
  'no-handler-class': { code: 'VGI8015', severity: 'error', message: 'there is no handler class in the file.' },
  'source-syntax': { code: 'VGI8016', severity: 'error', message: 'the file is not valid TypeScript: {problem}.' },
} as const satisfies Readonly<Record<string, CodeDefinition>>;
