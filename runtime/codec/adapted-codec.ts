import type { RecordCodec } from './record-codec.ts';

/** The codec of an older layout that speaks the current model: `fromRaw` after reading, `toRaw` before writing. */
export function adaptedCodec<Raw, T>(_raw: RecordCodec<Raw>, _fromRaw: (raw: Raw) => T, _toRaw: (value: T) => Raw): RecordCodec<T> {
  throw new Error('being written');
}
