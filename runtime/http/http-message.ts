/** A request as the handler needs it; node:http, fetch and tests each bring their own. */
export interface HttpRequest {
  readonly method: string;
  /** Path without the query, still percent-encoded. */
  readonly path: string;
  /** The value of a header, by any spelling of its name; several instances are joined by `, `. */
  header(name: string): string | undefined;
  /** How many times a header was sent. */
  headerCount(name: string): number;
  /** `IP:port` of the peer, empty if unknown. */
  readonly remoteAddress: string;
  /** The body in the chunks in which it comes. May be left unread. */
  body(): AsyncIterable<Uint8Array>;
}

/** An answer: the body is complete when the headers are known. */
export interface HttpResponse {
  status: number;
  readonly headers: Map<string, string>;
  body: readonly Uint8Array[];
}

export const ARROW_CONTENT_TYPE = 'application/vnd.apache.arrow.stream';
export const JSON_CONTENT_TYPE = 'application/json';

export function arrowResponse(status: number, body: readonly Uint8Array[]): HttpResponse {
  return { status, headers: new Map([['Content-Type', ARROW_CONTENT_TYPE]]), body };
}

export function jsonResponse(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status, headers: new Map([['Content-Type', JSON_CONTENT_TYPE], ...Object.entries(headers)]), body: [Buffer.from(JSON.stringify(value))] };
}

export function emptyResponse(status: number): HttpResponse {
  return { status, headers: new Map(), body: [] };
}

export const bodyLength = (body: readonly Uint8Array[]): number => body.reduce((sum, { length }) => sum + length, 0);
