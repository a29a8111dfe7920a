import { headers } from './headers.ts';
import type { RawResponse } from './raw-http.ts';

/** The client's half of a sticky session: the token and the headers that the server wants back. */
export class HttpSession {
  #token: string | undefined;
  readonly #echoed = new Map<string, string>();

  /** The token that the next request carries; `undefined` without a session. */
  get token(): string | undefined {
    return this.#token;
  }

  requestHeaders(): Record<string, string> {
    return { [headers.sessionAccept]: 'true', ...(this.#token !== undefined && { [headers.session]: this.#token }), ...Object.fromEntries(this.#echoed) };
  }

  /** Takes up what an answer says of the session. */
  received(response: RawResponse): void {
    if (response.header(headers.sessionClose)?.toLowerCase() === 'true') {
      this.forget();
      return;
    }
    const token = response.header(headers.session);
    if (token !== undefined) this.#token = token;
    const prefix = headers.echoPrefix.toLowerCase();
    for (const [name, value] of Object.entries(response.headers)) {
      if (name.startsWith(prefix) && typeof value === 'string') this.#echoed.set(name.slice(prefix.length), value);
    }
  }

  forget(): void {
    this.#token = undefined;
    this.#echoed.clear();
  }
}
