import type { EnumType, Field, Model, Place, RecordType, TypeRef, Version } from '../model/model.ts';
import { typeText } from '../model/type-text.ts';
import { compareVersions, livesIn } from '../model/versions.ts';
import { columnsIn, type Column } from './columns.ts';
import { typeRecord, type WireRecord } from './wire-record.ts';

/** What one record looks like on the wire in one or more versions. */
export interface Layout {
  readonly record: WireRecord;
  /** Served versions with this layout, oldest first; the last one names it. */
  readonly versions: readonly [Version, ...Version[]];
  readonly last: Version;
  /** This is the layout of the newest served version that has the record. */
  readonly newest: boolean;
  /** This is the layout of the current version: the newest one, unless the record is gone. */
  readonly current: boolean;
  readonly columns: readonly Column[];
}

/** The layouts of every record of a model, by version. Versions in which a record and all that it carries are equal share one. */
export class Layouts {
  readonly model: Model;
  readonly #types: ReadonlyMap<string, RecordType>;
  readonly #enums: ReadonlyMap<string, EnumType>;
  readonly #served: readonly Version[];
  readonly #layouts = new Map<string, readonly Layout[]>();

  constructor(model: Model) {
    this.model = model;
    this.#types = new Map(model.types.map((type) => [type.name, type]));
    this.#enums = new Map(model.enums.map((type) => [type.name, type]));
    this.#served = model.protocol.versions.filter(({ served }) => served).map(({ version }) => version);
  }

  /** The distinct layouts of a record, oldest first; empty if no served version has it. */
  of(record: WireRecord): readonly Layout[] {
    let layouts = this.#layouts.get(record.name);
    if (layouts === undefined) {
      layouts = this.#group(record);
      this.#layouts.set(record.name, layouts);
    }
    return layouts;
  }

  /** The layout of a version. Throws for versions that are unknown, not served, or without the record. */
  in(record: WireRecord, version: Version): Layout {
    this.#checkServed(version);
    const layout = this.of(record).find(({ versions }) => versions.includes(version));
    if (layout === undefined) throw new Error(`${record.name} does not exist in ${this.model.protocol.name} ${version}`);
    return layout;
  }

  /** The layout of the newest served version that has the record; `undefined` if there is none. */
  newest(record: WireRecord): Layout | undefined {
    return this.of(record).at(-1);
  }

  type(name: string): RecordType {
    const type = this.#types.get(name);
    if (type === undefined) throw new Error(`no type ${name}`);
    return type;
  }

  enum(name: string): EnumType {
    const type = this.#enums.get(name);
    if (type === undefined) throw new Error(`no enum ${name}`);
    return type;
  }

  /** Members of an enum in a version, in declaration order. */
  members(name: string, version: Version): string[] {
    return this.enum(name).members.filter((member) => livesIn(member, version)).map((member) => member.name);
  }

