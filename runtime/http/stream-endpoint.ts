import { randomBytes } from 'node:crypto';
import { splitIpcStream } from '../arrow/ipc-stream.ts';
import { RecordBatch } from '../arrow/record-batch.ts';
import { endOfStream } from '../arrow/stream-encoder.ts';
import { withLogs } from '../rpc/answers.ts';
import { newStreamId } from '../rpc/call-record.ts';
import { type OpenStream, openStream } from '../rpc/dispatch.ts';
import { RpcError } from '../rpc/errors.ts';
import { rpcKeys } from '../rpc/metadata-keys.ts';
import { ServerCall } from '../rpc/server-call.ts';
import type { Route } from '../rpc/service.ts';
import type { ResolvedCall } from './call-cache.ts';
import { CALL_ID_BYTES, type CallState } from './call-tokens.ts';
import type { HttpResponse } from './http-message.ts';
import { type ReceivedRequest, RequestRefused } from './request-body.ts';
import type { RpcPath } from './request-path.ts';
import type { ServedRequest } from './served-request.ts';
import { placeOf } from './stream-place.ts';
import { StreamRequest } from './stream-request.ts';
import { withoutTokens } from './stream-tokens.ts';
import { decodedParams } from './unary-endpoint.ts';

const noMetadata: ReadonlyMap<string, string> = new Map();

/** `POST {method}/init`: opens a stream. A producer's first turn runs at once. */
export async function serveInit(served: ServedRequest, route: Route, received: ReceivedRequest): Promise<HttpResponse> {
  const { parts, auth, record } = served;
  const { method, version } = route;
  const call = new ServerCall(method.name, version, 'http', parts.serverId, received.metadata, served.host());
  try {
    const messages = await served.resolved(received.messages);
    if (record) record.request = messages;
    const opened = await openStream(route, decodedParams(route, messages), call);
    const request = Buffer.concat([messages.schemaMessage, ...messages.dictionaries.map(({ bytes }) => bytes), messages.batch.bytes, endOfStream]);
    const state = callState(route, request, opened, record?.streamId ?? newStreamId());
    const resolved = { state, route, opened };
    const turns = opened.turns(call);
    const codec = method.header?.(version);
    const header = codec ? withLogs(codec.encode(opened.header), codec.schema, call.takeLogs(), call) : [];
    if (opened.resumable) parts.calls.set(resolved);
    else parts.liveStreams.open({ resolved, turns, call });
    const stream = new StreamRequest(served, resolved, turns, call, parts.tokens.mintCall(state, auth));
    const response = await (opened.kind === 'producer' ? stream.produce() : stream.open());
    return { ...response, body: [...header, ...response.body] };
  } catch (error) {
    if (error instanceof RequestRefused) throw error;
    return served.failed(error, call);
  }
}

function callState(route: Route, request: Uint8Array, { output, input }: OpenStream, streamId: string): CallState {
  return {
    callId: randomBytes(CALL_ID_BYTES),
    protocol: route.service.protocol.wireName,
    method: route.method.name,
    version: route.version,
    request,
    output: output.toIpc(),
    input: input?.toIpc() ?? new Uint8Array(0),
    streamId,
  };
}

/** `POST {method}/exchange`: the next turn of a stream, or its end by cancel. */
export async function serveExchange(served: ServedRequest, path: RpcPath, received: ReceivedRequest): Promise<HttpResponse> {
  const { parts, auth, record } = served;
  const token = received.metadata.get(rpcKeys.streamState);
  if (token === undefined) throw refused(new RpcError(`the request carries no stream token (${rpcKeys.streamState})`, { type: 'StateTokenError' }));
  // The order is what makes the cache safe: only an opened cursor says which call is meant.
  const cursor = attempt(() => parts.tokens.openCursor(token, auth));
  const place = placeOf(cursor.state);
  const known = parts.liveStreams.find(cursor.callId) ?? parts.calls.get(cursor.callId);
  const frozen = known?.state ?? attempt(() => parts.tokens.openCall(received.metadata.get(rpcKeys.callState), cursor.callId, auth));
  if (frozen.method !== path.method || (path.protocol !== undefined && frozen.protocol !== path.protocol)) {
    throw refused(new RpcError(`the stream token is of method ${frozen.method}, not of ${path.method}`, { type: 'StateTokenError' }));
  }
  const route = known?.route ?? (await routeOf(served, frozen));
  record?.routed(route.service.protocol, route.method, frozen.streamId);
  if (record?.http && place.kind === 'state') record.http.requestState = place.state;
  const live = place.kind === 'live' ? attempt(() => parts.liveStreams.take(cursor.callId, place.turn)) : undefined;
  const call = live?.call ?? new ServerCall(frozen.method, frozen.version, 'http', parts.serverId, noMetadata, served.host(!known));
  call.inputMetadata = withoutTokens(received.metadata);
  try {
    const resolved = known ?? (await reopened(frozen, route, call));
    if (!known) parts.calls.set(resolved);
    const turns = live?.turns ?? attempt(() => resolved.opened.turns(call, place.kind === 'state' ? place.state : undefined));
    return await serveTurn(new StreamRequest(served, resolved, turns, call, undefined), served, resolved.opened, received);
  } catch (error) {
    if (error instanceof RequestRefused) throw error;
    return served.failed(error, call);
  } finally {
    if (live) parts.liveStreams.free(cursor.callId);
  }
}

async function serveTurn(stream: StreamRequest, served: ServedRequest, opened: OpenStream, received: ReceivedRequest): Promise<HttpResponse> {
  if (received.metadata.has(rpcKeys.cancel)) return stream.cancel();
  if (opened.kind === 'producer') return stream.produce();
  const messages = await served.resolved(received.messages);
  served.record?.received(messages.batch);
  return stream.exchange(RecordBatch.fromMessages(messages).withMetadata(withoutTokens(messages.batch.customMetadata)));
}

/** Opens the stream again in a process that does not know it: the handler is called with the parameters of the first request. */
async function reopened(state: CallState, route: Route, call: ServerCall): Promise<ResolvedCall> {
  const messages = splitIpcStream(state.request);
  const { batch } = messages;
  if (!batch) throw refused(new RpcError('the call token holds no request', { type: 'StateTokenError' }));
  const opened = await openStream(route, decodedParams(route, { ...messages, batch }), call);
  if (Buffer.compare(opened.output.toIpc(), state.output) !== 0) {
    throw new RpcError(`${route.method.name}: the handler gave another output schema than when the stream was opened`, { type: 'TypeError' });
  }
  return { state, route, opened };
}

async function routeOf({ parts: { services } }: ServedRequest, { method, protocol, version }: CallState): Promise<Route> {
  const metadata = new Map([[rpcKeys.protocolVersion, version]]);
  await services.prepared(metadata, protocol);
  return attempt(() => services.route(method, metadata, protocol));
}

const refused = (error: RpcError): RequestRefused => new RequestRefused(400, error);

/** Whatever is wrong with tokens is a bad request. */
function attempt<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw refused(error instanceof RpcError ? error : new RpcError((error as Error).message, { type: 'StateTokenError', cause: error }));
  }
}
