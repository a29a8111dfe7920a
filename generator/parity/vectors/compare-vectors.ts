import { createDiagnostic, wholeFile, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { MessageParams, Slug } from '../../diagnostics/codes.ts';
import { vectorsTarget } from '../../emit/vectors/vectors-target.ts';
import { type Layout, Layouts } from '../../layout/layouts.ts';
import { wireRecords } from '../../layout/wire-record.ts';
import type { SourceFile, SourceRange } from '../../load/source.ts';
import type { Model, Version } from '../../model/model.ts';
import type { ComparedProtocol, Difference } from '../oracle.ts';
import { recordDifference } from './record-difference.ts';
import { valueDifference } from './first-difference.ts';
import { parseVector, type Vector, vectorKey } from './vector.ts';
import type { VectorFiles, VectorLine } from './vector-folder.ts';

export interface ComparedVectors {
  readonly differences: readonly Difference[];
  readonly sources: readonly SourceFile[];
  readonly compared: ComparedProtocol;
}

/** Compares vectors with those that the target `vectors` makes of a model: all of them, or those of one version. */
export function compareVectors(model: Model, files: VectorFiles, version: Version | undefined): ComparedVectors {
  return new VectorComparison(model, version).compare(files);
}

class VectorComparison {
  readonly #model: Model;
  readonly #version: Version | undefined;
  readonly #layouts: Layouts;
  readonly #differences: Difference[] = [];
  readonly #sources = new Set<SourceFile>();
  readonly #places = new Map<string, SourceRange>();
  readonly #byName = new Map<string, readonly Layout[]>();

  constructor(model: Model, version: Version | undefined) {
    this.#model = model;
    this.#version = version;
    this.#layouts = new Layouts(model);
    for (const { name, range } of [...model.types, ...model.methods]) this.#places.set(name, range);
    for (const record of wireRecords(model)) this.#byName.set(record.name, this.#layouts.of(record));
  }

  compare(files: VectorFiles): ComparedVectors {
    for (const { lines, problem, ...span } of files.problems) this.#report('vector-unreadable', lines.file.slice(lines.file.lastIndexOf('/') + 1), this.#current, lines.range(span), { problem }, lines);
    const wanted = this.#wanted();
    const found = new Map<string, VectorLine>();
    for (const line of files.vectors) this.#place(line, wanted, found);
    this.#reportMissing(wanted, found, files.folder);
    for (const [key, line] of found) this.#compareVector(line, wanted.get(key) as Vector);
    const { name, versions } = this.#model.protocol;
    const layouts = new Set([...found.values()].map(({ vector }) => `${vector.record} ${vector.versions.at(-1)}`));
    return {
      differences: this.#differences,
      sources: [...this.#sources],
      compared: { protocol: name, versions: this.#version === undefined ? versions.filter(({ served }) => served).map((declared) => declared.version) : [this.#version], counts: { layouts: layouts.size, vectors: found.size } },
    };
  }

  get #current(): Version {
    return this.#version ?? this.#model.protocol.current;
  }

  /** Every vector of the model by its key. */
  #wanted(): ReadonlyMap<string, Vector> {
    const texts = vectorsTarget.emit(this.#model, { runtimeImport: '', sourceRoot: '' }).flatMap(({ text }) => text.split('\n'));
    const vectors = texts.map(parseVector).filter((vector): vector is Vector => typeof vector === 'object');
    return new Map(vectors.filter((vector) => this.#isMeant(vector)).map((vector) => [vectorKey(vector), vector]));
  }

  #isMeant({ versions }: Vector): boolean {
    return this.#version === undefined || versions.includes(this.#version);
  }

  /** Finds what a line is compared with. */
  #place(line: VectorLine, wanted: ReadonlyMap<string, Vector>, found: Map<string, VectorLine>): void {
    const { vector, lines } = line;
    const key = vectorKey(vector);
    const first = found.get(key);
    if (first !== undefined) {
      this.#differ('vector-twice', line, { vector: vectorText(vector) }, { label: 'the first one', range: first.lines.range(headSpan(first)) });
    } else if (wanted.has(key)) {
      found.set(key, line);
    } else if (this.#isMeant(vector)) {
      const last = vector.versions.at(-1) ?? '';
      const layouts = this.#byName.get(vector.record);
      const what = layouts === undefined ? `record \`${vector.record}\`` : layouts.some((layout) => layout.last === last) ? vectorText(vector) : `layout of \`${vector.record}\` that ends with ${last}`;
      this.#report('vector-unexpected', key, last, lines.range(headSpan(line)), { peer: this.#peer(this.#current), vector: what }, lines, this.#places.get(recordOwner(vector)) ?? this.#model.protocol.range);
    }
  }

  /** One finding for a record, a layout or a case, whichever is missing as a whole. */
  #reportMissing(wanted: ReadonlyMap<string, Vector>, found: ReadonlyMap<string, VectorLine>, folder: string): void {
    const ofRecord = (vector: Vector): string => vector.record;
    const ofLayout = (vector: Vector): string => `${vector.record} ${vector.versions.at(-1)}`;
    const there = new Set([...found.values()].flatMap(({ vector }) => [ofRecord(vector), ofLayout(vector)]));
    const reported = new Set<string>();
    for (const [key, vector] of wanted) {
      if (found.has(key)) continue;
      const last = vector.versions.at(-1) ?? '';
      const [subject, what] = !there.has(ofRecord(vector))
        ? [ofRecord(vector), `every vector of \`${vector.record}\` is`]
        : !there.has(ofLayout(vector))
          ? [ofLayout(vector), `every vector of \`${vector.record}\` in the layout of ${vector.versions.join(', ')} is`]
          : [key, `${vectorText(vector)} is`];
      if (reported.has(subject)) continue;
      reported.add(subject);
      const beside = [...found.values()].find((line) => line.vector.record === vector.record);
      const file = beside?.lines.file ?? folder;
      this.#report('vector-missing', subject, last, wholeFile(file === '' ? '.' : file), { vector: what, peer: this.#peer(last) }, undefined, this.#places.get(recordOwner(vector)));
    }
  }

  #compareVector(line: VectorLine, wanted: Vector): void {
    const { vector } = line;
    const last = wanted.versions.at(-1) ?? '';
    const name = vectorText(wanted);
    const place = { label: 'the definition', range: this.#places.get(recordOwner(wanted)) ?? this.#model.protocol.range };
    const peer = this.#peer(last);
    for (const key of ['kind', 'versions'] as const) {
      const [found, due] = [JSON.stringify(vector[key]), JSON.stringify(wanted[key])];
      if (found !== due) this.#differ('vector-head-differs', line, { key, vector: name, found, wanted: due, peer }, place, key);
    }
    const values = valueDifference(vector.values, wanted.values);
    if (values !== undefined) this.#differ('vector-values-differ', line, { ...values, vector: name, peer }, this.#columnPlace(wanted, values.path) ?? place, 'values');
    // The same bytes need not be read.
    if (vector.ipc === wanted.ipc) return;
    const layout = this.#byName.get(wanted.record)?.find((candidate) => candidate.last === last);
    if (layout === undefined) throw new Error(`there is no layout of ${wanted.record} in ${last}`);
    const bytes = recordDifference(this.#layouts, layout, wanted.values, Buffer.from(vector.ipc, 'base64'));
    if (bytes !== undefined) this.#differ(bytes.in === 'schema' ? 'vector-schema-differs' : 'vector-bytes-differ', line, { vector: name, problem: bytes.problem }, place, 'ipc');
  }

  /** Where the definition has the column of a JSON pointer. */
  #columnPlace({ record, versions }: Vector, path: string): Diagnostic['related'][number] | undefined {
    const layout = this.#byName.get(record)?.find(({ last }) => last === versions.at(-1));
    const column = layout?.columns.find(({ name }) => name === path.split('/')[1]);
    return column && { label: 'the definition', range: column.field.range };
  }

  /** Reports at the member `key` of the line. */
  #differ<S extends Slug>(slug: S, line: VectorLine, params: MessageParams<S>, related: Diagnostic['related'][number], key?: string): void {
    const { vector, lines } = line;
    this.#report(slug, vectorKey(vector), vector.versions.at(-1) ?? '', lines.range(key === undefined ? headSpan(line) : memberSpan(line, key)), params, lines, related.range, related.label);
  }

  #report<S extends Slug>(slug: S, subject: string, version: Version, range: SourceRange, params: MessageParams<S>, source?: SourceFile, place?: SourceRange, label = 'the definition'): void {
    if (source !== undefined) this.#sources.add(source);
    this.#differences.push({ protocol: this.#model.protocol.name, version, subject, diagnostic: createDiagnostic(slug, range, params, place === undefined ? {} : { related: [{ label, range: place }] }) });
  }

  #peer(version: Version): string {
    return `${this.#model.protocol.name} ${version}`;
  }
}

/** The type or method that a record belongs to. */
const recordOwner = ({ record }: Vector): string => record.split('.', 1)[0] as string;

const vectorText = ({ record, versions, case: name }: Vector): string => `case \`${name}\` of \`${record}\` ${versions.at(-1)}`;

/** The start of a line; all of it would be too much to show. */
const headSpan = ({ start, end }: VectorLine): { start: number; end: number } => ({ start, end: Math.min(end, start + 1) });

/** The key of a member of a line. */
function memberSpan(line: VectorLine, key: string): { start: number; end: number } {
  const at = line.lines.text.indexOf(`"${key}"`, line.start);
  return at < 0 || at >= line.end ? headSpan(line) : { start: at, end: at + key.length + 2 };
}
