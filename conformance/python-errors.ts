import { RpcError } from 'vgi-gen/runtime/v1';

/** The error types of the service are those of Python, where the service comes from; they travel as `exception_type`. */
export const valueError = (message: string): RpcError => new RpcError(message, { type: 'ValueError' });
export const runtimeError = (message: string): RpcError => new RpcError(message, { type: 'RuntimeError' });
export const typeError = (message: string): RpcError => new RpcError(message, { type: 'TypeError' });
