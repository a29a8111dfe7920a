import { randomBytes, randomUUID } from 'node:crypto';
import { anonymous, type AuthContext } from '../rpc/auth-context.ts';
import { errorStream } from '../rpc/answers.ts';
import { protocolError, RpcError } from '../rpc/errors.ts';
import { reservedMethods, rpcKeys } from '../rpc/metadata-keys.ts';
import { reservedAnswer } from '../rpc/reserved-answers.ts';
import { requestedMethod, type Service, ServiceTable } from '../rpc/service.ts';
import { noSessions } from '../rpc/sessions.ts';
import { Sealer, sealingKey } from '../seal/sealer.ts';
import { AuthFailure, AuthUnavailable } from './authenticator.ts';
import { CallCache } from './call-cache.ts';
import { CallTokens } from './call-tokens.ts';
import { capabilitiesOf, Cors } from './capabilities.ts';
import { allCodings, chosenCoding, compress, offeredCodings } from './content-coding.ts';
import type { HandlerParts } from './handler-parts.ts';
import { headers } from './headers.ts';
import { ARROW_CONTENT_TYPE, arrowResponse, bodyLength, emptyResponse, type HttpRequest, type HttpResponse, jsonResponse } from './http-message.ts';
import type { HttpOptions } from './http-options.ts';
import { LiveStreams } from './live-streams.ts';
import { checkContentType, readRequest, type ReceivedRequest, RequestRefused } from './request-body.ts';
import { type RpcPath, rpcPath, segmentsBelow } from './request-path.ts';
import type { RequestSession } from './request-session.ts';
import { flagged, ServedRequest } from './served-request.ts';
import { StickySessions } from './sticky-sessions.ts';
import { serveExchange, serveInit } from './stream-endpoint.ts';
import { introspectionDisabled, TokenIntrospection } from './token-introspection.ts';
import { serveUnary } from './unary-endpoint.ts';
import { unauthorizedResponse } from './unauthorized.ts';
import { serveUploadUrls } from './upload-url-endpoint.ts';

const DEFAULT_TOKEN_TTL_SECONDS = 3600;
const DEFAULT_CALL_CACHE_ENTRIES = 1024;

/** What a client may choose as its request id; anything else is replaced. */
const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/** Serves the protocols of one worker over HTTP (vgi-rpc WIRE_PROTOCOL, section 10). Knows no server: adapters bring the requests. */
export class HttpHandler {
  readonly serverId: string;
  readonly #parts: HandlerParts;
  readonly #prefix: string;
  readonly #sticky: StickySessions | undefined;
  readonly #introspection: TokenIntrospection | undefined;
  readonly #capabilities: readonly (readonly [string, string])[];
  readonly #cors: Cors | undefined;
  #started: Promise<void> | undefined;

