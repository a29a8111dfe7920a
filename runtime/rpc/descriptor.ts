import type { Schema } from '../arrow/schema.ts';
import type { RecordCodec } from '../codec/record-codec.ts';
import type { DeferredModule } from './deferred-module.ts';

/** A generated protocol as the server and the client need it: names, versions, and the codecs of every method. */
export interface ProtocolDescriptor {
  /** Stem used in messages, e.g. `vgi`. */
  readonly name: string;
  /** Value of the routing key `vgi_rpc.protocol`. */
  readonly wireName: string;
  /** Name that `__describe__` answers. */
  readonly service: string;
  readonly requestContract: 'exact' | 'by_name';
  /** Versions that can be served, oldest first. */
  readonly versions: readonly string[];
  readonly currentVersion: string;
  /** The protocol is not versioned on the wire: a request without version is one of the current version. */
  readonly versionOptional?: boolean;
  /** Requests of any version, and without one, are requests of the current version: its major version is part of the routing key. */
  readonly versionExempt?: boolean;
  /** First version whose requests must carry the routing key on byte transports; absent = it is never required. */
  readonly routingKeySince?: string;
  /** Methods by wire name. */
  readonly methods: Readonly<Record<string, MethodDescriptor>>;
  /** By version: what `loadLayouts` loads before its codecs are asked for. Versions whose layouts are all there are left out. */
  readonly layouts?: Readonly<Record<string, readonly DeferredModule<unknown>[]>>;
  /** SHA-256 over the canonical form of the definition. */
  readonly hash: string;
}

export type MethodKind = 'unary' | 'producer' | 'exchange' | 'stream';

/**
 * One method. Codecs are given by version through functions, so that a client that speaks one version does not pull in the others;
 * a method that a version does not have is absent from that version's table. Params and results are those of the current model.
 */
export interface MethodDescriptor {
  /** Wire name, `catalog_table_get`. */
  readonly name: string;
  /** Name of the handler method, `catalogTableGet`. */
  readonly handler: string;
  readonly kind: MethodKind;
  /** First version with the method, and first version without it. */
  readonly since: string;
  readonly removed?: string;
  /** Codec of the request batch; a wrapped request is unwrapped by it. Methods without parameters have an empty record. */
  readonly params: (version: string) => RecordCodec<unknown>;
  /** Codec of the one-column answer `result`, unwrapped; absent for void methods and streams. */
  readonly result?: (version: string) => RecordCodec<unknown>;
  /** Codec of the stream header. */
  readonly header?: (version: string) => RecordCodec<unknown>;
  /** Declared schema of what the client sends (exchange, stream); absent for producers; `dynamic` when the call decides. */
  readonly input?: (() => Schema) | 'dynamic';
  /** Declared schema of what the server sends. */
  readonly output?: (() => Schema) | 'dynamic';
  /** Properties of the params object whose values must not be logged, and sealed ones by kind. */
  readonly secret?: readonly string[];
  readonly opaque?: Readonly<Record<string, string>>;
  /** What the method does to the object model. */
  readonly operation?: OperationDescriptor;
}

export interface OperationDescriptor {
  readonly object: string;
  readonly action: string;
  readonly required: boolean;
}
