import type { MethodDescriptor, ProtocolDescriptor } from './descriptor.ts';
import { protocolError, RpcError } from './errors.ts';
import { loadLayouts } from './load-layouts.ts';
import { REFLECTION, REQUEST_VERSION, rpcKeys } from './metadata-keys.ts';

/** A protocol with the object that implements it: an instance of the generated abstract handlers class. */
export interface Service {
  readonly protocol: ProtocolDescriptor;
  readonly handlers: object;
}

/** What a server says of itself to those who ask what it hosts. */
export interface ServerIdentity {
  readonly serverId: string;
  /** Build of the server, in a form of its own. */
  readonly serverVersion?: string | undefined;
}

/** What a request asks for, found out from its metadata alone. */
export interface Route {
  readonly service: Service;
  readonly method: MethodDescriptor;
  /** One of the protocol's served versions. */
  readonly version: string;
}

/**
 * The protocols of one worker, and how a request finds its method. Requests without routing key go to the first service; of services with the
 * same key, requests that name it go to the last, so that a key may serve more versions than there are without it.
 */
export class ServiceTable {
  readonly services: readonly Service[];
  readonly #identity: ServerIdentity;
  readonly #byWireName: Map<string, Service>;

  constructor(services: readonly Service[], identity: ServerIdentity) {
    if (services.length === 0) throw new Error('a server needs at least one protocol');
    this.services = services;
    this.#identity = identity;
    this.#byWireName = new Map(services.map((service) => [service.protocol.wireName, service]));
  }

  /**
   * To be awaited before a request is routed: reflection, which few clients ever ask, is loaded for the first that does, the layouts of an earlier
   * version for the first client that speaks it. Nothing to wait for: `undefined`. Throws nothing: what is wrong with a request, `route` says.
   */
  prepared(metadata: ReadonlyMap<string, string>, wireName = metadata.get(rpcKeys.protocol)): Promise<void> | undefined {
    if (wireName === REFLECTION) return this.#byWireName.has(REFLECTION) ? undefined : this.#loadReflection();
    const service = wireName === undefined ? this.services[0] : this.#byWireName.get(wireName);
    const clientVersion = metadata.get(rpcKeys.protocolVersion);
    if (service?.protocol.layouts === undefined) return undefined;
    const { protocol } = service;
    // Who sends no version, or one that is not served, is answered in the current one, which is an earlier one where a service is held to it.
    const version = clientVersion === undefined || clientVersion === protocol.currentVersion ? undefined : sameMinor(protocol, semver.exec(clientVersion));
    return loadLayouts(protocol, version ?? protocol.currentVersion);
  }

  async #loadReflection(): Promise<void> {
    const { reflectionService } = await import('./reflection.ts');
    if (!this.#byWireName.has(REFLECTION)) this.#byWireName.set(REFLECTION, reflectionService(this, this.#identity));
  }

