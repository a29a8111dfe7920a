import { anonymous, type AuthContext } from './auth-context.ts';
import type { CallContext, CallSubject, LogLevel, LogMessage, TransportKind } from './call-context.ts';
import { rpcKeys } from './metadata-keys.ts';
import type { AnswerIds } from './answers.ts';
import { randomId } from './random-id.ts';
import { noSessions, type SessionScope } from './sessions.ts';

const noExtra = Object.freeze({});

/** What the transport knows of a call's surroundings. */
export interface CallHost {
  readonly auth: AuthContext;
  readonly session: SessionScope;
  readonly resumed: boolean;
  /** Id of the request where the transport has one of its own. */
  readonly requestId?: string;
}

const byteHost: CallHost = { auth: anonymous, session: noSessions, resumed: false };

/** One call on the server: the context that its handler sees, and what the handler logged and not yet sent. */
export class ServerCall implements CallContext, AnswerIds {
  readonly method: string;
  readonly protocolVersion: string;
  readonly transport: TransportKind;
  readonly serverId: string;
  readonly auth: AuthContext;
  readonly session: SessionScope;
  readonly resumed: boolean;
  inputMetadata: ReadonlyMap<string, string>;
  subject: CallSubject | undefined = undefined;
  #requestId: string | undefined;
  #logs: LogMessage[] = [];
  #abort: AbortController | undefined;
  #aborted = false;

  constructor(method: string, protocolVersion: string, transport: TransportKind, serverId: string, metadata: ReadonlyMap<string, string>, host: CallHost = byteHost) {
    this.method = method;
    this.protocolVersion = protocolVersion;
    this.transport = transport;
    this.serverId = serverId;
    this.auth = host.auth;
    this.session = host.session;
    this.resumed = host.resumed;
    this.inputMetadata = metadata;
    this.#requestId = host.requestId ?? metadata.get(rpcKeys.requestId);
  }

  /** The client's id, or one made up when first asked for. */
  get requestId(): string {
    this.#requestId ??= randomId(16);
    return this.#requestId;
  }

  /** Made when first asked for: most handlers never look, and a controller costs more than a small call. */
  get signal(): AbortSignal {
    if (!this.#abort) {
      this.#abort = new AbortController();
      if (this.#aborted) this.#abort.abort();
    }
    return this.#abort.signal;
  }

  abort(): void {
    this.#aborted = true;
    this.#abort?.abort();
  }

  log(level: LogLevel, message: string, extra: Readonly<Record<string, unknown>> = noExtra): void {
    this.#logs.push({ level, message, extra });
  }

  /** Log lines since the last time. */
  takeLogs(): readonly LogMessage[] {
    if (this.#logs.length === 0) return this.#logs;
    const logs = this.#logs;
    this.#logs = [];
    return logs;
  }
}