  constructor(services: readonly Service[], options: HttpOptions = {}) {
    const sealer = new Sealer(sealingKey(options.tokenKey));
    const codings = options.codings ?? allCodings;
    this.serverId = options.serverId ?? randomBytes(6).toString('hex');
    this.#prefix = (options.prefix ?? '').replace(/\/+$/, '');
    this.#parts = {
      options,
      services: new ServiceTable(services, { serverId: this.serverId, serverVersion: options.serverVersion }),
      serverId: this.serverId,
      codings,
      tokens: new CallTokens(sealer, options.tokenTtlSeconds ?? DEFAULT_TOKEN_TTL_SECONDS),
      calls: new CallCache(options.callCacheEntries ?? DEFAULT_CALL_CACHE_ENTRIES),
      liveStreams: new LiveStreams(options.liveStreams),
    };
    this.#sticky = options.sticky && new StickySessions(sealer, this.serverId, options.sticky);
    this.#introspection = options.introspection && new TokenIntrospection(options.introspection);
    this.#capabilities = capabilitiesOf(options, codings, this.#sticky);
    this.#cors = options.cors && new Cors(options.cors, this.#capabilities, this.#sticky);
  }

  /** While set, no sticky session is opened; all else goes on. */
  set draining(value: boolean) {
    if (this.#sticky) this.#sticky.draining = value;
  }

  /** Ends sessions and streams that live in this process. */
  async close(): Promise<void> {
    this.#sticky?.closeAll();
    await this.#parts.liveStreams.closeAll();
  }

  /** Answers a request. Never throws. */
  async handle(request: HttpRequest): Promise<HttpResponse> {
    const wanted = request.header(headers.requestId);
    const requestId = wanted !== undefined && REQUEST_ID.test(wanted) ? wanted : randomUUID().replaceAll('-', '');
    const exchange: Exchange = { request, requestId };
    let response: HttpResponse;
    try {
      response = await this.#route(exchange);
    } catch (error) {
      response = this.#refusal(exchange, error);
    }
    return this.#finished(exchange, response);
  }

  async #route(exchange: Exchange): Promise<HttpResponse> {
    const { request } = exchange;
    await this.#start();
    if (request.method === 'OPTIONS') return withHeader(emptyResponse(200), 'Allow', 'GET, HEAD, POST, DELETE, OPTIONS');
    const segments = segmentsBelow(this.#prefix, request.path);
    if (!segments) return jsonResponse(404, { error: 'not_found' });
    const path = segments.join('/');
    if (path === 'health') return this.#health(request);
    if (path === '__introspect_token__' && !this.#introspection) return introspectionDisabled();
    const auth = await this.#authenticated(request);
    if (path === '__introspect_token__' && this.#introspection) return this.#introspection.answer(request, auth);
    if (path === '__session__' && request.method === 'DELETE') return this.#sticky ? this.#sticky.delete(request, auth) : emptyResponse(200);
    if (request.method !== 'POST') return withHeader(jsonResponse(405, { error: 'method_not_allowed' }), 'Allow', 'POST, OPTIONS');
    const session = await this.#sticky?.enter(request, auth);
    exchange.session = session;
    try {
      const served = new ServedRequest(this.#parts, request, auth, exchange.requestId, session ?? noSessions);
      exchange.served = served;
      return await this.#serve(served, segments);
    } finally {
      session?.leave();
    }
  }

  #health({ method }: HttpRequest): HttpResponse {
    if (method !== 'GET' && method !== 'HEAD') return withHeader(jsonResponse(405, { error: 'method_not_allowed' }), 'Allow', 'GET, HEAD, OPTIONS');
    const { service, name } = (this.#parts.services.services[0] as Service).protocol;
    return jsonResponse(200, { status: 'ok', server_id: this.serverId, protocol: service || name });
  }

  async #authenticated(request: HttpRequest): Promise<AuthContext> {
    return (await this.#parts.options.authenticator?.authenticate(request)) ?? anonymous;
  }

  /** Runs the start hook once; after a failure the next request tries again. */
  #start(): Promise<void> | undefined {
    const { onStart } = this.#parts.options;
    if (!onStart) return undefined;
    this.#started ??= Promise.resolve().then(onStart);
    return this.#started.catch((error: unknown) => {
      this.#started = undefined;
      throw error;
    });
  }

  async #serve(served: ServedRequest, segments: readonly string[]): Promise<HttpResponse> {
    checkContentType(served.request);
    const { services, options } = this.#parts;
    const path = rpcPath(segments, services);
    if (!path) throw new RequestRefused(404, protocolError(`there is nothing at /${segments.join('/')}`));
    await services.prepared(new Map(), path.protocol);
    this.#checkMethod(path);
    const received = await readRequest(served.request, { maxBytes: options.maxRequestBytes, codings: options.requestCodings ?? allCodings });
    const { metadata } = received;
    if (path.method === reservedMethods.uploadUrl && path.action === 'init') return serveUploadUrls(served, received);
    served.startRecord(path.method, received, path.action !== 'exchange');
    if (path.action === 'exchange') return serveExchange(served, path, received);
    checkNames(path, received);
    await services.prepared(metadata, path.protocol);
    const reserved = reservedAnswer(services, this.serverId, path.method, metadata);
    if (reserved) return arrowResponse(200, reserved);
    const route = services.route(path.method, metadata, path.protocol);
    served.record?.routed(route.service.protocol, route.method);
    const isStream = route.method.kind !== 'unary';
    if (isStream !== (path.action === 'init')) {
      throw new RequestRefused(400, protocolError(isStream ? `stream method ${path.method} is called at ${path.method}/init` : `method ${path.method} is no stream`));
    }
    return isStream ? serveInit(served, route, received) : serveUnary(served, route, received);
  }

  /** An unknown method is found out before its body is read. */
  #checkMethod({ protocol, method }: RpcPath): void {
    if (method === reservedMethods.describe || method === reservedMethods.transportOptions || method === reservedMethods.uploadUrl) return;
    const { services } = this.#parts;
    const candidates = protocol === undefined ? services.services : [services.named(protocol)];
    if (candidates.some((candidate) => Object.hasOwn(candidate.protocol.methods, method))) return;
    const available = candidates.flatMap((candidate) => Object.keys(candidate.protocol.methods)).sort().join(', ');
    throw new RpcError(`Unknown method: '${method}'. Available methods: ${available}`, { type: 'MethodNotImplementedError', kind: 'method_not_implemented' });
  }

  #refusal({ request, requestId, served }: Exchange, error: unknown): HttpResponse {
    if (error instanceof AuthFailure) {
      const { authenticator, proxyAuthHeaders = [] } = this.#parts.options;
      return unauthorizedResponse(request, error, [...(authenticator?.proxyHeaders ?? []), ...proxyAuthHeaders]);
    }
    if (error instanceof AuthUnavailable) return jsonResponse(503, { error: 'unavailable' }, { 'Retry-After': String(error.retryAfterSeconds), 'Cache-Control': 'no-store' });
    const cause = error instanceof RequestRefused ? error.error : error;
    if (served?.record) served.record.error = cause;
    const status = error instanceof RequestRefused ? error.status : statusOf(error);
    const response = arrowResponse(status, errorStream(cause, [], { serverId: this.serverId, requestId }));
    return status === 200 ? flagged(response) : response;
  }

  /** What every answer gets: ids, capabilities, CORS, the coding that the client asked for; then the call is recorded. */
  async #finished(exchange: Exchange, response: HttpResponse): Promise<HttpResponse> {
    const { request, served, session } = exchange;
    const add = response.headers;
    add.set(headers.requestId, exchange.requestId);
    for (const [name, value] of this.#capabilities) add.set(name, value);
    for (const [name, value] of session?.responseHeaders() ?? []) add.set(name, value);
    this.#cors?.apply(request, response);
    if (add.get('Content-Type') === ARROW_CONTENT_TYPE) await this.#encode(request, response);
    if (served?.record) this.#record(served, session, response);
    return response;
  }

  async #encode(request: HttpRequest, response: HttpResponse): Promise<void> {
    // Ours first: many HTTP libraries add an Accept-Encoding of their own that nobody asked for.
    const own = offeredCodings(request.header(headers.acceptEncoding));
    const common = offeredCodings(request.header('accept-encoding'));
    const coding = chosenCoding([...own, ...common], this.#parts.codings);
    if (!coding) return;
    response.body = [await compress(coding, Buffer.concat(response.body))];
    // What a library asked for it undoes by itself, if it finds it under the usual name.
    response.headers.set(common.includes(coding) ? 'Content-Encoding' : headers.contentEncoding, coding);
  }

  #record({ record }: ServedRequest, session: RequestSession | undefined, { status, body }: HttpResponse): void {
    if (!record) return;
    record.http = { ...record.http, status, responseBytes: bodyLength(body), sessionAction: session?.action, sessionId: session?.lastId };
    record.end();
    this.#parts.options.observer?.called(record);
  }
}

/** One request on its way through the handler. */
interface Exchange {
  readonly request: HttpRequest;
  readonly requestId: string;
  session?: RequestSession | undefined;
  served?: ServedRequest;
}

/** Path and metadata must name the same method and the same protocol. */
function checkNames({ protocol, method }: RpcPath, { metadata }: ReceivedRequest): void {
  const named = requestedMethod(metadata);
  if (named !== method) throw protocolError(`the path names method ${method}, the request ${named}`);
  const key = metadata.get(rpcKeys.protocol);
  if (protocol !== undefined && key !== undefined && key !== protocol) throw protocolError(`the path names protocol ${protocol}, the request ${key}`);
}

/** Status of an error from before the dispatch. A session that is lost is an error of the call. */
function statusOf(error: unknown): number {
  if (!(error instanceof RpcError)) return 500;
  if (error.kind === 'session_lost') return 200;
  return error.kind === 'method_not_implemented' || error.kind === 'protocol_not_supported' ? 404 : 400;
}

function withHeader(response: HttpResponse, name: string, value: string): HttpResponse {
  response.headers.set(name, value);
  return response;
}
