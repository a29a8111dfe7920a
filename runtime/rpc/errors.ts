/**
 * Stable error categories that a peer may branch on (`vgi_rpc.error_kind`). The set is open: an unknown kind is an
 * unclassified error.
 */
export type ErrorKind =
  | 'method_not_implemented'
  | 'protocol_version_mismatch'
  | 'protocol_not_specified'
  | 'protocol_not_supported'
  | 'session_lost'
  | 'server_draining'
  | (string & {});

export interface RpcErrorOptions {
  /** Type name that travels as `exception_type`, e.g. `ValueError`. */
  readonly type?: string;
  readonly kind?: ErrorKind | undefined;
  /** Stack text of the other side. */
  readonly remoteTraceback?: string;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/**
 * An error of a call. Thrown by a handler it travels with its type and kind and without a stack: it is meant for the caller, where any other
 * error is a bug whose stack travels. Thrown by a client it is what the server sent, or (types `TransportError`, `ProtocolError`) what went wrong on the way.
 */
export class RpcError extends Error {
  readonly type: string;
  readonly kind: ErrorKind | undefined;
  readonly remoteTraceback: string;
  readonly requestId: string | undefined;

  constructor(message: string, options: RpcErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.type = options.type ?? 'RpcError';
    this.name = this.type;
    this.kind = options.kind;
    this.remoteTraceback = options.remoteTraceback ?? '';
    this.requestId = options.requestId;
  }
}

/** The peer broke the protocol: wrong framing, wrong row count, a message out of turn. */
export const protocolError = (message: string, cause?: unknown): RpcError => new RpcError(message, { type: 'ProtocolError', cause });

/** The connection ended or could not be made. */
export const transportError = (message: string, cause?: unknown): RpcError => new RpcError(message, { type: 'TransportError', cause });

/** The server has no handler for the method. Clients use it to find out what a worker can do. */
export const methodNotImplemented = (method: string): RpcError =>
  new RpcError(`method ${method} is not implemented by this worker`, { type: 'MethodNotImplementedError', kind: 'method_not_implemented' });

/** The worker has the method's object but does not offer the operation. */
export const operationNotSupported = (method: string): RpcError =>
  new RpcError(`${method} is not supported by this worker`, { type: 'NotSupportedError' });

/** A change was asked of a catalog that cannot be changed. */
export const catalogReadOnly = (method: string): RpcError =>
  new RpcError(`catalog is read-only: ${method} is not supported`, { type: 'CatalogReadOnlyError' });

/** Type name under which any thrown value travels. */
export function errorType(error: unknown): string {
  if (error instanceof RpcError) return error.type;
  if (error instanceof Error) return error.name || error.constructor.name;
  return typeof error;
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
