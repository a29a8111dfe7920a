import { createDiagnostic, wholeFile, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Version } from '../../model/model.ts';
import { isEdited, isGenerated } from '../../print/banner.ts';
import type { ComparedProtocol, Difference } from '../oracle.ts';
import { DeclarationComparison } from './compare-declarations.ts';
import type { Declaration, DeclarationKind, WantedDeclaration } from './declaration.ts';
import { type HeaderFile, supportPart } from './header-folder.ts';
import type { SourceLines } from '../source-lines.ts';
import { wantedBuilders, wantedLayouts, wantedReaders } from './wanted-calls.ts';
import type { WantedContext } from './wanted-context.ts';
import { wantedRecords } from './wanted-records.ts';
import { wantedSchemas } from './wanted-schemas.ts';
import { wantedConstants, wantedEnums, wantedVersion } from './wanted-values.ts';

/** The headers of a protocol, by what their file names end with. Headers of one version need not have more than those that say so. */
const parts: readonly { readonly part: string; readonly always: boolean; wanted(context: WantedContext): readonly WantedDeclaration[] }[] = [
  { part: 'protocol_version', always: true, wanted: wantedVersion },
  { part: 'protocol_schemas', always: true, wanted: wantedSchemas },
  { part: 'protocol_constants', always: false, wanted: wantedConstants },
  { part: 'protocol_enums', always: false, wanted: wantedEnums },
  { part: 'records', always: false, wanted: wantedRecords },
  { part: 'request_builders', always: false, wanted: wantedBuilders },
  { part: 'result_readers', always: false, wanted: wantedReaders },
  { part: 'record_layouts', always: false, wanted: wantedLayouts },
  { part: supportPart, always: false, wanted: () => [] },
];

/** What reports count, in their order. */
const counted: readonly (readonly [kind: DeclarationKind, plural: string])[] = [
  ['schema', 'schemas'],
  ['struct', 'structs'],
  ['request builder', 'request builders'],
  ['result reader', 'result readers'],
  ['enum', 'enums'],
  ['constant', 'constants'],
];

const keyOf = (kind: DeclarationKind, name: string): string => `${kind} ${name}`;

export interface ComparedHeaders {
  readonly differences: readonly Difference[];
  readonly compared: ComparedProtocol;
}

/** Compares the headers of one protocol. `folder` is what messages call where they are. */
export function compareHeaders(protocol: string, context: WantedContext, files: readonly HeaderFile[], folder: string): ComparedHeaders {
  const comparison = new HeaderComparison(protocol, context);
  for (const file of files) comparison.add(file);
  for (const { part, always, wanted } of parts) {
    const file = files.find((candidate) => candidate.part === part);
    if (file !== undefined) comparison.compare(file, wanted(context));
    else if (always || context.version === undefined) comparison.reportMissing(part, folder);
  }
  comparison.reportUnexpected();
  return { differences: comparison.differences, compared: { protocol, versions: comparison.versions, counts: { headers: files.length, ...comparison.counts } } };
}

class HeaderComparison {
  readonly #protocol: string;
  readonly #context: WantedContext;
  /** The version that headers of one version have, the newest one of others. */
  readonly #version: Version;
  readonly #declarations: DeclarationComparison;
  readonly #found = new Map<string, { readonly declaration: Declaration; readonly lines: SourceLines }>();
  readonly #places = new Map<Declaration, SourceLines>();
  readonly #known = new Set<string>();
  readonly #counts = new Map<DeclarationKind, number>();

  constructor(protocol: string, context: WantedContext) {
    this.#protocol = protocol;
    this.#context = context;
    this.#version = context.version ?? context.layouts.model.protocol.current;
    this.#declarations = new DeclarationComparison(protocol, (declaration, span) => (this.#places.get(declaration) as SourceLines).range(span));
  }

  get differences(): readonly Difference[] {
    return this.#declarations.differences;
  }

  get versions(): readonly Version[] {
    const { version, layouts } = this.#context;
    return version === undefined ? layouts.model.protocol.versions.filter(({ served }) => served).map((declared) => declared.version) : [version];
  }

  /** How many declarations were compared, by what reports call them. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(counted.flatMap(([kind, plural]) => (this.#counts.has(kind) ? [[plural, this.#counts.get(kind) as number] as const] : [])));
  }

  /** Takes in what a header declares, and reports what can be said of it by itself. */
  add({ part, lines, header }: HeaderFile): void {
    if (header === undefined) {
      if (!isGenerated(lines.text) || isEdited(lines.text)) this.#report(part, createDiagnostic('cpp-support-edited', wholeFile(lines.file), {}));
      return;
    }
    for (const { problem, ...span } of header.problems) this.#report(part, createDiagnostic('cpp-unreadable', lines.range(span), { problem }));
    const { namespace } = this.#context.options;
    for (const { text, ...span } of header.namespaces) {
      if (text !== namespace) this.#report('namespace', createDiagnostic('cpp-value-differs', lines.range(span), { part: 'the namespace', found: `\`${text}\``, wanted: `\`${namespace}\``, peer: this.#peer(this.#version) }));
    }
    for (const declaration of header.declarations) this.#declare(declaration, lines);
  }

  #declare(declaration: Declaration, lines: SourceLines): void {
    const { kind, name } = declaration;
    this.#places.set(declaration, lines);
    const first = this.#found.get(keyOf(kind, name.text));
    if (first === undefined) this.#found.set(keyOf(kind, name.text), { declaration, lines });
    else this.#report(name.text, createDiagnostic('cpp-declared-twice', lines.range(name), { kind, name: name.text }, { related: [{ label: 'the first one', range: first.lines.range(first.declaration.name) }] }));
  }

  /** Compares what a header is for. It may be declared in any of them. */
  compare({ lines }: HeaderFile, wanted: readonly WantedDeclaration[]): void {
    for (const due of wanted) {
      const { kind, name, range, version } = due;
      this.#known.add(keyOf(kind, name));
      const own = this.#found.get(keyOf(kind, name));
      if (own === undefined) {
        this.#report(name, createDiagnostic('cpp-declaration-missing', wholeFile(lines.file), { kind, name, peer: this.#peer(version) }, { related: [{ label: 'the definition', range }] }), version);
      } else {
        this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
        this.#declarations.compare(own.declaration, due);
      }
    }
  }

  reportMissing(part: string, folder: string): void {
    this.#report(part, createDiagnostic('cpp-header-missing', wholeFile(folder), { name: `${this.#context.options.filePrefix}${part}.hpp` }));
  }

  /** Reports what is declared and nothing calls for. */
  reportUnexpected(): void {
    const { protocol } = this.#context.layouts.model;
    const range = protocol.versions.find(({ version }) => version === this.#version)?.range ?? protocol.range;
    for (const [key, { declaration, lines }] of this.#found) {
      if (this.#known.has(key)) continue;
      const { kind, name } = declaration;
      this.#report(name.text, createDiagnostic('cpp-declaration-unexpected', lines.range(name), { kind, name: name.text, peer: this.#peer(this.#version) }, { related: [{ label: 'the version', range }] }));
    }
  }

  #peer(version: Version): string {
    return `${this.#protocol} ${version}`;
  }

  #report(subject: string, diagnostic: Diagnostic, version: Version = this.#version): void {
    this.#declarations.differences.push({ protocol: this.#protocol, version, subject, diagnostic });
  }
}
