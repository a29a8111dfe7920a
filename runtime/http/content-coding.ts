import { promisify } from 'node:util';
import { gunzip as gunzipCallback, gzip as gzipCallback } from 'node:zlib';
import { loadZstd } from './zstd.ts';

const gzip = promisify(gzipCallback);
const gunzip = promisify(gunzipCallback);

export type Coding = 'zstd' | 'gzip';

/** In the order in which a server offers them. */
export const allCodings: readonly Coding[] = ['zstd', 'gzip'];

/** Fast levels: bodies are compressed once and read once. */
const ZSTD_LEVEL = 3;
const GZIP_LEVEL = 1;

export const isCoding = (token: string): token is Coding => token === 'zstd' || token === 'gzip';

export async function compress(coding: Coding, data: Uint8Array): Promise<Uint8Array> {
  return coding === 'gzip' ? gzip(data, { level: GZIP_LEVEL }) : (await loadZstd()).compress(data, ZSTD_LEVEL);
}

/** Throws an error that `isTooLarge` knows if there is more than the cap, another one if the bytes are not what they are said to be. */
export async function unpack(coding: Coding, data: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  return coding === 'gzip' ? gunzip(data, { maxOutputLength: maxBytes }) : (await loadZstd()).unpack(data, maxBytes);
}

/** The codings of an Accept-Encoding list in its order, without those that it refuses. */
export function offeredCodings(list: string | undefined): string[] {
  const offers = (list ?? '').split(',').map((offer) => offer.trim().toLowerCase().split(';').map((part) => part.trim()));
  return offers.filter(([name, ...parameters]) => name && !parameters.some((parameter) => /^q\s*=\s*0(?:\.0*)?$/.test(parameter))).map(([name]) => name as string);
}

/** The first coding offered that can be produced; `identity` ends the search, no match is identity too. */
export function chosenCoding(offers: readonly string[], producible: readonly Coding[]): Coding | undefined {
  for (const offer of offers) {
    if (offer === 'identity') return undefined;
    if (isCoding(offer) && producible.includes(offer)) return offer;
  }
  return undefined;
}
