import type { IpcMessages } from '../arrow/ipc-stream.ts';
import type { Message } from '../arrow/message.ts';
import type { AuthContext } from '../rpc/auth-context.ts';
import { errorStream } from '../rpc/answers.ts';
import { CallRecord } from '../rpc/call-record.ts';
import { RpcError } from '../rpc/errors.ts';
import { rpcKeys } from '../rpc/metadata-keys.ts';
import type { CallHost, ServerCall } from '../rpc/server-call.ts';
import type { Service } from '../rpc/service.ts';
import type { SessionScope } from '../rpc/sessions.ts';
import { fetchPointer, isPointer } from './external-fetch.ts';
import { Externalizer } from './external-storage.ts';
import type { HandlerParts } from './handler-parts.ts';
import { headers } from './headers.ts';
import { arrowResponse, bodyLength, type HttpRequest, type HttpResponse } from './http-message.ts';
import { type ReceivedRequest, RequestRefused } from './request-body.ts';
import { responseBudget } from './response-budget.ts';

/** One RPC request while it is served: who asks, and what will be recorded of it. */
export class ServedRequest {
  readonly parts: HandlerParts;
  readonly request: HttpRequest;
  readonly auth: AuthContext;
  readonly requestId: string;
  readonly session: SessionScope;
  /** Bytes that the client takes in an answer, if it says. */
  readonly budget: number | undefined;
  /** Set once a method is known, if anybody wants records. */
  record: CallRecord | undefined;

  constructor(parts: HandlerParts, request: HttpRequest, auth: AuthContext, requestId: string, session: SessionScope) {
    this.parts = parts;
    this.request = request;
    this.auth = auth;
    this.requestId = requestId;
    this.session = session;
    this.budget = responseBudget(request);
  }

  host(resumed = false): CallHost {
    return { auth: this.auth, session: this.session, resumed, requestId: this.requestId };
  }

  /** Begins the record of the call. */
  startRecord(method: string, { messages, wireBytes }: ReceivedRequest, begins: boolean): void {
    if (!this.parts.options.observer) return;
    const { protocol } = this.parts.services.services[0] as Service;
    this.record = new CallRecord(protocol, method, this.auth, this.request.remoteAddress);
    this.record.requestId = this.requestId;
    this.record.http = { status: 0, requestBytes: wireBytes };
    if (begins) this.record.request = messages;
  }

  externalizer(method: string): Externalizer {
    return new Externalizer(this.parts.options.external ?? {}, this.parts.options.maxExternalizedResponseBytes, method);
  }

  /** Throws if the answer exceeds the cap of the server or of the client. */
  checkSize(body: readonly Uint8Array[], method: string): void {
    const cap = Math.min(this.parts.options.maxResponseBytes ?? Infinity, this.budget ?? Infinity);
    const size = bodyLength(body);
    if (size <= cap) return;
    throw new RpcError(`HTTP body exceeds max_response_bytes (${size} > ${cap}) for method '${method}'`, { type: this.budget === undefined ? 'RuntimeError' : 'ResponseTooLargeError' });
  }

  /** The answer of a method that failed: status 200, because others get their bodies replaced on the way. */
  failed(error: unknown, call: ServerCall | undefined): HttpResponse {
    if (this.record) this.record.error = error;
    const ids = call ?? { serverId: this.parts.serverId, requestId: this.requestId };
    return flagged(arrowResponse(200, errorStream(error, call?.takeLogs() ?? [], ids)));
  }

  /** Puts in what a pointer stands for. Failures are of the call, not of the request. */
  async resolved(messages: IpcMessages & { readonly batch: Message }): Promise<IpcMessages & { readonly batch: Message }> {
    if (!isPointer(messages.batch)) return messages;
    const policy = this.parts.options.external?.fetch;
    if (!policy) throw new RequestRefused(400, new RpcError(`the request is a pointer (${rpcKeys.location}), which this server does not follow`, { type: 'ProtocolError' }));
    return (await fetchPointer(messages.batch, messages.schemaMessage, policy)).messages;
  }
}

/** Marks an answer whose body holds an error. */
export function flagged(response: HttpResponse): HttpResponse {
  response.headers.set(headers.rpcError, 'true');
  return response;
}
