interface Entry<T> {
  readonly message: Buffer;
  readonly value: T;
}

/** Finds what was computed from the same message before, by its bytes. Bounded: when full it starts again from nothing. */
export class MessageCache<T> {
  /** By length: messages of one length are few, and comparing one takes 70 ns. */
  private readonly byLength = new Map<number, Entry<T>[]>();
  private size = 0;
  private readonly maxEntries: number;
  private readonly maxMessageBytes: number;

  constructor(maxEntries: number, maxMessageBytes: number) {
    this.maxEntries = maxEntries;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Looks for the message without body that starts at `start`; `bytes` may go on after it. */
  get(bytes: Uint8Array, start: number, end: number): T | undefined {
    const length = framedLength(bytes, start, end);
    const entries = this.byLength.get(length);
    if (entries === undefined) return undefined;
    for (const entry of entries) {
      if (entry.message.compare(bytes, start, start + length) === 0) return entry.value;
    }
    return undefined;
  }

  /** Takes a whole message, which must not change any more. */
  set(message: Uint8Array, value: T): void {
    const length = framedLength(message, 0, message.length);
    if (length !== message.length || length > this.maxMessageBytes) return;
    if (this.size >= this.maxEntries) {
      this.byLength.clear();
      this.size = 0;
    }
    this.size += 1;
    const entry = { message: Buffer.from(message.buffer, message.byteOffset, message.byteLength), value };
    const entries = this.byLength.get(length);
    if (entries) entries.push(entry);
    else this.byLength.set(length, [entry]);
  }
}

/** Length of framing and metadata, -1 if the bytes do not hold them or have the framing of before Arrow 0.15. */
function framedLength(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 8 || bytes[start] !== 0xff) return -1;
  const length = 8 + ((bytes[start + 4] as number) | ((bytes[start + 5] as number) << 8) | ((bytes[start + 6] as number) << 16) | ((bytes[start + 7] as number) << 24));
  return length <= end - start ? length : -1;
}
