import type { AuthFailure } from './authenticator.ts';
import { headers } from './headers.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from './http-message.ts';

/**
 * The answer to a caller who is refused (vgi-rpc unauthorized-spec): JSON, or a page for browsers. The note on the proxy follows from
 * the configuration alone and is the same on every refusal.
 */
export function unauthorizedResponse(request: HttpRequest, failure: AuthFailure, proxyHeaders: readonly string[]): HttpResponse {
  const { reason, message: detail } = failure;
  const hint = proxyHeaders.length > 0 ? proxyHint(proxyHeaders) : undefined;
  const common = {
    [headers.authReason]: reason,
    'Cache-Control': 'no-store',
    ...(hint && { [headers.authProxyRequired]: 'true' }),
  };
  if (!request.header('accept')?.includes('text/html')) {
    return jsonResponse(401, { error: 'unauthorized', reason, detail, ...(hint && { proxy_hint: hint }) }, common);
  }
  const page = `<!doctype html><meta charset="utf-8"><title>Unauthorized</title><h1>Unauthorized</h1><p><code>${reason}</code></p>${paragraph(detail)}${paragraph(hint)}\n`;
  return { status: 401, headers: new Map([['Content-Type', 'text/html; charset=utf-8'], ...Object.entries(common)]), body: [Buffer.from(page)] };
}

function proxyHint(names: readonly string[]): string {
  return `This service only takes requests that come through its reverse proxy, which must set ${names.join(', ')}. If nobody gets in, the proxy is more likely set up wrong than the credentials are.`;
}

const paragraph = (text: string | undefined): string => (text ? `<p>${text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)}</p>` : '');
