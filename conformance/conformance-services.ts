import type { Service } from 'vgi-gen/runtime/v1';
import { conformanceProtocol } from '../generated/conformance/ts/index.ts';
import type { ConformanceService } from './service.ts';

/** Clients that send no routing key are those of vgi-rpc up to 0.42: they know this version alone, and no other may be shown to them. */
const UNROUTED_VERSION = '1.0.0';

/** The service as clients with and without routing key find it. */
export function conformanceServices(handlers: ConformanceService): Service[] {
  const { routingKeySince, ...unversioned } = conformanceProtocol;
  const unrouted = { ...unversioned, versions: [UNROUTED_VERSION], currentVersion: UNROUTED_VERSION };
  return [{ protocol: unrouted, handlers }, { protocol: conformanceProtocol, handlers }];
}
