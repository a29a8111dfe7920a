/**
 * Every diagnostic vgi-gen can give. Families: 1xxx loading, 2xxx shape, 3xxx names and references, 4xxx types, 5xxx lint,
 * 6xxx evolution (in evolution-codes.ts), 7xxx emission, 8xxx drift, 9xxx internal. A code is never given a second meaning.
 * `{name}` in a message is a parameter.
 */
import { authorCodes } from './author-codes.ts';
import { evolutionCodes } from './evolution-codes.ts';
import { parityCodes } from './parity-codes.ts';

/** A note says something that is neither wrong nor doubtful. */
export type Severity = 'error' | 'warning' | 'note';

export interface CodeDefinition {
  readonly code: `VGI${number}`;
  readonly severity: Severity;
  readonly message: string;
  /** What to do next, when that is the same every time. */
  readonly hint?: string;
}

export const codes = {
  // 1xxx loading
  'file-not-found': { code: 'VGI1001', severity: 'error', message: 'there is no file `{path}`.', hint: 'correct the path, or create the file.' },
  'not-utf8': { code: 'VGI1002', severity: 'error', message: 'the file is not valid UTF-8 (first bad byte at offset {offset}).', hint: 'save the file as UTF-8.' },
  'yaml-syntax': { code: 'VGI1003', severity: 'error', message: 'this is not valid YAML: {problem}.' },
  'empty-file': { code: 'VGI1004', severity: 'error', message: 'the file declares nothing.', hint: 'declare something in it, or take it out of `include`.' },
  'multiple-documents': { code: 'VGI1005', severity: 'error', message: 'a second YAML document starts here.', hint: 'keep one document per file: remove the `---` and merge the two, or move the second to a file of its own.' },
  'tab-indentation': { code: 'VGI1006', severity: 'error', message: 'YAML does not allow tabs for indentation.', hint: 'indent with spaces.' },
  'duplicate-key': { code: 'VGI1007', severity: 'error', message: 'the key `{key}` is in this mapping twice.', hint: 'remove or rename one of the two.' },
  'include-loop': { code: 'VGI1008', severity: 'error', message: 'the files include each other: {chain}.', hint: 'remove one of the `include` entries.' },
  'yaml-feature': { code: 'VGI1009', severity: 'error', message: '{feature} are not part of the definition language.', hint: 'write the value out.' },
  'inexact-number': { code: 'VGI1010', severity: 'error', message: 'the number {number} cannot be held exactly.', hint: 'numbers go up to 9007199254740991; write a larger one as text.' },
  'include-path': { code: 'VGI1011', severity: 'error', message: '`{path}` is not a path that can be included: {reason}.', hint: 'give a path relative to this file, with forward slashes.' },
  'file-not-readable': { code: 'VGI1012', severity: 'error', message: 'cannot read `{path}`: {reason}.' },
  'config-not-found': { code: 'VGI1020', severity: 'error', message: 'there is no `{name}` in `{folder}` or in a folder above it.', hint: 'create one, or name it with `--config <file>`.' },
  'not-configured': { code: 'VGI1023', severity: 'error', message: '`{definition}` is no definition of the configuration.' },
  'overlapping-outputs': { code: 'VGI1021', severity: 'error', message: 'the output folder `{output}` overlaps `{other}` of another protocol.', hint: 'give every protocol a folder of its own.' },
  'rule-not-loaded': { code: 'VGI1024', severity: 'error', message: 'cannot use the rule `{path}`: {problem}.', hint: 'a rule module exports by default code, slug, tier, purpose, message, check; docs/lint.md shows one.' },
  'unknown-rule': { code: 'VGI1025', severity: 'error', message: 'there is no rule `{name}`.' },
  'stdin-without-name': { code: 'VGI1026', severity: 'error', message: 'nothing says which file the text of stdin stands for.', hint: 'add `--stdin-filename <path>`.' },
  'unknown-name': { code: 'VGI1027', severity: 'error', message: 'there is no method, type, enum, batch shape, constant, metadata group or code named `{name}`.' },
  'unsafe-output': { code: 'VGI1022', severity: 'error', message: 'the output folder `{output}` is not inside the project folder.', hint: 'give a folder below the folder of the configuration file.' },

  // 2xxx shape
  'unknown-property': { code: 'VGI2001', severity: 'error', message: '{owner} has no property `{name}`.' },
  'missing-property': { code: 'VGI2002', severity: 'error', message: '{owner} lacks `{name}`.' },
  'wrong-kind': { code: 'VGI2003', severity: 'error', message: '{owner} must be {expected}, but is {actual}.' },
  'unknown-word': { code: 'VGI2004', severity: 'error', message: '`{value}` is not one of the words of {owner}: {allowed}.' },
  'bad-format': { code: 'VGI2005', severity: 'error', message: '`{value}` is not {expected}.' },
  'not-allowed-here': { code: 'VGI2006', severity: 'error', message: '`{name}` is not allowed here: {reason}.', hint: 'remove it.' },
  'too-few': { code: 'VGI2007', severity: 'error', message: '{owner} must not be empty.' },
  'out-of-range': { code: 'VGI2008', severity: 'error', message: '{owner} must be {limit}, but is {actual}.' },
  'duplicate-entry': { code: 'VGI2009', severity: 'error', message: '`{value}` is listed twice.', hint: 'remove one of the two.' },
  'protocol-missing': { code: 'VGI2010', severity: 'error', message: 'the root file has no `protocol`.', hint: 'start it with `protocol:` (name, wire_name, service, request_contract, doc, versions); docs/language.md shows one.' },
  'protocol-not-in-root': { code: 'VGI2011', severity: 'error', message: 'an included file declares a `protocol`.', hint: 'only the root file may; remove this one.' },

  // 3xxx names and references
  'duplicate-name': { code: 'VGI3001', severity: 'error', message: 'the {kind} `{name}` is declared twice.', hint: 'rename or remove one of the two.' },
  'unknown-type': { code: 'VGI3002', severity: 'error', message: '{owner} uses `{name}`, which is neither a type, an enum nor a built-in type.' },
  'unknown-shape': { code: 'VGI3003', severity: 'error', message: '{owner} uses the batch shape `{name}`, which is not declared.' },
  'unknown-version': { code: 'VGI3004', severity: 'error', message: '`{version}` is not a version of the protocol ({declared}).', hint: 'correct it, or add it to `protocol.versions`.' },
  'version-order': { code: 'VGI3005', severity: 'error', message: 'versions must be listed oldest first, but `{version}` comes after `{previous}`.', hint: 'move it up, or correct its number.' },
  'no-served-version': { code: 'VGI3006', severity: 'error', message: 'no version of the protocol is served.', hint: 'leave out `status: incomplete` for at least one version.' },
  'removed-before-since': { code: 'VGI3007', severity: 'error', message: '{owner} is removed in {removed}, but is only there since {since}.', hint: 'correct one of the two.' },
  'outside-owner': { code: 'VGI3008', severity: 'error', message: '{owner} has `{key}: {version}`, but {container} {lifetime}.' },
  'earlier-form-order': { code: 'VGI3009', severity: 'error', message: 'the earlier form of {owner} ends with {before}, {problem}.', hint: 'list earlier forms oldest first; `before` lies after `since` and after the `before` of the form above, and before `removed`.' },
  'earlier-form-same': { code: 'VGI3010', severity: 'error', message: 'the earlier form of {owner} does not differ from the next one.', hint: 'remove it, or give the `name` or `type` the field had.' },
  'not-in-version': { code: 'VGI3011', severity: 'error', message: '{owner} needs {target} in version {version}, but that {lifetime}.' },
  'name-collision': { code: 'VGI3012', severity: 'error', message: '`{name}` and `{other}` in {owner} both become `{derived}`.', hint: 'rename one of the two, or give it a name of its own under `names`.' },
  'earlier-name-collision': { code: 'VGI3013', severity: 'error', message: '{owner} was called `{name}` up to {before}, but another field has that name in version {version}.' },
  'type-cycle': { code: 'VGI3014', severity: 'error', message: 'the type contains itself: {chain}.', hint: 'a struct cannot be endless; carry the inner record as `ipc<...>`.' },
  'not-a-record': { code: 'VGI3015', severity: 'error', message: '{owner} must name a type, but `{name}` is {actual}.' },
  'alias-collision': { code: 'VGI3016', severity: 'error', message: 'the spelling `{value}` of {owner} already means `{other}`.' },

  // 4xxx types
  'type-syntax': { code: 'VGI4001', severity: 'error', message: 'the type expression `{expression}` cannot be read: {problem}.' },
  'type-argument': { code: 'VGI4002', severity: 'error', message: '`{type}`: {problem}.' },
  'misplaced-mark': { code: 'VGI4003', severity: 'error', message: '`{mark}` is not allowed here: {reason}.' },
  'default-mismatch': { code: 'VGI4004', severity: 'error', message: '{owner} must be {type}, but the value given is {actual}.' },
  'missing-default': { code: 'VGI4005', severity: 'error', message: '{owner} {lack}, cannot be null and has no `default`.', hint: 'add `default:` with the value a peer of another version stands for.' },
  'conversion-missing': { code: 'VGI4006', severity: 'error', message: '{owner} changes from {before} to {after}; nothing says how to convert.', hint: 'name a conversion with `convert:`.' },
  'conversion-mismatch': { code: 'VGI4007', severity: 'error', message: 'the conversion `{name}` does not lead from {before} to {after}.' },
  'null-contradiction': { code: 'VGI4008', severity: 'error', message: '{owner} is nullable, so `carries_null` says nothing.', hint: 'remove `carries_null`, or the `?` of the type.' },
  'opaque-not-binary': { code: 'VGI4009', severity: 'error', message: '{owner} is `opaque`, but {type} is not bytes.', hint: '`opaque` is for `binary` and `large_binary` (lists of them included).' },
  'operation-undecided': { code: 'VGI4010', severity: 'error', message: 'the operation of {owner} is neither required nor has a default.', hint: 'say `required: true`, or what happens otherwise: `default: not_supported`.' },
  'operation-default': { code: 'VGI4011', severity: 'error', message: '`default: {default}` does not fit {owner}: {reason}.' },

  // 5xxx lint
  'restating-doc': { code: 'VGI5001', severity: 'error', message: 'the doc of {owner} only restates its name.', hint: 'say meaning, unit, who sets it and what null means.' },
  'never-served': { code: 'VGI5002', severity: 'warning', message: '{owner} is in no version that is served.', hint: 'remove it, or correct `since` and `removed`.' },

  ...evolutionCodes,
  'unexplained-suppression': { code: 'VGI5101', severity: 'warning', message: 'the suppression of `{name}` gives no reason.', hint: 'write `# vgi-gen-ignore {name}: <reason>`.' },
  'unused-suppression': { code: 'VGI5102', severity: 'warning', message: 'the suppression of `{name}` suppresses nothing: {problem}.', hint: 'remove the comment.' },
  'rule-failed': { code: 'VGI5103', severity: 'error', message: 'the rule `{rule}` failed: {problem}.', hint: 'mend the rule, or leave it out of `lint.rules` of the configuration.' },

  // 7xxx emission
  'unknown-target': { code: 'VGI7001', severity: 'error', message: 'there is no target `{name}`.' },
  'output-conflict': { code: 'VGI7002', severity: 'error', message: 'target {target} emits `{path}` and `{other}`, which are one file where case does not count.', hint: 'rename one of the declarations they are made from.' },
  'foreign-file': { code: 'VGI7003', severity: 'error', message: 'the file is in the way of a generated one, but does not say that vgi-gen wrote it.', hint: 'move it away or delete it, then run `npx vgi-gen generate`.' },
  'write-failed': { code: 'VGI7004', severity: 'error', message: 'cannot write: {reason}; nothing was changed.' },
  'not-expressible': { code: 'VGI7005', severity: 'error', message: '{owner}: the target {target} has no form for {what}.' },

  // 8xxx drift
  'stale-output': { code: 'VGI8001', severity: 'error', message: 'differs from what {source} generates (first at line {line}).', hint: 'run `npx vgi-gen generate`; to see the change, `npx vgi-gen generate --dry-run --diff`.' },
  'missing-output': { code: 'VGI8002', severity: 'error', message: 'is not there, but {source} generates it.', hint: 'run `npx vgi-gen generate`.' },
  'leftover-output': { code: 'VGI8003', severity: 'error', message: 'was generated, but {source} does not generate it any more.', hint: 'run `npx vgi-gen generate`.' },
  'edited-output': { code: 'VGI8004', severity: 'error', message: 'was edited by hand (first difference at line {line}).', hint: 'move the change to {source} or to a template; `npx vgi-gen generate` overwrites the file.' },
  'unformatted': { code: 'VGI8005', severity: 'error', message: 'is not in the canonical layout (first difference at line {line}).', hint: 'run `npx vgi-gen format`; to see the change, `npx vgi-gen format --check --diff`.' },

  ...authorCodes,
  ...parityCodes,

  // 9xxx internal
  'internal': { code: 'VGI9001', severity: 'error', message: 'vgi-gen failed: {problem}.', hint: 'this is a bug of vgi-gen; please report it with the text below.' },
} as const satisfies Readonly<Record<string, CodeDefinition>>;

export type Slug = keyof typeof codes;

/** Names of the parameters of a message. */
export type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** Parameters of a code's message (and hint), by name. */
export type MessageParams<S extends Slug> = Readonly<
  Record<Placeholders<(typeof codes)[S]['message']> | ((typeof codes)[S] extends { readonly hint: infer H extends string } ? Placeholders<H> : never), string | number>
>;
