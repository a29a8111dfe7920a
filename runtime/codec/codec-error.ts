/** Why a record could not be read or written. Slugs are stable; peers' tests may compare them. */
export type CodecErrorCode =
  | 'not-ipc'
  | 'row-count'
  | 'field-missing'
  | 'field-unexpected'
  | 'order-mismatch'
  | 'type-mismatch'
  | 'nullability-mismatch'
  | 'unexpected-null'
  | 'unknown-enum-member'
  | 'invalid-value'
  | 'too-large'
  | 'nesting-too-deep';

/** The only error that codecs throw. The message is `[code] subject: detail`. */
export class CodecError extends Error {
  readonly code: CodecErrorCode;
  /** What was read or written: the record's name, or a path into it, e.g. `TablesResult.items > TableInfo`. */
  readonly subject: string;
  readonly detail: string;

  constructor(code: CodecErrorCode, subject: string, detail: string, cause?: unknown) {
    super(`[${code}] ${subject}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'CodecError';
    this.code = code;
    this.subject = subject;
    this.detail = detail;
  }

  /** The same error told of another subject, e.g. a method name in place of a record name. */
  about(subject: string): CodecError {
    return new CodecError(this.code, subject, this.detail, this.cause);
  }
}
