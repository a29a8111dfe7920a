import type { AuthContext } from '../rpc/auth-context.ts';
import { RpcError } from '../rpc/errors.ts';
import type { SessionScope } from '../rpc/sessions.ts';
import { headers } from './headers.ts';
import type { StickySessions } from './sticky-sessions.ts';

const runtimeError = (message: string): RpcError => new RpcError(message, { type: 'RuntimeError' });

/** A session that a request resumed. */
export interface Entered {
  readonly id: string;
  readonly state: unknown;
  readonly leave: () => void;
}

/** The session as the handlers of one request see it. */
export class RequestSession implements SessionScope {
  readonly #sessions: StickySessions;
  readonly #auth: AuthContext;
  readonly #accepts: boolean;
  readonly #leave: () => void;
  #state: unknown;
  #id: string | undefined;
  #token: string | undefined;
  #closed = false;
  /** Id of the session even after it was closed, for the access log. */
  lastId: string | undefined;
  action: 'none' | 'open' | 'resume' | 'close';

  constructor(sessions: StickySessions, auth: AuthContext, accepts: boolean, entered?: Entered) {
    this.#sessions = sessions;
    this.#auth = auth;
    this.#accepts = accepts;
    this.#leave = entered?.leave ?? (() => {});
    this.#state = entered?.state;
    this.#id = entered?.id;
    this.lastId = entered?.id;
    this.action = entered ? 'resume' : 'none';
  }

  get state(): unknown {
    return this.#state;
  }

  get id(): string | undefined {
    return this.#id;
  }

  open(state: unknown, ttlSeconds?: number): string {
    if (!this.#accepts) throw runtimeError(`the client does not take sessions: its request has no header ${headers.sessionAccept}: true`);
    if (this.#id !== undefined) throw runtimeError('this request has a session already');
    const { id, token } = this.#sessions.register(state, this.#auth, ttlSeconds);
    this.#state = state;
    this.#id = id;
    this.lastId = id;
    this.#token = token;
    this.action = 'open';
    return id;
  }

  close(): void {
    if (this.#id === undefined) return;
    this.#sessions.remove(this.#id);
    this.#id = undefined;
    this.#state = undefined;
    this.#token = undefined;
    this.#closed = true;
    this.action = 'close';
  }

  /** Lets the next request of the session in. */
  leave(): void {
    this.#leave();
  }

  responseHeaders(): [string, string][] {
    if (this.#token !== undefined) return this.#sessions.openedHeaders(this.#token);
    return this.#closed ? [[headers.sessionClose, 'true']] : [];
  }
}
