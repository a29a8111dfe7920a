import type { AuthContext } from './auth-context.ts';
import type { SessionScope } from './sessions.ts';

/** Severity of a log line that travels to the client; `EXCEPTION` is reserved for errors. */
export type LogLevel = 'ERROR' | 'WARN' | 'INFO' | 'DEBUG' | 'TRACE';

/** A log line as a client receives it. */
export interface LogMessage {
  readonly level: LogLevel;
  readonly message: string;
  readonly extra: Readonly<Record<string, unknown>>;
}

export type TransportKind = 'pipe' | 'unix' | 'tcp' | 'http' | 'memory';

/** What a call is about, in the words of those who make it: `{ kind: 'function', name: 'sum_all' }`. */
export interface CallSubject {
  readonly kind: string;
  readonly name: string;
}

/** What a handler knows of the call that it serves. */
export interface CallContext {
  /** Wire name of the method. */
  readonly method: string;
  /** Protocol version of the client, e.g. `2.0.0`. */
  readonly protocolVersion: string;
  readonly requestId: string;
  readonly transport: TransportKind;
  /** Who calls; anonymous on every transport but HTTP. */
  readonly auth: AuthContext;
  /** Sticky session of the request, HTTP only: opening one elsewhere throws. */
  readonly session: SessionScope;
  /**
   * A stream that began elsewhere goes on here: the handler is called once more with the same parameters, and of what it returns
   * only the functions are used, the state is the one the client brought along. HTTP only.
   */
  readonly resumed: boolean;
  /** Custom metadata of the request; inside a stream that of the latest tick or input batch. */
  readonly inputMetadata: ReadonlyMap<string, string>;
  /** Aborted when the client cancels the stream or the connection ends. */
  readonly signal: AbortSignal;
  /** Set by a handler that wants every error of the call to name what it is about; those that do not are told with it. */
  subject?: CallSubject | undefined;
  /** Sends a log line to the client, before the answer or the next batch. DuckDB shows them in `duckdb_logs`. */
  log(level: LogLevel, message: string, extra?: Readonly<Record<string, unknown>>): void;
}
