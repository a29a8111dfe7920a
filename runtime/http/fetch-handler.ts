import type { HttpHandler } from './http-handler.ts';
import type { HttpRequest } from './http-message.ts';

/** The handler as a function of the fetch standard, for servers that speak it. The peer's address is for the server to know. */
export function fetchHandler(handler: HttpHandler, remoteAddress: (request: Request) => string = () => ''): (request: Request) => Promise<Response> {
  return async (request) => {
    const { status, headers, body } = await handler.handle(fetchRequest(request, remoteAddress(request)));
    const bodyless = request.method === 'HEAD' || status === 204;
    return new Response(bodyless ? null : Buffer.concat(body), { status, headers: [...headers] });
  };
}

function fetchRequest(request: Request, remoteAddress: string): HttpRequest {
  return {
    method: request.method,
    path: new URL(request.url).pathname,
    remoteAddress,
    header: (name) => request.headers.get(name) ?? undefined,
    // Instances were joined already, and no header that must be single may hold a comma.
    headerCount: (name) => request.headers.get(name)?.split(',').length ?? 0,
    body: () => chunksOf(request),
  };
}

async function* chunksOf(request: Request): AsyncIterable<Uint8Array> {
  if (request.body) yield* request.body as unknown as AsyncIterable<Uint8Array>;
}
