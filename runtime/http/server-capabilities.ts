import { allCodings, type Coding, isCoding } from './content-coding.ts';
import { capabilityHeaders } from './headers.ts';
import type { RawResponse } from './raw-http.ts';

/** What a server said of itself on its latest answer. */
export interface ServerCapabilities {
  readonly maxRequestBytes: number | undefined;
  readonly maxResponseBytes: number | undefined;
  readonly maxExternalizedResponseBytes: number | undefined;
  readonly externalizationEnabled: boolean;
  /** Codings that the server takes and gives. */
  readonly encodings: readonly Coding[];
  readonly uploadUrls: boolean;
  readonly maxUploadBytes: number | undefined;
  readonly sticky: boolean;
  readonly stickyDefaultTtl: number | undefined;
}

export function capabilitiesFrom(response: RawResponse): ServerCapabilities {
  const whole = (name: string): number | undefined => {
    const value = response.header(name);
    return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
  };
  const yes = (name: string): boolean => response.header(name)?.toLowerCase() === 'true';
  return {
    maxRequestBytes: whole(capabilityHeaders.maxRequestBytes),
    maxResponseBytes: whole(capabilityHeaders.maxResponseBytes),
    maxExternalizedResponseBytes: whole(capabilityHeaders.maxExternalizedResponseBytes),
    externalizationEnabled: yes(capabilityHeaders.externalizationEnabled),
    encodings: encodingsOf(response.header(capabilityHeaders.supportedEncodings)),
    uploadUrls: yes(capabilityHeaders.uploadUrlSupport),
    maxUploadBytes: whole(capabilityHeaders.maxUploadBytes),
    sticky: yes(capabilityHeaders.stickyEnabled),
    stickyDefaultTtl: whole(capabilityHeaders.stickyDefaultTtl),
  };
}

/** A server that does not say is of before the header and speaks zstd; an empty list is none. */
function encodingsOf(list: string | undefined): readonly Coding[] {
  if (list === undefined) return ['zstd'];
  const named = list.split(',').map((token) => token.trim().toLowerCase()).filter(isCoding);
  return allCodings.filter((coding) => named.includes(coding));
}
