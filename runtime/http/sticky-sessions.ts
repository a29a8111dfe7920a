import { randomBytes } from 'node:crypto';
import { type AuthContext, sealedFor } from '../rpc/auth-context.ts';
import { RpcError } from '../rpc/errors.ts';
import type { Sealer } from '../seal/sealer.ts';
import { capabilityHeaders, headers } from './headers.ts';
import { emptyResponse, type HttpRequest, type HttpResponse } from './http-message.ts';
import { RequestSession } from './request-session.ts';

export interface StickyOptions {
  /** Seconds that a session lives after it was opened or used, unless the handler says otherwise; default 300. */
  readonly defaultTtlSeconds?: number;
  /** Headers that the client must send along with each request of a session, e.g. to be routed back here. */
  readonly echoHeaders?: Readonly<Record<string, string>>;
}

const TOKEN_VERSION = 1;
/** Its own label, so that no other token of the caller opens as a session. */
const LABEL = 'vgi_rpc.session.v1';
const ID_BYTES = 12;
const SWEEP_MS = 1000;

const lost = (why: string): RpcError => new RpcError(`the session is lost: ${why}`, { type: 'SessionLostError', kind: 'session_lost' });

interface Entry {
  readonly state: unknown;
  readonly ttlSeconds: number;
  expires: number;
  /** The requests of one session run one after another. */
  last: Promise<void>;
}

/** State of handlers that stays in this process between the requests of one client (vgi-rpc sticky-sessions-spec). */
export class StickySessions {
  readonly defaultTtlSeconds: number;
  readonly #sealer: Sealer;
  readonly #serverId: string;
  readonly #echoHeaders: readonly (readonly [string, string])[];
  readonly #entries = new Map<string, Entry>();
  #sweep: NodeJS.Timeout | undefined;
  /** No new sessions are opened; those that are open go on. */
  draining = false;

  constructor(sealer: Sealer, serverId: string, options: StickyOptions) {
    this.#sealer = sealer;
    this.#serverId = serverId;
    this.defaultTtlSeconds = options.defaultTtlSeconds ?? 300;
    this.#echoHeaders = Object.entries(options.echoHeaders ?? {});
  }

  get size(): number {
    return this.#entries.size;
  }

  /** What the server says of its sessions on every answer. */
  capabilities(): [string, string][] {
    const names = this.#echoHeaders.map(([name]) => name).join(', ');
    return [
      [capabilityHeaders.stickyEnabled, 'true'],
      [capabilityHeaders.stickyDefaultTtl, String(this.defaultTtlSeconds)],
      ...(names ? ([[capabilityHeaders.stickyEchoHeaders, names]] as [string, string][]) : []),
    ];
  }

  /** Headers of answers beyond the capabilities. */
  responseHeaders(): string[] {
    return [headers.session, headers.sessionClose, ...this.#echoHeaders.map(([name]) => `${headers.echoPrefix}${name}`)];
  }

  /** The session of a request, taken for as long as it is served. Throws `SessionLostError`. */
  async enter(request: HttpRequest, auth: AuthContext): Promise<RequestSession> {
    const accepts = request.header(headers.sessionAccept)?.trim().toLowerCase() === 'true';
    const token = request.header(headers.session)?.trim();
    if (!token) return new RequestSession(this, auth, accepts);
    const id = this.#openToken(token, auth);
    const entry = this.#live(id);
    const before = entry.last;
    let leave!: () => void;
    entry.last = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    if (this.#entries.get(id) !== entry) {
      leave();
      throw lost('it was closed meanwhile');
    }
    return new RequestSession(this, auth, accepts, { id, state: entry.state, leave });
  }

  /** `DELETE /__session__`: 204 if there was one, 200 for anything else, which tells nothing to who holds a stolen token. */
  async delete(request: HttpRequest, auth: AuthContext): Promise<HttpResponse> {
    try {
      const session = await this.enter(request, auth);
      if (session.id === undefined) return emptyResponse(200);
      session.close();
      session.leave();
      const response = emptyResponse(204);
      response.headers.set(headers.sessionClose, 'true');
      return response;
    } catch {
      return emptyResponse(200);
    }
  }

  /** For `RequestSession`: registers a state; gives id and token. */
  register(state: unknown, auth: AuthContext, ttlSeconds: number = this.defaultTtlSeconds): { id: string; token: string } {
    if (this.draining) throw new RpcError('the server is shutting down and opens no sessions', { type: 'ServerDrainingError', kind: 'server_draining' });
    const id = randomBytes(ID_BYTES).toString('hex');
    const expires = Date.now() + ttlSeconds * 1000;
    this.#entries.set(id, { state, ttlSeconds, expires, last: Promise.resolve() });
    this.#sweep ??= setInterval(() => this.#closeExpired(), SWEEP_MS).unref();
    return { id, token: this.#sealToken(id, expires, auth) };
  }

  /** For `RequestSession`: ends a session and closes its state. */
  remove(id: string): void {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    if (this.#entries.size === 0) {
      clearInterval(this.#sweep);
      this.#sweep = undefined;
    }
    if (entry) closeState(entry.state);
  }

  /** Ends all sessions. */
  closeAll(): void {
    for (const id of [...this.#entries.keys()]) this.remove(id);
  }

  /** For `RequestSession`: headers of the answer to the request that opened a session. */
  openedHeaders(token: string): [string, string][] {
    return [[headers.session, token], ...this.#echoHeaders.map(([name, value]) => [`${headers.echoPrefix}${name}`, value] as [string, string])];
  }

  #live(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw lost('it was closed or this process never had it');
    if (entry.expires < Date.now()) {
      this.remove(id);
      throw lost('it expired');
    }
    entry.expires = Date.now() + entry.ttlSeconds * 1000;
    return entry;
  }

  #closeExpired(): void {
    const now = Date.now();
    for (const [id, { expires }] of this.#entries) if (expires < now) this.remove(id);
  }

  #sealToken(id: string, expires: number, auth: AuthContext): string {
    const server = Buffer.from(this.#serverId);
    const plain = Buffer.alloc(8 + 1 + server.length + ID_BYTES + 8);
    plain.writeBigUInt64LE(BigInt(Math.floor(Date.now() / 1000)), 0);
    plain.writeUInt8(server.length, 8);
    plain.set(server, 9);
    plain.set(Buffer.from(id, 'hex'), 9 + server.length);
    plain.writeBigUInt64LE(BigInt(Math.floor(expires / 1000)), 9 + server.length + ID_BYTES);
    return Buffer.from(this.#sealer.seal(TOKEN_VERSION, sealedFor(LABEL, auth), plain)).toString('base64url');
  }

  /** The id in a token of ours for this caller. */
  #openToken(token: string, auth: AuthContext): string {
    let plain: Buffer;
    try {
      plain = Buffer.from(this.#sealer.open(TOKEN_VERSION, sealedFor(LABEL, auth), Buffer.from(token, 'base64url')));
    } catch {
      throw lost('the token is not valid');
    }
    const serverLength = plain[8] ?? 0;
    if (plain.length !== 8 + 1 + serverLength + ID_BYTES + 8) throw lost('the token is not valid');
    if (plain.toString('utf8', 9, 9 + serverLength) !== this.#serverId) throw lost('it lives in another process');
    return plain.toString('hex', 9 + serverLength, 9 + serverLength + ID_BYTES);
  }
}

function closeState(state: unknown): void {
  try {
    (state as { close?: () => void } | undefined)?.close?.();
  } catch {
    // The session is over whatever its state says.
  }
}
