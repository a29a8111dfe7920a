import { RpcError } from './errors.ts';

/** The sticky session of one HTTP request: state that stays in this process under a token that the client sends along. */
export interface SessionScope {
  /** What the session holds; `undefined` without one. */
  readonly state: unknown;
  /** 24 hex digits, for logs; `undefined` without a session. */
  readonly id: string | undefined;
  /** Throws a `RuntimeError` if the client did not ask for sessions or one is open, `ServerDrainingError` while the server stops. */
  open(state: unknown, ttlSeconds?: number): string;
  close(): void;
}

const unavailable = (): never => {
  throw new RpcError('sticky sessions not available on this transport', { type: 'RuntimeError' });
};

/** Transports that are one connection to one process have no use for sessions. */
export const noSessions: SessionScope = { state: undefined, id: undefined, open: unavailable, close: unavailable };
