import { capabilityHeaders, headers } from './headers.ts';
import type { HttpOptions } from './http-options.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import type { StickySessions } from './sticky-sessions.ts';
import type { Coding } from './content-coding.ts';

/** The headers of every answer that say what this server can do. A header that is left out means "no". */
export function capabilitiesOf(options: HttpOptions, codings: readonly Coding[], sticky: StickySessions | undefined): [string, string][] {
  const { external } = options;
  const entries: [string, string | number | undefined | false][] = [
    [capabilityHeaders.maxRequestBytes, options.maxRequestBytes],
    [capabilityHeaders.maxResponseBytes, options.maxResponseBytes],
    [capabilityHeaders.acceptMaxResponseBytesSupport, 'true'],
    [capabilityHeaders.maxExternalizedResponseBytes, options.maxExternalizedResponseBytes],
    [capabilityHeaders.externalizationEnabled, String(external?.storage !== undefined)],
    // Empty says "no compression", absent would say "of before this header".
    [capabilityHeaders.supportedEncodings, codings.join(', ')],
    [capabilityHeaders.uploadUrlSupport, external?.uploadUrls && 'true'],
    [capabilityHeaders.maxUploadBytes, external?.uploadUrls && external.maxUploadBytes],
    [capabilityHeaders.proxyProofRequired, options.proxyProofRequired && 'true'],
    [capabilityHeaders.tokenIntrospection, options.introspection && 'true'],
  ];
  const known = entries.filter(([, value]) => value !== undefined && value !== false).map(([name, value]) => [name, String(value)] as [string, string]);
  return [...known, ...(sticky?.capabilities() ?? [])];
}

/** CORS: what a browser lets a page of another origin send and read. */
export class Cors {
  readonly #options: NonNullable<HttpOptions['cors']>;
  readonly #exposed: string;

  constructor(options: NonNullable<HttpOptions['cors']>, capabilities: readonly (readonly [string, string])[], sticky: StickySessions | undefined) {
    this.#options = options;
    const always = ['WWW-Authenticate', headers.requestId, headers.contentEncoding, headers.rpcError, headers.authReason, headers.authProxyRequired];
    this.#exposed = [...always, ...capabilities.map(([name]) => name), ...(sticky?.responseHeaders() ?? [])].join(', ');
  }

  /** Adds the headers that the answer needs, on a preflight those that it asks for. */
  apply(request: HttpRequest, response: HttpResponse): void {
    const { origins, resourcePolicy = 'cross-origin', maxAgeSeconds = 7200 } = this.#options;
    const add = response.headers;
    if (resourcePolicy !== null) add.set('Cross-Origin-Resource-Policy', resourcePolicy);
    if (origins !== '*') add.set('Vary', 'Origin');
    const origin = request.header('origin');
    if (origin === undefined || (origins !== '*' && !origins.includes(origin))) return;
    add.set('Access-Control-Allow-Origin', origins === '*' ? '*' : origin);
    add.set('Access-Control-Expose-Headers', this.#exposed);
    if (request.method !== 'OPTIONS' || request.header('access-control-request-method') === undefined) return;
    add.set('Access-Control-Allow-Methods', 'GET, HEAD, POST, DELETE, OPTIONS');
    const wanted = request.header('access-control-request-headers');
    if (wanted !== undefined) add.set('Access-Control-Allow-Headers', wanted);
    add.set('Access-Control-Max-Age', String(maxAgeSeconds));
  }
}
