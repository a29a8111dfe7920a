import { cacheKeys } from '../../generated/vgi/ts/metadata.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';

/**
 * How long the client may keep a result, after the model of HTTP caching (vgi-semantics, section 13). A result is kept only with `ttl` or
 * `expires`, and never with `noStore`.
 */
export interface CacheControl {
  /** Seconds for which the result is fresh; 0 with an `etag` or `lastModified` makes the client ask each time. */
  readonly ttl?: number;
  /** Moment until which the result is fresh; an alternative to `ttl`. */
  readonly expires?: Date;
  readonly noStore?: boolean;
  /** Who may use the result again: every query on the catalog, which is the default, or the same transaction. */
  readonly scope?: 'catalog' | 'transaction';
  /** Names this state of the data. A client that holds it is answered "not modified" without a scan. */
  readonly etag?: string;
  /** When the data last changed, to the second; serves like `etag`. */
  readonly lastModified?: Date;
  /** Seconds after the end of freshness in which the old result may be used while a new one is asked for. */
  readonly staleWhileRevalidate?: number;
  /** Seconds after the end of freshness in which the old result may be used if asking for a new one fails. */
  readonly staleIfError?: number;
  /** Keeps the rows of each partition as an entry of its own, too; for `partitions: 'single'`. */
  readonly perPartition?: boolean;
  /** Keeps results by distinct input, too: for scalar functions and maps whose output rows depend on their input row alone. */
  readonly perValue?: boolean;
}

/** The metadata by which a batch tells it. Throws a `ValueError` RpcError for seconds that are none. */
export function cacheMetadata(cache: CacheControl, options: { readonly notModified?: boolean } = {}): [string, string][] {
  const entries: [string, string | undefined][] = [
    [cacheKeys.ttl, seconds('ttl', cache.ttl)],
    [cacheKeys.expires, cache.expires && rfc3339(cache.expires)],
    [cacheKeys.noStore, flag(cache.noStore)],
    [cacheKeys.scope, cache.scope ?? 'catalog'],
    [cacheKeys.etag, cache.etag],
    [cacheKeys.lastModified, cache.lastModified && rfc3339(cache.lastModified)],
    [cacheKeys.revalidatable, flag(cache.etag !== undefined || cache.lastModified !== undefined)],
    [cacheKeys.staleWhileRevalidate, seconds('staleWhileRevalidate', cache.staleWhileRevalidate)],
    [cacheKeys.staleIfError, seconds('staleIfError', cache.staleIfError)],
    [cacheKeys.notModified, flag(options.notModified)],
    [cacheKeys.partitionScope, flag(cache.perPartition)],
    [cacheKeys.perValue, flag(cache.perValue)],
  ];
  return entries.filter((entry): entry is [string, string] => entry[1] !== undefined);
}

/** Whether what the client holds, as the metadata of its first turn tells, is still what `cache` names. */
export function stillHolds(cache: CacheControl, metadata: ReadonlyMap<string, string>): boolean {
  const etag = metadata.get(cacheKeys.ifNoneMatch);
  if (etag !== undefined) return etag === cache.etag;
  const since = metadata.get(cacheKeys.ifModifiedSince);
  return since !== undefined && cache.lastModified !== undefined && wholeSeconds(cache.lastModified) <= wholeSeconds(new Date(since));
}

const flag = (value: boolean | undefined): string | undefined => (value ? '1' : undefined);

const rfc3339 = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`;

const wholeSeconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);

function seconds(name: string, value: number | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value) || value < 0) throw new RpcError(`cache.${name} takes whole seconds of 0 or more, got ${value}`, { type: 'ValueError' });
  return String(value);
}
