import type { Interval } from '../arrow/column.ts';
import { fromFloat16, toFloat16 } from '../arrow/float16.ts';
import type { FixedFormat } from './fixed-value.ts';

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

export const int8Format: FixedFormat<number> = {
  width: 1,
  read: (view, at) => view.getInt8(at),
  write: (view, at, value) => (view.setInt8(at, value), view.getInt8(at) === value),
};

export const uint8Format: FixedFormat<number> = {
  width: 1,
  read: (view, at) => view.getUint8(at),
  write: (view, at, value) => (view.setUint8(at, value), view.getUint8(at) === value),
};

export const int16Format: FixedFormat<number> = {
  width: 2,
  read: (view, at) => view.getInt16(at, true),
  write: (view, at, value) => (view.setInt16(at, value, true), view.getInt16(at, true) === value),
};

export const uint16Format: FixedFormat<number> = {
  width: 2,
  read: (view, at) => view.getUint16(at, true),
  write: (view, at, value) => (view.setUint16(at, value, true), view.getUint16(at, true) === value),
};

export const int32Format: FixedFormat<number> = {
  width: 4,
  read: (view, at) => view.getInt32(at, true),
  write: (view, at, value) => (view.setInt32(at, value, true), view.getInt32(at, true) === value),
};

export const uint32Format: FixedFormat<number> = {
  width: 4,
  read: (view, at) => view.getUint32(at, true),
  write: (view, at, value) => (view.setUint32(at, value, true), view.getUint32(at, true) === value),
};

/** Also takes safe integers of type number. */
export const int64Format: FixedFormat<bigint> = {
  width: 8,
  read: (view, at) => view.getBigInt64(at, true),
  write(view, at, value) {
    if (typeof value === 'bigint') {
      view.setBigInt64(at, value, true);
      return BigInt.asIntN(64, value) === value;
    }
    return writeSafeInteger(view, at, value);
  },
};

/** Also takes safe integers of type number. */
export const uint64Format: FixedFormat<bigint> = {
  width: 8,
  read: (view, at) => view.getBigUint64(at, true),
  write(view, at, value) {
    if (typeof value === 'bigint') {
      view.setBigUint64(at, value, true);
      return BigInt.asUintN(64, value) === value;
    }
    return writeSafeInteger(view, at, value) && (value as number) >= 0;
  },
};

export const float16Format: FixedFormat<number> = {
  width: 2,
  read: (view, at) => fromFloat16(view.getUint16(at, true)),
  write: (view, at, value) => (view.setUint16(at, toFloat16(value), true), typeof value === 'number'),
};

export const float32Format: FixedFormat<number> = {
  width: 4,
  read: (view, at) => view.getFloat32(at, true),
  write: (view, at, value) => (view.setFloat32(at, value, true), typeof value === 'number'),
};

export const float64Format: FixedFormat<number> = {
  width: 8,
  read: (view, at) => view.getFloat64(at, true),
  write: (view, at, value) => (view.setFloat64(at, value, true), typeof value === 'number'),
};

/** Unscaled value of a decimal. */
export function decimalFormat(bits: 128 | 256): FixedFormat<bigint> {
  const words = bits / 64;
  return {
    width: bits / 8,
    read(view, at) {
      let value = view.getBigInt64(at + (words - 1) * 8, true);
      for (let word = words - 2; word >= 0; word--) value = (value << 64n) | view.getBigUint64(at + word * 8, true);
      return value;
    },
    write(view, at, value) {
      if (typeof value !== 'bigint' || BigInt.asIntN(bits, value) !== value) return false;
      for (let word = 0; word < words; word++) view.setBigUint64(at + word * 8, BigInt.asUintN(64, value >> BigInt(word * 64)), true);
      return true;
    },
  };
}

export const yearMonthFormat: FixedFormat<Interval> = {
  width: 4,
  read: (view, at) => ({ months: view.getInt32(at, true), days: 0, nanoseconds: 0n }),
  write: (view, at, { months, days, nanoseconds }) => int32Format.write(view, at, months) && days === 0 && nanoseconds === 0n,
};

export const dayTimeFormat: FixedFormat<Interval> = {
  width: 8,
  read: (view, at) => ({ months: 0, days: view.getInt32(at, true), nanoseconds: BigInt(view.getInt32(at + 4, true)) * NANOSECONDS_PER_MILLISECOND }),
  write: (view, at, { months, days, nanoseconds }) =>
    months === 0 &&
    typeof nanoseconds === 'bigint' &&
    nanoseconds % NANOSECONDS_PER_MILLISECOND === 0n &&
    int32Format.write(view, at, days) &&
    int32Format.write(view, at + 4, Number(nanoseconds / NANOSECONDS_PER_MILLISECOND)),
};

export const monthDayNanoFormat: FixedFormat<Interval> = {
  width: 16,
  read: (view, at) => ({ months: view.getInt32(at, true), days: view.getInt32(at + 4, true), nanoseconds: view.getBigInt64(at + 8, true) }),
  write: (view, at, { months, days, nanoseconds }) =>
    int32Format.write(view, at, months) && int32Format.write(view, at + 4, days) && int64Format.write(view, at + 8, nanoseconds),
};

/** Bytes of one length. */
export function fixedBinaryFormat(width: number): FixedFormat<Uint8Array> {
  return {
    width,
    read: (view, at) => new Uint8Array(view.buffer, view.byteOffset + at, width),
    write(view, at, value) {
      if (!(value instanceof Uint8Array) || value.length !== width) return false;
      new Uint8Array(view.buffer, view.byteOffset + at, width).set(value);
      return true;
    },
  };
}

function writeSafeInteger(view: DataView, at: number, value: number): boolean {
  view.setInt32(at, value, true);
  view.setInt32(at + 4, Math.floor(value / 0x1_0000_0000), true);
  return Number.isSafeInteger(value);
}
