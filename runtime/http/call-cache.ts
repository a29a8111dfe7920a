import type { OpenStream } from '../rpc/dispatch.ts';
import type { Route } from '../rpc/service.ts';
import type { CallState } from './call-tokens.ts';

/** A stream as this process knows it between two requests. */
export interface ResolvedCall {
  readonly state: CallState;
  readonly route: Route;
  readonly opened: OpenStream;
}

/**
 * Streams of which later requests need not open the call token. Looked up only by the call id out of an opened cursor: that id was
 * issued to this caller, so nobody can name the stream of another.
 */
export class CallCache {
  readonly #calls = new Map<string, ResolvedCall>();
  readonly #maxEntries: number;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  get(callId: Uint8Array): ResolvedCall | undefined {
    const key = keyOf(callId);
    const call = this.#calls.get(key);
    if (call) {
      this.#calls.delete(key);
      this.#calls.set(key, call);
    }
    return call;
  }

  set(call: ResolvedCall): void {
    if (this.#maxEntries === 0) return;
    if (this.#calls.size >= this.#maxEntries) {
      for (const oldest of this.#calls.keys()) {
        this.#calls.delete(oldest);
        break;
      }
    }
    this.#calls.set(keyOf(call.state.callId), call);
  }

  drop(callId: Uint8Array): void {
    this.#calls.delete(keyOf(callId));
  }
}

export const keyOf = (callId: Uint8Array): string => Buffer.from(callId).toString('hex');
