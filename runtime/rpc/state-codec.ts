import { RpcError } from './errors.ts';

/** Marks what JSON has no form for: `{"$": kind, "v": text or list}`. A plain object with a key `$` travels as kind `object`. */
const MARK = '$';

const notSerializable = (path: string, what: string): RpcError =>
  new RpcError(`the state of the stream holds ${what} at "${path}", which JSON cannot carry; give the stream an encodeState and a decodeState`, { type: 'TypeError' });

/**
 * The default form of a stream's state: JSON that also carries `bigint`, bytes, maps, sets, `undefined` and every number. Throws a
 * `TypeError` RpcError that names the place of anything else, such as a class instance.
 */
export function encodeState(state: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(toJson(state, 'state')));
}

/** Reads what `encodeState` wrote. */
export function decodeState(bytes: Uint8Array): unknown {
  return fromJson(JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')));
}

const marked = (kind: string, v?: unknown): Record<string, unknown> => ({ [MARK]: kind, v });

function toJson(value: unknown, path: string): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : marked('number', Object.is(value, -0) ? '-0' : String(value));
    case 'bigint':
      return marked('bigint', value.toString());
    case 'undefined':
      return marked('undefined');
    case 'object':
      return value === null ? null : objectToJson(value, path);
    default:
      throw notSerializable(path, `a ${typeof value}`);
  }
}

function objectToJson(value: object, path: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => toJson(item, `${path}[${index}]`));
  if (value instanceof Uint8Array) return marked('bytes', Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64'));
  if (value instanceof Map) return marked('map', [...value].map(([key, item], index) => [toJson(key, `${path}.key(${index})`), toJson(item, `${path}.value(${index})`)]));
  if (value instanceof Set) return marked('set', [...value].map((item, index) => toJson(item, `${path}.item(${index})`)));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw notSerializable(path, `a ${value.constructor.name}`);
  const entries = Object.entries(value).map(([key, item]) => [key, toJson(item, `${path}.${key}`)] as const);
  return Object.hasOwn(value, MARK) ? marked('object', entries) : Object.fromEntries(entries);
}

function fromJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(fromJson);
  const record = value as Record<string, unknown>;
  if (!Object.hasOwn(record, MARK)) return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, fromJson(item)]));
  return unmarked(record[MARK], record.v);
}

function unmarked(kind: unknown, v: unknown): unknown {
  switch (kind) {
    case 'number':
      return Number(v);
    case 'bigint':
      return BigInt(v as string);
    case 'bytes':
      return new Uint8Array(Buffer.from(v as string, 'base64'));
    case 'map':
      return new Map((v as [unknown, unknown][]).map(([key, item]) => [fromJson(key), fromJson(item)]));
    case 'set':
      return new Set((v as unknown[]).map(fromJson));
    case 'object':
      return Object.fromEntries((v as [string, unknown][]).map(([key, item]) => [key, fromJson(item)]));
    default:
      return undefined;
  }
}
