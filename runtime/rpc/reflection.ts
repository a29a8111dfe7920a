import { type MethodInfo, type ProtocolList, type ProtocolSummary, ReflectionHandlers, reflectionProtocol, type ServiceDescription } from '../../generated/reflection/ts/index.ts';
import type { MethodDescriptor, ProtocolDescriptor } from './descriptor.ts';
import { REQUEST_VERSION } from './metadata-keys.ts';
import { methodsIn } from './methods-in.ts';
import { protocolHash } from './protocol-hash.ts';
import type { ServerIdentity, Service, ServiceTable } from './service.ts';

const absent = new Uint8Array();

/** The protocol `vgi_rpc.Reflection.v1` (schema/reflection) over the services of a table, those that it hosts itself included. */
export function reflectionService(table: ServiceTable, identity: ServerIdentity): Service {
  return { protocol: { ...reflectionProtocol, versionExempt: true }, handlers: new Reflection(table, identity) };
}

class Reflection extends ReflectionHandlers {
  readonly #table: ServiceTable;
  readonly #identity: ServerIdentity;
  /** Protocols do not change while they are served. */
  readonly #summaries = new Map<ProtocolDescriptor, Promise<ProtocolSummary>>();

  constructor(table: ServiceTable, identity: ServerIdentity) {
    super();
    this.#table = table;
    this.#identity = identity;
  }

  async listProtocols(): Promise<ProtocolList> {
    return {
      serverId: this.#identity.serverId,
      serverVersion: this.#identity.serverVersion ?? '',
      requestVersion: REQUEST_VERSION,
      protocols: await Promise.all(this.#table.hosted.map(({ protocol }) => this.#summary(protocol))),
    };
  }

  async describe({ protocol: wireName }: { readonly protocol: string }): Promise<ServiceDescription> {
    const { protocol } = this.#table.named(wireName);
    const methods = methodsIn(protocol, protocol.currentVersion).map((method) => methodInfo(method, protocol.currentVersion));
    return { ...(await this.#summary(protocol)), methods };
  }

  #summary(protocol: ProtocolDescriptor): Promise<ProtocolSummary> {
    let summary = this.#summaries.get(protocol);
    if (!summary) {
      summary = summaryOf(protocol);
      this.#summaries.set(protocol, summary);
    }
    return summary;
  }
}

async function summaryOf(protocol: ProtocolDescriptor): Promise<ProtocolSummary> {
  const { wireName, currentVersion, versionOptional, versionExempt } = protocol;
  return {
    protocol: wireName,
    protocolVersion: versionOptional || versionExempt ? '' : currentVersion,
    protocolHash: await protocolHash(protocol, currentVersion),
    deprecated: false,
    deprecationMessage: '',
    features: [],
  };
}

function methodInfo({ name, kind, params, result, header }: MethodDescriptor, version: string): MethodInfo {
  return {
    name,
    methodType: kind === 'unary' ? 'unary' : 'stream',
    hasReturn: result !== undefined,
    hasHeader: header !== undefined,
    streamKind: kind === 'unary' ? '' : kind === 'stream' ? 'unknown' : kind,
    paramsSchemaIpc: params(version).schema.toIpc(),
    resultSchemaIpc: result?.(version).schema.toIpc() ?? absent,
    headerSchemaIpc: header?.(version).schema.toIpc() ?? absent,
    idempotency: 'unknown',
    deprecated: false,
    deprecationMessage: '',
  };
}
