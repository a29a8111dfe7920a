import { rpcKeys } from '../rpc/metadata-keys.ts';

/** Tokens are the transport's: handlers do not see them, and what they echo must not carry them back. */
export function withoutTokens(metadata: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (!metadata.has(rpcKeys.streamState) && !metadata.has(rpcKeys.callState)) return metadata;
  const rest = new Map(metadata);
  rest.delete(rpcKeys.streamState);
  rest.delete(rpcKeys.callState);
  return rest;
}
