import { voidStream, withLogs } from '../rpc/answers.ts';
import { callUnary, decodeParams } from '../rpc/dispatch.ts';
import type { RpcError } from '../rpc/errors.ts';
import { ExternalAnswer, pointerStream } from '../rpc/external-answer.ts';
import { ServerCall } from '../rpc/server-call.ts';
import type { Route } from '../rpc/service.ts';
import { arrowResponse, type HttpResponse } from './http-message.ts';
import { type ReceivedRequest, RequestRefused } from './request-body.ts';
import type { ServedRequest } from './served-request.ts';

/** Decodes parameters that come over HTTP: what does not fit is a bad request, not a failed call. */
export function decodedParams(route: Route, received: ReceivedRequest['messages']): unknown {
  try {
    return decodeParams(route, received);
  } catch (error) {
    throw new RequestRefused(400, error as RpcError);
  }
}

/** `POST {method}`: one call, one answer. */
export async function serveUnary(served: ServedRequest, route: Route, received: ReceivedRequest): Promise<HttpResponse> {
  const { method, version } = route;
  const { record } = served;
  const call = new ServerCall(method.name, version, 'http', served.parts.serverId, received.metadata, served.host());
  try {
    const messages = await served.resolved(received.messages);
    if (record) record.request = messages;
    record?.received(messages.batch);
    const answer = await callUnary(route, decodedParams(route, messages), call);
    const logs = call.takeLogs();
    const codec = method.result?.(version);
    if (!answer || !codec) return arrowResponse(200, voidStream(logs, call));
    const { schema } = codec;
    const external = served.externalizer(method.name);
    const pointer = answer instanceof ExternalAnswer ? answer.metadata : await external.pointerTo(1, () => [answer]);
    if (record?.http) record.http.externalizedBytes = external.bytes;
    const body = pointer ? pointerStream(schema, pointer, logs, call) : withLogs(answer as Uint8Array, schema, logs, call);
    record?.sent(1, body);
    served.checkSize(body, method.name);
    return arrowResponse(200, body);
  } catch (error) {
    if (error instanceof RequestRefused) throw error;
    return served.failed(error, call);
  } finally {
    call.abort();
  }
}
