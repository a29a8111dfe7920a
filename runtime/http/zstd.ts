import * as zlib from 'node:zlib';

/** Compresses and unpacks zstd frames. `unpack` throws `TooLarge` beyond the cap and any other error for bytes that are no frame. */
export interface Zstd {
  compress(data: Uint8Array, level: number): Promise<Uint8Array> | Uint8Array;
  unpack(data: Uint8Array, maxBytes: number): Promise<Uint8Array> | Uint8Array;
}

/** Unpacking would give more bytes than allowed. */
export class TooLarge extends Error {
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`the decoded bytes exceed ${maxBytes}`);
    this.name = 'TooLarge';
    this.maxBytes = maxBytes;
  }
}

type Callback = (error: Error | null, result: Uint8Array) => void;

/** What newer releases of node:zlib have; the types of the oldest supported one do not know it. */
interface NativeZstd {
  zstdCompress?: (data: Uint8Array, options: { params: Record<number, number> }, done: Callback) => void;
  zstdDecompress?: (data: Uint8Array, options: { maxOutputLength: number }, done: Callback) => void;
}

/** `ZSTD_c_compressionLevel` of zstd.h. */
const COMPRESSION_LEVEL = 100;

let loaded: Promise<Zstd> | undefined;

/** The codec of this Node: its own since 22.15, WebAssembly before. Loaded when first used: 13 ms for WebAssembly. */
export function loadZstd(): Promise<Zstd> {
  loaded ??= nativeZstd() ?? wasmZstd();
  return loaded;
}

export function isTooLarge(error: unknown): boolean {
  return error instanceof TooLarge || (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
}

function nativeZstd(): Promise<Zstd> | undefined {
  const { zstdCompress, zstdDecompress } = zlib as NativeZstd;
  if (!zstdCompress || !zstdDecompress) return undefined;
  const done = (resolve: (bytes: Uint8Array) => void, reject: (error: Error) => void): Callback => (error, bytes) => (error ? reject(error) : resolve(bytes));
  return Promise.resolve({
    compress: (data, level) => new Promise<Uint8Array>((resolve, reject) => zstdCompress(data, { params: { [COMPRESSION_LEVEL]: level } }, done(resolve, reject))),
    unpack: (data, maxBytes) => new Promise<Uint8Array>((resolve, reject) => zstdDecompress(data, { maxOutputLength: maxBytes }, done(resolve, reject))),
  });
}

async function wasmZstd(): Promise<Zstd> {
  const { init, compress, decompress } = await import('@bokuweb/zstd-wasm');
  await init();
  return {
    compress: (data, level) => compress(data, level),
    unpack: (data, maxBytes) => {
      const size = frameContentSize(data);
      if (size !== undefined) {
        // The frame's own word is checked here and held to by the decoder, which gets a buffer of that size.
        if (size > maxBytes) throw new TooLarge(maxBytes);
        return decompress(data, { defaultHeapSize: size });
      }
      return unpackGrowing(decompress, data, maxBytes);
    },
  };
}

type Decompress = (data: Uint8Array, options: { defaultHeapSize: number }) => Uint8Array;

/** `ZSTD_error_dstSize_tooSmall`. */
const TOO_SMALL = /code -70$/;

/** A frame that does not say its size: tries buffers of twice the size, up to the cap. */
function unpackGrowing(decompress: Decompress, data: Uint8Array, maxBytes: number): Uint8Array {
  for (let size = Math.min(Math.max(data.length * 4, 1 << 16), maxBytes); ; size = Math.min(size * 2, maxBytes)) {
    try {
      return decompress(data, { defaultHeapSize: size });
    } catch (error) {
      if (!TOO_SMALL.test((error as Error).message)) throw error;
      if (size >= maxBytes) throw new TooLarge(maxBytes);
    }
  }
}

const ZSTD_MAGIC = 0xfd2fb528;

/** Size that the first frame announces (RFC 8878, section 3.1.1); `undefined` if it does not. Throws if this is no frame. */
function frameContentSize(data: Uint8Array): number | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (data.length < 6 || view.getUint32(0, true) !== ZSTD_MAGIC) throw new Error('not a zstd frame');
  const descriptor = view.getUint8(4);
  const singleSegment = (descriptor & 0x20) !== 0;
  const flag = descriptor >> 6;
  if (flag === 0 && !singleSegment) return undefined;
  const at = 5 + (singleSegment ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] as number);
  const length = [1, 2, 4, 8][flag] as number;
  if (at + length > data.length) throw new Error('a truncated zstd frame');
  if (length === 1) return view.getUint8(at);
  if (length === 2) return view.getUint16(at, true) + 256;
  return length === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
