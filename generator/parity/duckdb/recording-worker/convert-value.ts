import { type DataType, RpcError } from 'vgi-gen/runtime/v1';

/** A value of one column as one of another type, for SET DATA TYPE. Throws where a worker would have to refuse the statement. */
export function convertValue(value: unknown, type: DataType): unknown {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'utf8':
      return String(value);
    case 'int':
      return type.bits === 64 ? BigInt(value as string | number | bigint) : Number(value);
    case 'float':
      return Number(value);
    default:
      throw new RpcError(`cannot convert ${typeof value} to ${type.kind}`, { type: 'ValueError' });
  }
}
