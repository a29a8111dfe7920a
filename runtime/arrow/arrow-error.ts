/**
 * What is wrong with Arrow bytes or values. `truncated` bytes end too early; `malformed` bytes contradict themselves or the format;
 * `unsupported-*` is valid Arrow that this reader does not take; `too-large` exceeds a limit of the reader; `invalid-value` is a
 * JS value that does not fit its Arrow type; `mismatch` are parts that do not belong together (schema and columns, ids).
 */
export type ArrowErrorCode =
  | 'truncated'
  | 'malformed'
  | 'unsupported-type'
  | 'unsupported-compression'
  | 'unsupported-endianness'
  | 'unsupported-version'
  | 'unsupported-message'
  | 'too-large'
  | 'invalid-value'
  | 'mismatch';

/** The only error that reading and writing Arrow data throws. The message starts with the code in brackets. */
export class ArrowError extends Error {
  readonly code: ArrowErrorCode;

  constructor(code: ArrowErrorCode, detail: string) {
    super(`[${code}] ${detail}`);
    this.name = 'ArrowError';
    this.code = code;
  }
}
