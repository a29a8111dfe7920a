import type { ServiceTable } from '../rpc/service.ts';

/** What the path of an RPC request names. */
export interface RpcPath {
  /** Routing key; absent in the form without it. */
  readonly protocol?: string;
  readonly method: string;
  readonly action: 'call' | 'init' | 'exchange';
}

/** The segments below the prefix, decoded; `undefined` outside of it or for malformed escapes. */
export function segmentsBelow(prefix: string, path: string): string[] | undefined {
  if (path !== prefix && !path.startsWith(`${prefix}/`)) return undefined;
  try {
    return path.slice(prefix.length + 1).split('/').filter((segment, index, all) => segment !== '' || index < all.length - 1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/**
 * Reads `method`, `method/init`, `method/exchange` and the same behind a routing key (protocol versions from 2.0). A first segment
 * that is a routing key served here is one; a method may be called `init`.
 */
export function rpcPath(segments: readonly string[], services: ServiceTable): RpcPath | undefined {
  const [first, second, third] = segments;
  if (!first || segments.length > 3) return undefined;
  if (services.serves(first) && second) return action({ protocol: first, method: second }, third);
  if (segments.length === 3 && second) return action({ protocol: first, method: second }, third);
  if (second === undefined || second === 'init' || second === 'exchange') return action({ method: first }, second);
  return { protocol: first, method: second, action: 'call' };
}

function action(named: { protocol?: string; method: string }, last: string | undefined): RpcPath | undefined {
  if (last === undefined) return { ...named, action: 'call' };
  return last === 'init' || last === 'exchange' ? { ...named, action: last } : undefined;
}
