import { schemaTokens } from '../arrow/type-token.ts';
import type { MethodDescription } from './describe-worker.ts';
import type { ProtocolDescriptor } from './descriptor.ts';
import { methodsIn } from './methods-in.ts';

/** Moves when the definition of the hash does, never when a protocol changes. */
const HASH_DOMAIN = 'vgi_rpc.protocol_hash.v1|';

/**
 * SHA-256 in hex digits over the canonical description of a protocol version, equal in every port of the RPC layer for the same protocol
 * (vgi-rpc, `rpc/_protocol_hash.py`). The kind of a stream is not part of it: not every port knows it before the call.
 */
export function protocolHash(protocol: ProtocolDescriptor, version: string): Promise<string> {
  return hashOf(canonicalDescription(protocol, version));
}

/** The same of methods whose schemas are known in another way. */
export function describedHash(wireName: string, methods: readonly MethodSchemas[]): Promise<string> {
  return hashOf(canonicalText(wireName, methods));
}

async function hashOf(description: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(HASH_DOMAIN + description));
  return Buffer.from(digest).toString('hex');
}

/** What the hash says of a method. */
export type MethodSchemas = Pick<MethodDescription, 'name' | 'kind' | 'params' | 'result' | 'header'>;

/** What is hashed, as JSON of RFC 8785: no white space, the keys of each object in order. The keys below are written in that order. */
export function canonicalDescription(protocol: ProtocolDescriptor, version: string): string {
  const methods = methodsIn(protocol, version).map(({ name, kind, params, result, header }) => ({
    name,
    kind,
    params: params(version).schema,
    ...(result && { result: result(version).schema }),
    ...(header && { header: header(version).schema }),
  }));
  return canonicalText(protocol.wireName, methods);
}

function canonicalText(protocol: string, methods: readonly MethodSchemas[]): string {
  const sorted = [...methods].sort((a, b) => (a.name < b.name ? -1 : 1));
  const described = sorted.map(({ name, kind, params, result, header }) => ({
    has_header: header !== undefined,
    has_return: result !== undefined,
    ...(header && { header: schemaTokens(header) }),
    name,
    params: schemaTokens(params),
    ...(result && { result: schemaTokens(result) }),
    type: kind === 'unary' ? 'unary' : 'stream',
  }));
  return JSON.stringify({ methods: described, protocol });
}
