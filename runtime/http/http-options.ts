import type { CallObserver } from '../rpc/call-record.ts';
import type { MaybePromise } from '../rpc/stream.ts';
import type { Authenticator } from './authenticator.ts';
import type { Coding } from './content-coding.ts';
import type { ExternalOptions } from './external-storage.ts';
import type { LiveStreamLimits } from './live-streams.ts';
import type { StickyOptions } from './sticky-sessions.ts';
import type { IntrospectionOptions } from './token-introspection.ts';

export interface CorsOptions {
  /** Origins that may call, or `*`. */
  readonly origins: readonly string[] | '*';
  /** Value of `Cross-Origin-Resource-Policy`; default `cross-origin`, `null` leaves it out. */
  readonly resourcePolicy?: 'cross-origin' | 'same-site' | 'same-origin' | null;
  /** How long a browser may keep a preflight answer; default 7200. */
  readonly maxAgeSeconds?: number;
}

export interface HttpOptions {
  /** Path before the methods, e.g. `/vgi`; default none. */
  readonly prefix?: string;
  /** Id of this server instance; default 12 random hex digits. */
  readonly serverId?: string;
  /** Build of the server, for those who ask what it hosts; default not said. */
  readonly serverVersion?: string;
  /** Finds out who calls; absent = everybody is anonymous. */
  readonly authenticator?: Authenticator;
  /** Headers that a custom authenticator takes from a reverse proxy, for the note on refusals. */
  readonly proxyAuthHeaders?: readonly string[];
  /** Requests without a valid proxy proof are refused; told to clients, enforced by a `ProxyProofGate`. */
  readonly proxyProofRequired?: boolean;
  /** Key of all tokens, 32 bytes; default a random one: then tokens end with the process. Processes behind one address share it. */
  readonly tokenKey?: Uint8Array;
  /** Seconds that a stream token is good; default 3600, 0 = for ever. */
  readonly tokenTtlSeconds?: number;
  /** Codings of answers; default all. */
  readonly codings?: readonly Coding[];
  /** Codings taken in requests; default all, also where answers are not compressed: a client need not know that yet. */
  readonly requestCodings?: readonly Coding[];
  /** Largest request body, encoded and decoded; default none but the 2 GiB of Arrow messages. */
  readonly maxRequestBytes?: number;
  /** Largest answer before compression; producers stop there and go on in the next request, other calls fail. */
  readonly maxResponseBytes?: number;
  /** Most bytes put in external storage for one answer. */
  readonly maxExternalizedResponseBytes?: number;
  readonly external?: ExternalOptions;
  /** Absent = no sticky sessions. */
  readonly sticky?: StickyOptions;
  /** Absent = no CORS header at all. */
  readonly cors?: CorsOptions;
  /** Absent = the endpoint refuses. */
  readonly introspection?: IntrospectionOptions;
  /** Streams whose resolved call is remembered; default 1024, 0 = every request opens its call token. */
  readonly callCacheEntries?: number;
  /** Limits for streams of generators, which stay in this process. */
  readonly liveStreams?: LiveStreamLimits;
  readonly observer?: CallObserver;
  /** Runs before the first request is served; if it throws, that request fails and the next one tries again. */
  readonly onStart?: () => MaybePromise<void>;
}
