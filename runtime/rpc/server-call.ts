import { randomBytes } from 'node:crypto';
import type { CallContext, LogLevel, LogMessage, TransportKind } from './call-context.ts';
import { rpcKeys } from './metadata-keys.ts';
import type { AnswerIds } from './answers.ts';

const noExtra = Object.freeze({});

/** One call on the server: the context that its handler sees, and what the handler logged and not yet sent. */
export class ServerCall implements CallContext, AnswerIds {
  readonly method: string;
  readonly protocolVersion: string;
  readonly transport: TransportKind;
  readonly serverId: string;
  inputMetadata: ReadonlyMap<string, string>;
  #requestId: string | undefined;
  #logs: LogMessage[] = [];
  #abort: AbortController | undefined;
  #aborted = false;

  constructor(method: string, protocolVersion: string, transport: TransportKind, serverId: string, metadata: ReadonlyMap<string, string>) {
    this.method = method;
    this.protocolVersion = protocolVersion;
    this.transport = transport;
    this.serverId = serverId;
    this.inputMetadata = metadata;
    this.#requestId = metadata.get(rpcKeys.requestId);
  }

  /** The client's id, or one made up when first asked for. */
  get requestId(): string {
    this.#requestId ??= randomBytes(8).toString('hex');
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
