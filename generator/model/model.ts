/**
 * The resolved protocol: everything the YAML says, with names resolved, positions kept and nothing of YAML or of a target
 * language left. Built by `build-model.ts`; read-only from then on.
 */
import type { SourceRange } from '../load/source.ts';

/** A released version, `major.minor.patch`. */
export type Version = string;

export interface Model {
  readonly protocol: Protocol;
  /** Declaration order over all files, includes in the order in which they are named. */
  readonly enums: readonly EnumType[];
  readonly types: readonly RecordType[];
  readonly methods: readonly Method[];
  readonly metadata: readonly MetadataGroup[];
  readonly constants: readonly Constant[];
  readonly batches: readonly BatchShape[];
}

export interface Protocol {
  readonly name: string;
  readonly wireName: string;
  readonly service: string;
  readonly routingKeySince?: Version;
  readonly requestContract: 'exact' | 'by_name';
  readonly doc: string;
  /** Oldest first. */
  readonly versions: readonly ProtocolVersion[];
  /** The newest served version. */
  readonly current: Version;
  readonly range: SourceRange;
}

export interface ProtocolVersion {
  readonly version: Version;
  readonly served: boolean;
  readonly snapshot?: string;
  readonly doc: string;
  readonly range: SourceRange;
}

/** What everything that comes and goes has in common. `since` is always filled in. */
export interface Declared {
  readonly name: string;
  readonly doc: string;
  readonly since: Version;
  /** First version without it. */
  readonly removed?: Version;
  readonly deprecated?: { readonly since?: Version; readonly use?: string; readonly reason?: string };
  /** Names that win over the derived ones, by target. */
  readonly names?: Readonly<Record<string, string>>;
  readonly range: SourceRange;
}

export interface EnumType extends Declared {
  readonly encoding: 'dictionary' | 'utf8';
  readonly members: readonly EnumMember[];
}

export interface EnumMember extends Declared {
  /** Lower-case spelling that readers accept beside the name. */
  readonly value?: string;
}

export interface RecordType extends Declared {
  readonly fields: readonly Field[];
  /** Hand-written conversion between the fields of now and those that only earlier versions have. */
  readonly adapt?: string;
}

export interface Field extends Declared {
  readonly type: Place;
  /** Earlier forms, oldest first. */
  readonly was: readonly EarlierForm[];
  /** Present if the definition gives one, `undefined` otherwise; `{ value: null }` is a default of null. */
  readonly default?: { readonly value: DefaultValue };
  readonly carriesNull: boolean;
  readonly opaque?: OpaqueKind;
  readonly secret: boolean;
}

export type DefaultValue = null | boolean | number | string | readonly DefaultValue[] | { readonly [key: string]: DefaultValue };

export type OpaqueKind = 'attach' | 'transaction' | 'execution' | 'bind' | 'init' | 'substream' | 'state' | 'split' | 'cursor';

export interface EarlierForm {
  /** First version that has the next form. */
  readonly before: Version;
  readonly name: string;
  readonly type: Place;
  readonly convert?: string;
  readonly range: SourceRange;
}

/** A type in a place that may be null. */
export interface Place {
  readonly type: TypeRef;
  /** Null means something here. */
  readonly nullable: boolean;
  /** The Arrow field is declared nullable. Differs from `nullable` for list items and map values only (see docs/language.md). */
  readonly wireNullable: boolean;
}

export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

export type TypeRef =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'int'; readonly bits: 8 | 16 | 32 | 64; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: 16 | 32 | 64 }
  | { readonly kind: 'utf8' | 'large_utf8' | 'binary' | 'large_binary' }
  | { readonly kind: 'fixed_binary'; readonly width: number }
  | { readonly kind: 'decimal'; readonly bits: 128 | 256; readonly precision: number; readonly scale: number }
  | { readonly kind: 'date'; readonly unit: 'day' | 'ms' }
  | { readonly kind: 'time'; readonly bits: 32 | 64; readonly unit: TimeUnit }
  | { readonly kind: 'timestamp'; readonly unit: TimeUnit; readonly timezone?: string }
  | { readonly kind: 'duration'; readonly unit: TimeUnit }
  | { readonly kind: 'interval'; readonly unit: 'year_month' | 'day_time' | 'month_day_nano' }
  | { readonly kind: 'list' | 'large_list'; readonly item: Place }
  | { readonly kind: 'fixed_list'; readonly item: Place; readonly size: number }
  | { readonly kind: 'map'; readonly key: Place; readonly value: Place }
  | { readonly kind: 'dictionary'; readonly index: TypeRef; readonly value: TypeRef }
  | { readonly kind: 'enum'; readonly name: string }
  | { readonly kind: 'record'; readonly name: string }
  | { readonly kind: 'ipc'; readonly name: string }
  | { readonly kind: 'schema' }
  | { readonly kind: 'batch'; readonly shape?: string; readonly large: boolean };

export interface Method extends Declared {
  readonly kind: 'unary' | 'producer' | 'exchange' | 'stream';
  /** Plain parameters in wire order; for a wrapped request the one field `request` of type `ipc<T>`. */
  readonly params: readonly Field[];
  /** Name of the wrapped request type. */
  readonly request?: string;
  /** Unary methods that return something. */
  readonly result?: { readonly type: Place; readonly doc?: string };
  /** Type name of the stream header. */
  readonly header?: string;
  readonly input?: StreamSchema;
  readonly output?: StreamSchema;
  readonly operation?: Operation;
}

export type StreamSchema = { readonly dynamic: true } | { readonly dynamic: false; readonly fields: readonly Field[] };

export interface Operation {
  readonly object: string;
  readonly action: string;
  readonly required: boolean;
  readonly default?: OperationDefault;
}

export type OperationDefault =
  | { readonly kind: 'no_op' | 'not_supported' | 'read_only' | 'not_implemented' }
  | { readonly kind: 'constant'; readonly value: DefaultValue };

export interface MetadataGroup {
  readonly name: string;
  readonly doc: string;
  readonly keys: readonly (Declared & { readonly key: string; readonly on: string })[];
  readonly range: SourceRange;
}

export interface Constant extends Declared {
  readonly type: string;
  readonly value: DefaultValue;
}

export interface BatchShape extends Declared {
  readonly rows: string;
  readonly open: boolean;
  readonly columns: readonly BatchColumn[];
}

/** A known column of a batch shape; `type` is an expression or `any`. */
export interface BatchColumn {
  readonly name: string;
  readonly type: string;
  readonly doc: string;
  readonly since?: Version;
  readonly removed?: Version;
  readonly range: SourceRange;
}
