import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Bytes that nobody can guess. From the system's own device where there is one: node:crypto takes 5 ms to load, a tenth of the time from
 * a worker's start to its answer to ATTACH, which needs nothing else of it.
 */
export function randomBytes(length: number): Uint8Array {
  return fromDevice(length) ?? process.getBuiltinModule('node:crypto').randomBytes(length);
}

function fromDevice(length: number): Uint8Array | undefined {
  if (process.platform !== 'linux') return undefined;
  let device: number | undefined;
  try {
    device = openSync('/dev/urandom', 'r');
    const bytes = new Uint8Array(length);
    return readSync(device, bytes) === length ? bytes : undefined;
  } catch {
    return undefined;
  } finally {
    if (device !== undefined) closeSync(device);
  }
}
