import { HttpConnection, HttpHandler, type HttpOptions, serveHttp } from 'vgi-gen/runtime/http';
import { CancelProbe } from '../../conformance/cancel-probe.ts';
import { conformanceServices } from '../../conformance/conformance-services.ts';
import { ConformanceService } from '../../conformance/service.ts';
import { ConformanceClient } from '../../generated/conformance/ts/index.ts';

export interface ConformanceServer {
  readonly url: string;
  readonly handler: HttpHandler;
  readonly connection: HttpConnection;
  readonly client: ConformanceClient;
  stop(): Promise<void>;
}

/** The conformance service over HTTP in this process, with a client. */
export async function startServer(options: HttpOptions = {}): Promise<ConformanceServer> {
  const handler = new HttpHandler(conformanceServices(new ConformanceService(new CancelProbe(undefined))), options);
  const running = await serveHttp({ handle: (request) => handler.handle(request), graceMs: 100 });
  const url = `http://127.0.0.1:${running.port}${options.prefix ?? ''}`;
  const connection = new HttpConnection({ url, fetch: { allowUrl: () => true } });
  return {
    url,
    handler,
    connection,
    client: new ConformanceClient(connection),
    stop: async () => {
      running.stop();
      await running.stopped;
      await handler.close();
    },
  };
}
