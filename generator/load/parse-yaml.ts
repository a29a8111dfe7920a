import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, type Node, parseDocument, type YAMLError } from 'yaml';
import { wholeFile, type DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import { SourceLocator, SourceNode, type Span } from './source-node.ts';
import { explainSyntax } from './syntax-problem.ts';

/** Deeper nesting than any definition has; keeps hostile files from exhausting the stack. */
const deepest = 64;
const mostOpen = 200;
/** Aliases followed in one file; keeps aliases of aliases from growing without bound. */
const mostAliases = 10_000;

/**
 * Whether a text opens more brackets or indents further than `mostOpen`. The YAML parser takes about a thousand levels; past
 * that it runs out of stack or memory, so such a text never gets there.
 */
function nestsTooDeep(text: string): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + (bracket === '[' || bracket === '{' ? 1 : -1));
    if (open > mostOpen) return true;
  }
  return new RegExp(`^[ \\t?-]{${2 * mostOpen}}`, 'm').test(text);
}

/** Decodes UTF-8, without byte order mark; reports the first byte that is not. */
export function decodeText(file: string, bytes: Uint8Array, diagnostics: DiagnosticCollector): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const lossy = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const encoder = new TextEncoder();
    let offset = 0;
    for (const character of lossy) {
      const encoded = encoder.encode(character);
      if (!encoded.every((byte, index) => bytes[offset + index] === byte)) break;
      offset += encoded.length;
    }
    diagnostics.report('not-utf8', wholeFile(file), { offset });
    return undefined;
  }
}

/** Parses one YAML document (core schema, YAML 1.2); `undefined` if it has no usable content. Everything found goes to `diagnostics`. */
export function parseYaml(file: string, text: string, diagnostics: DiagnosticCollector): SourceNode | undefined {
  if (nestsTooDeep(text)) {
    diagnostics.report('yaml-syntax', wholeFile(file), { problem: 'it is nested too deeply' });
    return undefined;
  }
  const locator = new SourceLocator(file, text);
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, schema: 'core', logLevel: 'error' });
  // The errors after the first one are as a rule only its consequences.
  for (const problem of [...document.errors.slice(0, 1), ...document.warnings]) reportProblem(document, problem, locator, diagnostics);
  if (document.errors.length > 0) return undefined;
  const contents = document.contents;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    diagnostics.report('empty-file', wholeFile(file), {});
    return undefined;
  }
  const converter = new Converter(document, locator, diagnostics);
  const node = converter.convert(contents, undefined, 0);
  return converter.failed ? undefined : node;
}

function reportProblem(document: Document.Parsed, problem: YAMLError, locator: SourceLocator, diagnostics: DiagnosticCollector): void {
  // What is missing at the end of the text is shown where the text ends.
  const start = Math.min(problem.pos[0], Math.max(0, locator.text.trimEnd().length - 1));
  const range = locator.range(start, Math.max(problem.pos[1], start + 1));
  if (problem.code === 'MULTIPLE_DOCS') diagnostics.report('multiple-documents', locator.range(problem.pos[0], problem.pos[0] + 3), {});
  else if (problem.code === 'TAB_AS_INDENT') diagnostics.report('tab-indentation', range, {});
  else if (problem.code === 'TAG_RESOLVE_FAILED') diagnostics.report('yaml-feature', range, { feature: 'tags (`!name`)' });
  else {
    const { problem: words, ...extras } = explainSyntax(document, problem, locator);
    diagnostics.report('yaml-syntax', range, { problem: words }, extras);
  }
}

class Converter {
  readonly #document: Document.Parsed;
  readonly #locator: SourceLocator;
  readonly #diagnostics: DiagnosticCollector;
  readonly #open = new Set<Node>();
  #repeated = 0;
  /** Something could not be converted, so that what came out is not what was meant. */
  failed = false;

  constructor(document: Document.Parsed, locator: SourceLocator, diagnostics: DiagnosticCollector) {
    this.#document = document;
    this.#locator = locator;
    this.#diagnostics = diagnostics;
  }