  /** Every service that requests can reach, those of the application first. */
  get hosted(): readonly Service[] {
    return [...this.#byWireName.values()];
  }

  /**
   * Throws the specified errors for a wrong framing version, routing key, protocol version or method. Where the transport names the
   * protocol it need not be in the metadata.
   */
  route(methodName: string, metadata: ReadonlyMap<string, string>, wireName?: string): Route {
    const service = wireName === undefined ? this.serviceFor(metadata) : this.named(wireName);
    const { protocol } = service;
    const version = protocol.versionExempt ? protocol.currentVersion : servedVersion(protocol, metadata.get(rpcKeys.protocolVersion));
    return { service, method: methodOf(service.protocol, methodName, version), version };
  }

  /** The protocol that the routing key names; without the key the first one, if the client is of a version that has no key. */
  serviceFor(metadata: ReadonlyMap<string, string>): Service {
    const wireName = metadata.get(rpcKeys.protocol);
    if (wireName !== undefined) return this.named(wireName);
    const service = this.services[0] as Service;
    const { routingKeySince } = service.protocol;
    const clientVersion = metadata.get(rpcKeys.protocolVersion);
    if (routingKeySince !== undefined && clientVersion !== undefined && compareVersions(clientVersion, routingKeySince) >= 0) {
      throw new RpcError(`the request names no protocol: metadata key ${rpcKeys.protocol} is required since ${routingKeySince}`, {
        type: 'ProtocolNotSpecifiedError',
        kind: 'protocol_not_specified',
      });
    }
    return service;
  }

  /** Whether the name is the routing key of a protocol served here. */
  serves(wireName: string): boolean {
    return wireName === REFLECTION || this.#byWireName.has(wireName);
  }

  /** The protocol of a routing key. */
  named(wireName: string): Service {
    const service = this.#byWireName.get(wireName);
    if (service) return service;
    throw new RpcError(`protocol "${wireName}" is not served here (served: ${[...new Set([...this.#byWireName.keys(), REFLECTION])].join(', ')})`, {
      type: 'ProtocolNotSupportedError',
      kind: 'protocol_not_supported',
    });
  }
}

/** Name of the method that a request is for. Throws if the framing is not ours. */
export function requestedMethod(metadata: ReadonlyMap<string, string>): string {
  const method = metadata.get(rpcKeys.method);
  if (!method) throw protocolError(`the request batch has no metadata key ${rpcKeys.method}`);
  const version = metadata.get(rpcKeys.requestVersion);
  if (version !== REQUEST_VERSION) {
    const problem = version === undefined ? `has no ${rpcKeys.requestVersion}` : `has ${rpcKeys.requestVersion} "${version}"`;
    throw new RpcError(`the request ${problem}; this server speaks "${REQUEST_VERSION}"`, { type: 'VersionError' });
  }
  return method;
}

const semver = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/** The served version with the client's major and minor. Throws `ProtocolVersionError` that says who has to upgrade. */
export function servedVersion(protocol: ProtocolDescriptor, clientVersion: string | undefined): string {
  const served = protocol.versions.join(', ');
  const refuse = (problem: string): RpcError =>
    new RpcError(`protocol ${protocol.name}: ${problem}`, { type: 'ProtocolVersionError', kind: 'protocol_version_mismatch' });
  if (clientVersion === undefined) {
    if (protocol.versionOptional) return protocol.currentVersion;
    throw refuse(`the client sent no ${rpcKeys.protocolVersion}, the server serves ${served}; upgrade the client`);
  }
  const parts = semver.exec(clientVersion);
  if (!parts) throw refuse(`the client sent version "${clientVersion}", which is not MAJOR.MINOR.PATCH; the server serves ${served}`);
  const found = sameMinor(protocol, parts);
  if (found !== undefined) return found;
  const older = compareVersions(clientVersion, protocol.currentVersion) < 0;
  throw refuse(`the client speaks ${clientVersion}, the server serves ${served}; upgrade the ${older ? 'client' : 'server'}`);
}

/** The served version with the same major and minor. */
function sameMinor(protocol: ProtocolDescriptor, parts: RegExpExecArray | null): string | undefined {
  return protocol.versions.find((version) => {
    const own = semver.exec(version);
    return own?.[1] === parts?.[1] && own?.[2] === parts?.[2];
  });
}

/** Order of two versions; texts that are no versions count as oldest. */
export function compareVersions(a: string, b: string): number {
  const partsOf = (version: string): number[] => version.split('.').map((part) => Number(part) || 0);
  const left = partsOf(a);
  const right = partsOf(b);
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function methodOf(protocol: ProtocolDescriptor, name: string, version: string): MethodDescriptor {
  const method = Object.hasOwn(protocol.methods, name) ? protocol.methods[name] : undefined;
  if (!method) {
    // What is not UTF-8 was read with replacement characters, which no method name has.
    if (name.includes('\ufffd')) throw protocolError(`the method name in ${rpcKeys.method} is not UTF-8`);
    throw new RpcError(`Unknown method: '${name}'. Available methods: ${Object.keys(protocol.methods).sort().join(', ')}`, {
      type: 'MethodNotImplementedError',
      kind: 'method_not_implemented',
    });
  }
  const tooOld = compareVersions(version, method.since) < 0;
  if (tooOld || (method.removed !== undefined && compareVersions(version, method.removed) >= 0)) {
    throw new RpcError(`method ${name} does not exist in protocol ${protocol.name} ${version} (since ${method.since}${method.removed ? `, removed in ${method.removed}` : ''})`, {
      type: 'MethodNotImplementedError',
      kind: 'method_not_implemented',
    });
  }
  return method;
}
