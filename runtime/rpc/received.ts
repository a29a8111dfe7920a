import type { LogLevel, LogMessage } from './call-context.ts';
import { RpcError } from './errors.ts';
import { rpcKeys } from './metadata-keys.ts';

/** What a client got besides data: a log line or the error of the call. Decided by the rules of vgi-rpc WIRE_PROTOCOL, section 7. */
export type Received = { readonly log: LogMessage } | { readonly error: RpcError };

/** Reads the metadata of a zero-row batch; `undefined` if the batch is data after all. */
export function receivedMessage(metadata: ReadonlyMap<string, string>): Received | undefined {
  const level = metadata.get(rpcKeys.logLevel);
  const message = metadata.get(rpcKeys.logMessage);
  if (level === undefined || message === undefined) return undefined;
  const extra = parseExtra(metadata.get(rpcKeys.logExtra));
  if (level !== 'EXCEPTION') return { log: { level: level as LogLevel, message, extra } };
  return {
    error: new RpcError(text(extra.exception_message) ?? message, {
      type: text(extra.exception_type) ?? 'EXCEPTION',
      kind: metadata.get(rpcKeys.errorKind) ?? text(extra.error_kind),
      remoteTraceback: text(extra.traceback) ?? '',
      requestId: metadata.get(rpcKeys.requestId),
    }),
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The extras as an object; a server that sends something else loses them, not the message. */
function parseExtra(json: string | undefined): Record<string, unknown> {
  if (json === undefined) return {};
  try {
    const extra: unknown = JSON.parse(json);
    return typeof extra === 'object' && extra !== null && !Array.isArray(extra) ? (extra as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
