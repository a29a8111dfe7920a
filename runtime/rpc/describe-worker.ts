import type { ProtocolSummary, ServiceDescription } from '../../generated/reflection/ts/index.ts';
import { Schema } from '../arrow/schema.ts';
import type { CallOptions, ClientConnection } from './client-connection.ts';
import { describedByMethod } from './describe-client.ts';
import type { MethodKind } from './descriptor.ts';
import { protocolError, RpcError } from './errors.ts';
import { REFLECTION } from './metadata-keys.ts';

/** One method of a worker as it looks on the wire. */
export interface MethodDescription {
  /** Wire name. */
  readonly name: string;
  /** `stream` where the worker does not say whether it produces or exchanges. */
  readonly kind: MethodKind;
  /** Schema of the request batch. */
  readonly params: Schema;
  /** Schema of the answer; absent for void methods and streams. */
  readonly result?: Schema;
  /** Schema of the record before the batches of a stream. */
  readonly header?: Schema;
  /** What a retry may do: `unknown`, `no_side_effects` or `idempotent`. */
  readonly idempotency: string;
  /** What to move to, of a method that is deprecated. */
  readonly deprecated?: string;
}

/** One protocol that a worker hosts. */
export interface ProtocolDescription {
  /** Routing key; of a worker without reflection the name of the service. */
  readonly name: string;
  /** MAJOR.MINOR.PATCH; empty for a protocol without versions. */
  readonly version: string;
  /** SHA-256 in hex digits. Reflection: `protocolHash`, equal in every port. `__describe__`: in a form that only the same implementation repeats. */
  readonly hash: string;
  /** Names of additions that the worker supports. */
  readonly features: readonly string[];
  /** What to move to, of a protocol that is deprecated. */
  readonly deprecated?: string;
  /** Sorted by name. */
  readonly methods: readonly MethodDescription[];
}

/** What a worker says of itself. */
export interface WorkerDescription {
  /** How it was found out: by the protocol `vgi_rpc.Reflection.v1`, or by the method `__describe__` of earlier releases. */
  readonly by: 'reflection' | 'describe';
  readonly serverId: string;
  /** Build of the worker; empty when it does not say. */
  readonly serverVersion: string;
  /** Version of the framing that it speaks. */
  readonly requestVersion: string;
  /** In the order of the worker, without those of the RPC layer itself. `__describe__` knows one, the first. */
  readonly protocols: readonly ProtocolDescription[];
}

export interface DescribeOptions extends CallOptions {
  /** Also describe what the RPC layer itself hosts, such as reflection; default false. */
  readonly own?: boolean;
}

/** Routing keys that begin like this are the RPC layer's own. */
const OWN_PREFIX = 'vgi_rpc.';

/**
 * Asks a worker what it hosts: by reflection (vgi-rpc from 0.43, every worker of this runtime), and where that fails by `__describe__` version 4.
 * Makes one call and one for each protocol, or two. Works for protocols and versions that this side knows nothing of. Throws `RpcError`:
 * the transport's, or a `ProtocolError` that quotes both refusals of a worker that knows neither way.
 */
export async function describeWorker(connection: ClientConnection, options: DescribeOptions = {}): Promise<WorkerDescription> {
  try {
    return await byReflection(connection, options);
  } catch (error) {
    if (!(error instanceof RpcError) || isFinal(error)) throw error;
    try {
      return await describedByMethod(connection, options);
    } catch (second) {
      if (!(second instanceof RpcError) || isFinal(second)) throw second;
      throw protocolError(`the worker describes itself neither by ${REFLECTION} (${error.message}) nor by __describe__ (${second.message})`, second);
    }
  }
}

/** Failures that another question does not get around. HTTP servers that know no reflection have nothing at its path. */
function isFinal({ type, kind }: RpcError): boolean {
  return type === 'AuthenticationError' || (type === 'TransportError' && kind !== 'not_found');
}

async function byReflection(connection: ClientConnection, options: DescribeOptions): Promise<WorkerDescription> {
  const { ReflectionClient } = await import('../../generated/reflection/ts/index.ts');
  const client = new ReflectionClient(connection);
  const list = await client.listProtocols(options);
  const protocols: ProtocolDescription[] = [];
  for (const { protocol } of list.protocols) {
    if (protocol.startsWith(OWN_PREFIX) && !options.own) continue;
    protocols.push(protocolFrom(await client.describe({ protocol }, options)));
  }
  const { serverId, serverVersion, requestVersion } = list;
  return { by: 'reflection', serverId, serverVersion, requestVersion, protocols };
}

function protocolFrom(description: ServiceDescription): ProtocolDescription {
  const { protocol, protocolVersion, protocolHash, features } = description;
  const methods = description.methods.map((method): MethodDescription => ({
    name: method.name,
    kind: kindOf(method),
    params: Schema.fromIpc(method.paramsSchemaIpc),
    ...(method.hasReturn && { result: Schema.fromIpc(method.resultSchemaIpc) }),
    ...(method.hasHeader && { header: Schema.fromIpc(method.headerSchemaIpc) }),
    idempotency: method.idempotency,
    ...deprecation(method),
  }));
  return { name: protocol, version: protocolVersion, hash: protocolHash, features, ...deprecation(description), methods };
}

function kindOf({ name, methodType, streamKind }: ServiceDescription['methods'][number]): MethodKind {
  if (methodType === 'unary') return 'unary';
  if (methodType !== 'stream') throw protocolError(`${REFLECTION}: method ${name} has the unknown type "${methodType}"`);
  return streamKind === 'producer' || streamKind === 'exchange' ? streamKind : 'stream';
}

function deprecation({ deprecated, deprecationMessage }: Pick<ProtocolSummary, 'deprecated' | 'deprecationMessage'>): { deprecated?: string } {
  return deprecated ? { deprecated: deprecationMessage } : {};
}
