/**
 * What a protocol is in one version: everything that peers of that version agree on, with the evolution marks resolved.
 * Comes from a definition (`snapshot-of.ts`) or from the file that was written when the version was released (`read-history.ts`).
 */
import type { SourceRange } from '../load/source.ts';
import type { BatchColumn, BatchShape, Constant, DefaultValue, Declared, EnumMember, EnumType, Field, MetadataGroup, Method, Protocol, RecordType, Version } from '../model/model.ts';

export interface Snapshot {
  readonly protocol: string;
  readonly version: Version;
  readonly wireName: string;
  readonly service: string;
  readonly requestContract: Protocol['requestContract'];
  /** Requests carry the routing key. */
  readonly routingKey: boolean;
  readonly types: readonly TypePart[];
  readonly enums: readonly EnumPart[];
  readonly methods: readonly MethodPart[];
  readonly metadata: readonly MetadataPart[];
  readonly constants: readonly ConstantPart[];
  readonly batches: readonly BatchPart[];
  readonly range: SourceRange;
  /** Where each name is declared, whether this version has it or not: `TableInfo`, `TableInfo.comment`, `catalog_attach.input.name`. */
  readonly places: ReadonlyMap<string, SourceRange>;
  /** What no version records; left out if a history file is all there is. */
  readonly declared?: { readonly protocol: Protocol; readonly served: readonly Version[]; readonly groups: readonly MetadataGroup[] };
}

/** A part of a snapshot. `D` is what the definition says of it beyond what versions record: docs, defaults, deprecation. */
export interface Part<D = unknown> {
  readonly name: string;
  readonly range: SourceRange;
  /** Left out if a history file is all there is. */
  readonly declared?: D;
}

/** A column, with the name and type that it has in the version. */
export interface FieldPart extends Part<Field | BatchColumn> {
  /** Type expression without the `?` of the column itself. */
  readonly type: string;
  readonly nullable: boolean;
  readonly carriesNull: boolean;
  /** The column's name in another version, by the marks of the definition; `undefined` if that version does not have it. */
  nameIn(version: Version): string | undefined;
}

export interface TypePart extends Part<RecordType> {
  readonly fields: readonly FieldPart[];
}

export interface EnumPart extends Part<EnumType> {
  readonly encoding: EnumType['encoding'];
  readonly members: readonly MemberPart[];
}

export interface MemberPart extends Part<EnumMember> {
  readonly value?: string;
}

export interface MethodPart extends Part<Method> {
  readonly kind: Method['kind'];
  readonly params: readonly FieldPart[];
  /** Type expression of what a unary method returns; left out for void and for streams. */
  readonly result?: string;
  readonly header?: string;
  readonly input?: StreamPart;
  readonly output?: StreamPart;
}

/** The columns of one direction of a stream, or that each call chooses its own. */
export type StreamPart = 'dynamic' | readonly FieldPart[];

export interface MetadataPart extends Part<Declared & { readonly on: string }> {
  /** Name of the group and of the key in it: `Cache.ttl`. */
  readonly name: string;
  readonly key: string;
}

export interface ConstantPart extends Part<Constant> {
  readonly type: string;
  readonly value: DefaultValue;
}

export interface BatchPart extends Part<BatchShape> {
  readonly open: boolean;
  readonly columns: readonly FieldPart[];
}
