import { type AuthContext, anonymous, authenticatedAs, type CallObserver, type Service } from 'vgi-gen/runtime/v1';
import {
  type Authenticator, AuthFailure, type AuthReason, AuthUnavailable, emptyResponse, type ExternalOptions, gated, HttpHandler, type HttpOptions,
  type HttpRequest, type HttpResponse, type IntrospectionOptions, parseProofSecrets, ProxyProofGate, type RunningHttpServer, serveHttp,
} from 'vgi-gen/runtime/http';
import { FakeStorage } from './fake-storage.ts';
import type { WorkerOptions } from './options.ts';

/** What the suite's storage tests expect where the command line does not say. */
const STORAGE_THRESHOLD_BYTES = 16 << 10;
const STORAGE_MAX_UPLOAD_BYTES = 64 << 20;
const STORAGE_MAX_REQUEST_BYTES = 1 << 20;

/** Names and tokens that the suite's introspection tests post. */
const INTROSPECTOR = 'conformance-introspector';
const SUBJECT = { principal: 'subject@conformance.example', tokenName: 'conformance-subject', ttlSeconds: 300 };
const SUBJECT_TOKENS = ['conformance-opaque-subject-token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl'];
const UNAVAILABLE_TOKEN = 'conformance-unavailable-token';

export interface HttpWorker extends RunningHttpServer {
  readonly handler: HttpHandler;
}

/** Serves over HTTP as the command line says. */
export async function serveHttpWorker(services: readonly Service[], serverId: string, options: WorkerOptions, observer: CallObserver | undefined): Promise<HttpWorker> {
  const handler = new HttpHandler(services, httpOptions(options, serverId, observer));
  const drainPath = `${options.prefix}/__test_drain__`;
  const handle = async (request: HttpRequest): Promise<HttpResponse> => {
    if (request.path !== drainPath) return handler.handle(request);
    handler.draining = request.method === 'POST';
    return emptyResponse(204);
  };
  const running = await serveHttp({ host: options.host, port: options.http ?? 0, handle });
  const stop = (): void => {
    handler.draining = true;
    running.stop();
    void running.stopped.then(() => handler.close());
  };
  return { ...running, stop, handler };
}

function httpOptions(options: WorkerOptions, serverId: string, observer: CallObserver | undefined): HttpOptions {
  const { fakeStorage } = options;
  const authenticator = authenticatorFor(options);
  const maxRequestBytes = options.maxRequestBytes ?? (fakeStorage === undefined ? undefined : STORAGE_MAX_REQUEST_BYTES);
  return {
    serverId,
    prefix: options.prefix,
    ...(authenticator && { authenticator }),
    proxyProofRequired: options.proofMode === 'require',
    ...(options.tokenKey && { tokenKey: options.tokenKey }),
    ...(options.noCompression && { codings: [] }),
    ...(maxRequestBytes !== undefined && { maxRequestBytes }),
    ...(options.maxResponseBytes !== undefined && { maxResponseBytes: options.maxResponseBytes }),
    ...(options.maxExternalizedResponseBytes !== undefined && { maxExternalizedResponseBytes: options.maxExternalizedResponseBytes }),
    ...(fakeStorage !== undefined && { external: externalOptions(fakeStorage, options) }),
    ...(!options.noSticky && { sticky: { echoHeaders: { 'X-VGI-Worker-Affinity': serverId }, ...(options.stickyTtl !== undefined && { defaultTtlSeconds: options.stickyTtl }) } }),
    ...(options.corsOrigins.length > 0 && { cors: { origins: options.corsOrigins } }),
    ...(options.introspect && { introspection }),
    ...(options.noCallStateCache && { callCacheEntries: 0 }),
    ...(observer && { observer }),
    ...(options.failServeStartOnce && { onStart: failingOnce() }),
  };
}

function externalOptions(url: string, options: WorkerOptions): ExternalOptions {
  const storage = new FakeStorage(url);
  return {
    storage,
    thresholdBytes: options.externalizeThreshold ?? STORAGE_THRESHOLD_BYTES,
    uploadUrls: () => storage.urls(),
    maxUploadBytes: STORAGE_MAX_UPLOAD_BYTES,
    ...(options.compression && { compression: options.compression }),
    fetch: {
      allowUrl: ({ hostname }) => hostname === '127.0.0.1' || (hostname === 'localhost' && !options.rejectLocalhostRedirects),
      ...(options.maxFetchBytes !== undefined && { maxBytes: options.maxFetchBytes }),
      ...(options.maxDecompressedFetchBytes !== undefined && { maxDecodedBytes: options.maxDecompressedFetchBytes }),
    },
  };
}

function authenticatorFor(options: WorkerOptions): Authenticator | undefined {
  const caller = options.authReject ? { authenticate: rejected } : options.stickyAuth || options.introspect ? { authenticate: namedPrincipal } : undefined;
  if (options.proofMode === 'off') return caller;
  const gate = new ProxyProofGate({
    mode: options.proofMode,
    originId: options.proofOriginId ?? '',
    secrets: options.proofSecrets === undefined ? new Map() : parseProofSecrets(options.proofSecrets),
    ...(options.proofSkew !== undefined && { skewSeconds: options.proofSkew }),
    replayCache: !options.proofNoReplayCache,
  });
  return gated(gate, caller, anonymous);
}

/** Reasons that a request may ask to be refused for. */
const REASONS: readonly AuthReason[] = ['missing_credential', 'invalid_credential', 'expired_credential', 'insufficient_scope'];

function rejected(request: HttpRequest): never {
  const wanted = request.header('x-conformance-auth-reason');
  throw new AuthFailure(REASONS.find((reason) => reason === wanted) ?? 'unauthorized', 'this worker lets nobody in');
}

function namedPrincipal(request: HttpRequest): AuthContext {
  const principal = request.header('x-conformance-principal');
  return principal ? authenticatedAs('conformance', principal) : anonymous;
}

const introspection: IntrospectionOptions = {
  introspectors: [INTROSPECTOR],
  resolve: (token) => {
    if (token === UNAVAILABLE_TOKEN) throw new AuthUnavailable('the token store is down');
    return SUBJECT_TOKENS.includes(token) ? SUBJECT : undefined;
  },
};

function failingOnce(): () => void {
  let failed = false;
  return () => {
    if (failed) return;
    failed = true;
    throw new Error('injected failure of the first start');
  };
}