  #checkServed(version: Version): void {
    const { name, versions } = this.model.protocol;
    const declared = versions.find((candidate) => candidate.version === version);
    if (declared === undefined) throw new Error(`protocol ${name} has no version ${version} (versions: ${this.#served.join(', ')})`);
    if (!declared.served) throw new Error(`version ${version} of protocol ${name} is incomplete: its schemas are not known`);
  }

  #group(record: WireRecord): Layout[] {
    const groups = new Map<string, Version[]>();
    const runs = this.#runs(record);
    for (const run of runs) {
      // Most records have never changed; then there is nothing to compare.
      const key = runs.length === 1 ? '' : this.#key(record, run[0] as Version);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [...run]);
      else group.push(...run);
    }
    const newestVersion = this.#served.findLast((version) => livesIn(record, version));
    const layouts = [...groups.values()].map((versions): Layout => {
      const last = versions.at(-1) as Version;
      return { record, versions: versions as [Version, ...Version[]], last, newest: last === newestVersion, current: last === this.model.protocol.current, columns: columnsIn(record.fields, last) };
    });
    return layouts.sort((a, b) => this.#served.indexOf(a.last) - this.#served.indexOf(b.last));
  }

  /** The served versions of a record in runs in which no mark changes anything about it or what it carries. */
  #runs(record: WireRecord): Version[][] {
    const marks = new Set<Version>();
    const types = new Set<string>();
    addMarks(record.fields, marks, types);
    // The set grows while it is walked.
    for (const name of types) {
      const type = this.#types.get(name);
      if (type !== undefined) addMarks(type.fields, marks, types);
      for (const { since, removed } of this.#enums.get(name)?.members ?? []) {
        marks.add(since);
        if (removed !== undefined) marks.add(removed);
      }
    }
    const runs: Version[][] = [];
    for (const version of this.#served.filter((candidate) => livesIn(record, candidate))) {
      const run = runs.at(-1);
      const last = run?.at(-1);
      const changed = last === undefined || [...marks].some((mark) => compareVersions(last, mark) < 0 && compareVersions(mark, version) <= 0);
      if (changed || run === undefined) runs.push([version]);
      else run.push(version);
    }
    return runs;
  }

  /** The record's own columns and those of everything nested in it: equal texts, equal layouts. */
  #key(record: WireRecord, version: Version): string {
    const nested = new Set<string>();
    const lines: string[] = [];
    const add = (columns: readonly Column[]): void => {
      for (const { name, place, carriesNull } of columns) lines.push(`${name}: ${this.#placeKey(place, version, nested)}${carriesNull ? ' carries null' : ''}`);
    };
    add(columnsIn(record.fields, version));
    // The set grows while it is walked: types found in nested types are visited too, each once.
    for (const name of nested) {
      lines.push(`= ${name}`);
      add(columnsIn(this.type(name).fields, version));
    }
    return lines.join('\n');
  }

  #placeKey({ type, nullable, wireNullable }: Place, version: Version, nested: Set<string>): string {
    return `${this.#typeKey(type, version, nested)}${nullable ? '?' : wireNullable ? '' : '!'}`;
  }

  #typeKey(type: TypeRef, version: Version, nested: Set<string>): string {
    switch (type.kind) {
      case 'list':
      case 'large_list':
      case 'fixed_list':
        return `${type.kind === 'fixed_list' ? `fixed_list ${type.size}` : type.kind}<${this.#placeKey(type.item, version, nested)}>`;
      case 'map':
        return `map<${this.#placeKey(type.key, version, nested)}, ${this.#placeKey(type.value, version, nested)}>`;
      case 'record':
      case 'ipc':
        nested.add(type.name);
        return `${type.kind} ${type.name}`;
      case 'enum':
        return `enum ${type.name} (${this.members(type.name, version).join(' ')})`;
      case 'batch':
        // Which rows a batch carries is for its reader; to the layout it is bytes.
        return type.large ? 'large_batch' : 'batch';
      default:
        return typeText(type);
    }
  }
}

/** Adds the versions from which on something about the fields is different, and the types and enums that they have had. */
function addMarks(fields: readonly Field[], marks: Set<Version>, types: Set<string>): void {
  for (const { since, removed, type, was } of fields) {
    marks.add(since);
    if (removed !== undefined) marks.add(removed);
    addNames(type.type, types);
    for (const form of was) {
      marks.add(form.before);
      addNames(form.type.type, types);
    }
  }
}

function addNames(type: TypeRef, types: Set<string>): void {
  switch (type.kind) {
    case 'list':
    case 'large_list':
    case 'fixed_list':
      return addNames(type.item.type, types);
    case 'map':
      addNames(type.key.type, types);
      return addNames(type.value.type, types);
    case 'record':
    case 'ipc':
    case 'enum':
      types.add(type.name);
      return;
    default:
  }
}

/** The layout of a nested type in the last version of the layout that carries it. */
export const nestedLayout = (layouts: Layouts, name: string, version: Version): Layout => layouts.in(typeRecord(layouts.type(name)), version);