  convert(node: Node | null, key: Span | undefined, depth: number): SourceNode {
    const span: Span = node?.range ? [node.range[0], this.#endOf(node)] : [key?.[1] ?? 0, key?.[1] ?? 0];
    const leaf = (value: unknown): SourceNode => new SourceNode(this.#locator, value, span, key, new Map());
    if (node === null) return leaf(null);
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      const problem = target === undefined ? `nothing is marked \`&${node.source}\`` : this.#open.has(target) ? 'the alias stands in what it repeats' : ++this.#repeated > mostAliases ? 'its aliases repeat too much' : undefined;
      if (target !== undefined && problem === undefined) return this.convert(target, key, depth + 1);
      this.#fail(span, String(problem));
      return leaf(null);
    }
    if (depth > deepest) {
      this.#fail(span, 'it is nested too deeply');
      return leaf(null);
    }
    if (isScalar(node)) return leaf(this.#scalar(node.value, node.source, span));
    this.#open.add(node);
    const { value, children } = isMap(node) ? this.#mapping(node.items as Pair[], depth) : this.#sequence(isSeq(node) ? (node.items as (Node | null)[]) : [], depth);
    this.#open.delete(node);
    return new SourceNode(this.#locator, value, span, key, children);
  }

  #fail(span: Span, problem: string): void {
    if (!this.failed) this.#diagnostics.report('yaml-syntax', this.#locator.range(...span), { problem });
    this.failed = true;
  }

  /** Where the last character of a value ends; what YAML counts as part of a folded or literal text or of a block collection goes on to the next line. */
  #endOf(node: Node): number {
    const end = node.range?.[1] ?? 0;
    if ((isMap(node) || isSeq(node)) && node.flow !== true) {
      const last: unknown = node.items.at(-1);
      const value = isPair(last) ? (last.value ?? last.key) : last;
      if (isNode(value)) return this.#endOf(value);
    }
    const isBlock = isScalar(node) && (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL');
    return isBlock ? (node.range?.[0] ?? 0) + this.#locator.text.slice(node.range?.[0], end).trimEnd().length : end;
  }

  #scalar(value: unknown, source: string | undefined, span: Span): unknown {
    if (typeof value !== 'number') return value;
    const exact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    if (!exact) this.#diagnostics.report('inexact-number', this.#locator.range(...span), { number: source ?? String(value) });
    return exact ? value : 0;
  }

  #sequence(items: readonly (Node | null)[], depth: number): Converted {
    const children = items.map((item) => this.convert(item, undefined, depth + 1));
    return { value: children.map((child) => child.value), children: new Map(children.map((child, index) => [String(index), child])) };
  }

  /** Keys are taken as they are written: `NULL` and `1.0` are names here, not values. */
  #mapping(items: readonly Pair[], depth: number): Converted {
    const children = new Map<string, SourceNode>();
    const value: Record<string, unknown> = {};
    for (const { key, value: member } of items) {
      const span: Span = key?.range ? [key.range[0], key.range[1]] : [0, 0];
      if (!isScalar(key)) {
        this.#diagnostics.report('yaml-feature', this.#locator.range(...span), { feature: 'keys that are not text' });
        continue;
      }
      const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
      const child = this.convert(member, span, depth + 1);
      const first = children.get(name);
      if (first !== undefined) {
        this.#diagnostics.report('duplicate-key', child.keyRange, { key: name }, { related: [{ label: 'the first one', range: first.keyRange }] });
        continue;
      }
      children.set(name, child);
      Object.defineProperty(value, name, { value: child.value, enumerable: true, writable: true, configurable: true });
    }
    return { value, children };
  }
}

interface Converted {
  readonly value: unknown;
  readonly children: ReadonlyMap<string, SourceNode>;
}

interface Pair {
  readonly key: Node | null;
  readonly value: Node | null;
}
