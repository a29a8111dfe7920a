import type { RecordCodec } from './record-codec.ts';

/** The codec of an older layout that speaks the current model: `fromRaw` after reading, `toRaw` before writing. */
export function adaptedCodec<Raw, T>(raw: RecordCodec<Raw>, fromRaw: (raw: Raw) => T, toRaw: (value: T) => Raw): RecordCodec<T> {
  return {
    name: raw.name,
    get schema() {
      return raw.schema;
    },
    encode: (value) => raw.encode(toRaw(value)),
    decode: (bytes) => fromRaw(raw.decode(bytes)),
    encodeCall: (value, metadata) => raw.encodeCall(toRaw(value), metadata),
    decodeMessages: (stream) => fromRaw(raw.decodeMessages(stream)),
    write: (writer, value) => raw.write(writer, toRaw(value)),
    read: (source, start, end) => fromRaw(raw.read(source, start, end)),
  };
}
