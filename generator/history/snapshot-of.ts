import { columnsIn } from '../layout/columns.ts';
import type { SourceRange } from '../load/source.ts';
import type { BatchColumn, BatchShape, EnumType, Field, Method, Model, StreamSchema, Version } from '../model/model.ts';
import { placeText, typeText } from '../model/type-text.ts';
import { compareVersions, livesIn } from '../model/versions.ts';
import type { BatchPart, EnumPart, FieldPart, MetadataPart, MethodPart, Snapshot, StreamPart } from './snapshot.ts';

/** How positions are shown: files of a git commit are not those of the working folder. */
export type Relocate = (range: SourceRange) => SourceRange;

const inPlace: Relocate = (range) => range;

/** What a definition is in one of its versions. */
export function snapshotOf(model: Model, version: Version, relocate: Relocate = inPlace): Snapshot {
  const { protocol } = model;
  const resolver = new Resolver(version, relocate);
  let places: ReadonlyMap<string, SourceRange> | undefined;
  return {
    protocol: protocol.name,
    version,
    wireName: protocol.wireName,
    service: protocol.service,
    requestContract: protocol.requestContract,
    routingKey: protocol.routingKeySince === undefined || compareVersions(version, protocol.routingKeySince) >= 0,
    types: resolver.living(model.types, (type) => ({ ...resolver.part(type), fields: resolver.fields(type.fields) })),
    enums: resolver.living(model.enums, (type) => resolver.enum(type)),
    methods: resolver.living(model.methods, (method) => resolver.method(method)),
    metadata: model.metadata.flatMap((group) =>
      resolver.living(group.keys, (key): MetadataPart => ({ ...resolver.part(key), name: `${group.name}.${key.name}`, key: key.key })),
    ),
    constants: resolver.living(model.constants, (constant) => ({ ...resolver.part(constant), type: constant.type, value: constant.value })),
    batches: resolver.living(model.batches, (batch) => resolver.batch(batch)),
    range: relocate(protocol.versions.find((candidate) => candidate.version === version)?.range ?? protocol.range),
    // Half of the work, and not needed where all is as it was.
    get places() {
      places ??= declaredPlaces(model, relocate);
      return places;
    },
    declared: { protocol, served: servedVersions(model), groups: model.metadata },
  };
}

/** The versions whose layouts a definition computes, oldest first. */
export const servedVersions = (model: Model): readonly Version[] => model.protocol.versions.filter(({ served }) => served).map(({ version }) => version);

class Resolver {
  readonly #version: Version;
  readonly #relocate: Relocate;

  constructor(version: Version, relocate: Relocate) {
    this.#version = version;
    this.#relocate = relocate;
  }

  living<T extends { readonly since: Version; readonly removed?: Version }, P>(declared: readonly T[], build: (part: T) => P): readonly P[] {
    return declared.filter((part) => livesIn(part, this.#version)).map(build);
  }

  part<T extends { readonly name: string; readonly range: SourceRange }>(declared: T): { readonly name: string; readonly range: SourceRange; readonly declared: T } {
    return { name: declared.name, range: this.#relocate(declared.range), declared };
  }

  fields(fields: readonly Field[]): readonly FieldPart[] {
    return columnsIn(fields, this.#version).map(
      ({ name, place, carriesNull, field }): FieldPart => ({
        ...this.part(field),
        name,
        type: typeText(place.type),
        nullable: place.nullable,
        carriesNull,
        nameIn: (version) => columnsIn([field], version)[0]?.name,
      }),
    );
  }

  enum(type: EnumType): EnumPart {
    return { ...this.part(type), encoding: type.encoding, members: this.living(type.members, (member) => ({ ...this.part(member), value: member.value })) };
  }

  method(method: Method): MethodPart {
    return {
      ...this.part(method),
      kind: method.kind,
      params: this.fields(method.params),
      result: method.result && placeText(method.result.type),
      header: method.header,
      input: this.#stream(method.input),
      output: this.#stream(method.output),
    };
  }

  #stream(schema: StreamSchema | undefined): StreamPart | undefined {
    return schema?.dynamic === true ? 'dynamic' : schema && this.fields(schema.fields);
  }

  batch(batch: BatchShape): BatchPart {
    const columns = batch.columns.filter((column) => livesIn({ since: column.since ?? batch.since, removed: column.removed }, this.#version));
    return { ...this.part(batch), open: batch.open, columns: columns.map((column) => this.#batchColumn(column)) };
  }

  #batchColumn(column: BatchColumn): FieldPart {
    return { ...this.part(column), ...splitType(column.type), carriesNull: false, nameIn: () => column.name };
  }
}

/** A type expression and whether its place may be null: `utf8?` is `utf8` and nullable. */
export function splitType(expression: string): { readonly type: string; readonly nullable: boolean } {
  const nullable = expression.endsWith('?');
  return { type: nullable ? expression.slice(0, -1) : expression, nullable };
}

/** Every name that a definition declares, with earlier names of fields. */
function declaredPlaces(model: Model, relocate: Relocate): ReadonlyMap<string, SourceRange> {
  const places = new Map<string, SourceRange>();
  const add = (path: string, range: SourceRange): void => {
    if (!places.has(path)) places.set(path, relocate(range));
  };
  const addFields = (owner: string, fields: readonly Field[]): void => {
    for (const field of fields) add(`${owner}.${field.name}`, field.range);
    for (const field of fields) for (const form of field.was) add(`${owner}.${form.name}`, field.range);
  };
  for (const part of [...model.types, ...model.enums, ...model.methods, ...model.constants, ...model.batches]) add(part.name, part.range);
  for (const type of model.types) addFields(type.name, type.fields);
  for (const type of model.enums) for (const member of type.members) add(`${type.name}.${member.name}`, member.range);
  for (const batch of model.batches) for (const column of batch.columns) add(`${batch.name}.${column.name}`, column.range);
  for (const group of model.metadata) for (const key of group.keys) add(`${group.name}.${key.name}`, key.range);
  for (const { name, params, input, output } of model.methods) {
    addFields(name, params);
    if (input?.dynamic === false) addFields(`${name}.input`, input.fields);
    if (output?.dynamic === false) addFields(`${name}.output`, output.fields);
  }
  return places;
}
