import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import { closest } from '../diagnostics/suggest.ts';
import type { SourceRange } from '../load/source.ts';
import type { SourceNode } from '../load/source-node.ts';
import { describePointer } from './describe-pointer.ts';
import type { SchemaError } from './validate.ts';

/** Keywords that only repeat what another error says better. */
const silent = new Set(['if', 'propertyNames', 'const']);

/** Turns the errors of a validator into diagnostics: one for every mistake, at the place of the mistake. */
export function explainErrors(document: SourceNode, errors: readonly SchemaError[], diagnostics: DiagnosticCollector): void {
  const misspelled = findMisspelled(errors);
  for (const error of errors) {
    if (silent.has(error.keyword)) continue;
    if (error.keyword === 'required' && misspelled.has(`${error.instancePath}/${String(error.params['missingProperty'])}`)) continue;
    new Explanation(document, error, diagnostics).report();
  }
}

/** Pointers of missing properties that are there under a name close to the right one: one mistake, not two. */
function findMisspelled(errors: readonly SchemaError[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const error of errors) {
    if (error.keyword !== 'additionalProperties') continue;
    const meant = closest(String(error.params['additionalProperty']), Object.keys(error.parentSchema.properties ?? {}));
    if (meant !== undefined) found.add(`${error.instancePath}/${meant}`);
  }
  return found;
}

class Explanation {
  readonly #error: SchemaError;
  readonly #node: SourceNode;
  readonly #owner: string;
  readonly #diagnostics: DiagnosticCollector;

  constructor(document: SourceNode, error: SchemaError, diagnostics: DiagnosticCollector) {
    this.#error = error;
    this.#node = document.at(error.instancePath);
    this.#owner = describePointer(error.instancePath);
    this.#diagnostics = diagnostics;
  }

  report(): void {
    const { keyword, params, data, parentSchema } = this.#error;
    const range = this.#node.range;
    switch (keyword) {
      case 'additionalProperties':
        return this.#unknownProperty(String(params['additionalProperty']));
      case 'required': {
        const name = String(params['missingProperty']);
        return this.#diagnostics.report('missing-property', this.#node.keyRange, { owner: this.#owner, name }, { hint: `add \`${name}: ...\`.` });
      }
      case 'type': {
        const empty = data === null && range.start.offset === range.end.offset;
        const expected = parentSchema.title ?? String(params['type']);
        return this.#diagnostics.report('wrong-kind', empty ? this.#node.keyRange : range, { owner: this.#owner, expected, actual: actualKind(data) }, insteadOf(data, String(params['type'])));
      }
      case 'enum':
        return this.#unknownWord((params['allowedValues'] as unknown[]).map(String));
      case 'pattern':
        return this.#badFormat();
      case 'not':
        return this.#diagnostics.report('not-allowed-here', this.#node.keyRange, { name: lastPart(this.#error.instancePath), reason: parentSchema.description ?? 'something else excludes it' });
      case 'minItems':
      case 'minProperties':
        return this.#diagnostics.report('too-few', this.#node.keyRange, { owner: this.#owner });
      case 'maxLength':
        return this.#diagnostics.report('out-of-range', this.#nameRange(), { owner: this.#owner, limit: `at most ${String(params['limit'])} characters long`, actual: `${String(data).length}` });
      case 'uniqueItems': {
        const second = this.#node.get(String(Math.max(Number(params['i']), Number(params['j'])))) ?? this.#node;
        const first = this.#node.get(String(Math.min(Number(params['i']), Number(params['j'])))) ?? this.#node;
        return this.#diagnostics.report('duplicate-entry', second.range, { value: shown(second.value) }, { related: [{ label: 'the first one', range: first.range }] });
      }
      default:
        throw new Error(`no message for the schema keyword ${keyword}`);
    }
  }

  #unknownProperty(name: string): void {
    const known = Object.keys(this.#error.parentSchema.properties ?? {});
    const meant = closest(name, known);
    const range = this.#node.get(name)?.keyRange ?? this.#node.keyRange;
    const hint = name === '<<' ? 'merge keys are not part of the definition language: write out what this one would bring.' : name.includes('>') ? 'a type with a comma must be quoted inside { }: "map<utf8, int64>".' : meant === undefined ? `it may have ${listed(known)}.` : `did you mean \`${meant}\`?`;
    this.#diagnostics.report('unknown-property', range, { owner: this.#owner, name }, { hint, fix: meant === undefined ? undefined : { range, text: meant } });
  }

  #unknownWord(allowed: readonly string[]): void {
    const { data } = this.#error;
    const range = this.#node.range;
    const meant = typeof data === 'string' ? closest(data, allowed) : undefined;
    this.#diagnostics.report(
      'unknown-word',
      data === null ? this.#node.keyRange : range,
      { value: shown(data), owner: this.#owner, allowed: listed(allowed) },
      meant === undefined ? {} : { hint: `did you mean \`${meant}\`?`, fix: { range, text: meant } },
    );
  }

  #badFormat(): void {
    const { data, parentSchema } = this.#error;
    const text = String(data);
    const range = this.#nameRange();
    if (text.trim() === '') return this.#diagnostics.report('too-few', range, { owner: this.#owner });
    const pattern = new RegExp(parentSchema.pattern ?? '', 'u');
    const meant = spellings(text).find((spelling) => pattern.test(spelling));
    this.#diagnostics.report('bad-format', range, { value: text, expected: parentSchema.title ?? 'in the right form' }, meant === undefined ? {} : { hint: `write \`${meant}\`.`, fix: { range, text: meant } });
  }

  /** Errors about the name of a property come with the mapping's path and the name as data; they point at the name. */
  #nameRange(): SourceRange {
    const { data } = this.#error;
    return this.#node.value === data ? this.#node.range : (this.#node.get(String(data)) ?? this.#node).keyRange;
  }
}

const lastPart = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1);

const listed = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));

function actualKind(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

/** What was probably meant by a value of the wrong kind. */
function insteadOf(data: unknown, type: string): { readonly hint?: string } {
  if (type === 'boolean' && typeof data === 'string') {
    const meant = /^(yes|on|true)$/i.test(data) ? 'true' : /^(no|off|false)$/i.test(data) ? 'false' : undefined;
    return meant === undefined ? {} : { hint: `write \`${meant}\`.` };
  }
  if (type === 'array' && typeof data === 'string') return { hint: `write \`[${data}]\`.` };
  if (type === 'object' && Array.isArray(data) && typeof data[0] === 'string') return { hint: `write \`${data[0]}: {...}\` for each.` };
  return {};
}

/** The same words in the spellings that names have: snake_case, PascalCase, camelCase, UPPER_SNAKE_CASE, kebab-case; and a full version. */
function spellings(text: string): string[] {
  const words = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2').split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const lower = words.map((word) => word.toLowerCase());
  const pascal = lower.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  return [lower.join('_'), pascal, pascal.slice(0, 1).toLowerCase() + pascal.slice(1), lower.join('_').toUpperCase(), lower.join('-'), text.replace(/^v/, ''), `${text}.0`, `${text}.0.0`];
}
