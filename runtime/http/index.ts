/** HTTP, both sides. Loaded by those who need it: a worker on stdio does without. */
export { anyOf, type Authenticator, AuthFailure, type AuthGate, type AuthReason, AuthUnavailable, gated } from './authenticator.ts';
export { bearerAuthenticator, staticBearerAuthenticator } from './bearer-authenticator.ts';
export type { Coding } from './content-coding.ts';
export { type FetchPolicy, publicHttpsOnly } from './external-fetch.ts';
export type { ExternalOptions, ExternalStorage, UploadUrls } from './external-storage.ts';
export { fetchHandler } from './fetch-handler.ts';
export { HttpConnection } from './http-connection.ts';
export { HttpHandler } from './http-handler.ts';
export { emptyResponse, type HttpRequest, type HttpResponse, jsonResponse } from './http-message.ts';
export type { CorsOptions, HttpOptions } from './http-options.ts';
export type { HttpSession } from './http-session.ts';
export type { HttpClientOptions } from './http-transport.ts';
export { type JwtOptions, jwtAuthenticator } from './jwt-authenticator.ts';
export { type RunningHttpServer, serveHttp } from './node-server.ts';
export { parseProofSecrets, ProxyProofGate, type ProxyProofOptions } from './proxy-proof.ts';
export type { ServerCapabilities } from './server-capabilities.ts';
export type { StickyOptions } from './sticky-sessions.ts';
export type { IntrospectionOptions, TokenIdentity } from './token-introspection.ts';
