import type { ServiceTable } from '../rpc/service.ts';
import type { CallCache } from './call-cache.ts';
import type { CallTokens } from './call-tokens.ts';
import type { Coding } from './content-coding.ts';
import type { HttpOptions } from './http-options.ts';
import type { LiveStreams } from './live-streams.ts';

/** What all endpoints of one handler share. */
export interface HandlerParts {
  readonly options: HttpOptions;
  readonly services: ServiceTable;
  readonly serverId: string;
  readonly codings: readonly Coding[];
  readonly tokens: CallTokens;
  readonly calls: CallCache;
  readonly liveStreams: LiveStreams;
}
