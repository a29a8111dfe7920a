/** Bytes to read from, with the views that reading takes, made once for a message and all records nested in it. */
export class ByteSource {
  readonly bytes: Buffer;
  readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A view of `[start, end)` as a plain `Uint8Array`. */
  slice(start: number, end: number): Uint8Array {
    return new Uint8Array(this.bytes.buffer, this.bytes.byteOffset + start, end - start);
  }
}

/** What a reader holds on to between records. */
export const noSource = /* @__PURE__ */ new ByteSource(new Uint8Array(0));
