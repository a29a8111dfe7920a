import { resolve } from 'node:path';
import { parseTcpAddress, type TcpAddress } from 'vgi-gen/runtime/v1';

/** What the command line asks for. */
export interface WorkerOptions {
  readonly help: boolean;
  readonly unix?: string;
  readonly idleTimeout?: number;
  readonly tcp?: TcpAddress;
  /** Absent = no HTTP; 0 = any port. */
  readonly http?: number;
  readonly host: string;
  readonly prefix: string;
  readonly accessLog?: string;
  readonly accessLogDebug: boolean;
  readonly fakeStorage?: string;
  readonly compression?: 'zstd';
  readonly noCompression: boolean;
  readonly externalizeThreshold?: number;
  readonly maxRequestBytes?: number;
  readonly maxResponseBytes?: number;
  readonly maxExternalizedResponseBytes?: number;
  readonly maxFetchBytes?: number;
  readonly maxDecompressedFetchBytes?: number;
  readonly rejectLocalhostRedirects: boolean;
  readonly noCallStateCache: boolean;
  readonly noSticky: boolean;
  readonly stickyTtl?: number;
  readonly stickyAuth: boolean;
  readonly tokenKey?: Uint8Array;
  readonly authReject: boolean;
  readonly corsOrigins: readonly string[];
  readonly introspect: boolean;
  readonly kindProbe: boolean;
  readonly failServeStartOnce: boolean;
  readonly proofMode: 'off' | 'allow' | 'require';
  readonly proofOriginId?: string;
  readonly proofSecrets?: string;
  readonly proofSkew?: number;
  readonly proofNoReplayCache: boolean;
}

/** Flags by what follows them; `--http` alone may stand with or without its port. */
const SWITCHES = [
  'access-log-debug', 'no-compression', 'reject-localhost-redirects', 'no-call-state-cache', 'no-sticky', 'sticky-auth', 'auth-reject',
  'introspect', 'kind-probe', 'fail-serve-start-once', 'proof-no-replay-cache',
];
const NUMBERS = [
  'idle-timeout', 'port', 'externalize-threshold', 'max-request-bytes', 'max-response-bytes', 'max-externalized-response-bytes', 'max-fetch-bytes',
  'max-decompressed-fetch-bytes', 'sticky-ttl', 'proof-skew',
];
const TEXTS = ['unix', 'tcp', 'host', 'prefix', 'access-log', 'fake-storage', 'compression', 'token-key', 'cors-origin', 'proof-mode', 'proof-origin-id', 'proof-secrets'];

export const usage = `usage: vgi-conformance-worker [--unix PATH [--idle-timeout SECONDS] | --tcp [HOST:]PORT | --http [PORT]] [options]

Serves the conformance service of vgi-rpc on stdin and stdout, an AF_UNIX socket, a TCP port or HTTP.

  any transport: --access-log FILE, --access-log-debug (log requests too), --kind-probe (serve the transport probe instead)
  http: --host HOST, --port PORT, --prefix PATH, --token-key HEX64, --cors-origin ORIGIN, --no-call-state-cache, --fail-serve-start-once
  bodies: --compression zstd (of what goes to the storage), --no-compression, --max-request-bytes N, --max-response-bytes N,
    --max-externalized-response-bytes N
  storage: --fake-storage URL, --externalize-threshold N, --max-fetch-bytes N, --max-decompressed-fetch-bytes N, --reject-localhost-redirects
  sessions: --no-sticky, --sticky-ttl SECONDS, --sticky-auth (the caller is who X-Conformance-Principal says)
  callers: --auth-reject, --introspect, --proof-mode off|allow|require, --proof-origin-id ID, --proof-secrets KID:HEX64[,...],
    --proof-skew SECONDS, --proof-no-replay-cache
`;

/** Reads the command line. Throws an `Error` that tells the user what is wrong. */
export function readOptions(args: readonly string[]): WorkerOptions {
  const flags = new Flags(args);
  const { unix, tcp, http } = { unix: flags.text('unix'), tcp: flags.address('tcp'), http: flags.httpPort() };
  if ([unix, tcp, http].filter((transport) => transport !== undefined).length > 1) throw new Error('--unix, --tcp and --http exclude each other');
  const idleTimeout = flags.number('idle-timeout');
  if (idleTimeout !== undefined && unix === undefined) throw new Error('--idle-timeout needs --unix');
  const accessLog = flags.text('access-log');
  return {
    help: flags.has('help'),
    ...(unix !== undefined && { unix: resolve(unix) }),
    ...defined({ idleTimeout, tcp, http }),
    host: flags.text('host') ?? '127.0.0.1',
    prefix: flags.text('prefix') ?? '',
    ...(accessLog !== undefined && { accessLog: resolve(accessLog) }),
    accessLogDebug: flags.has('access-log-debug'),
    ...defined({
      fakeStorage: flags.text('fake-storage'),
      compression: flags.oneOf('compression', ['zstd'] as const),
      externalizeThreshold: flags.number('externalize-threshold'),
      maxRequestBytes: flags.number('max-request-bytes'),
      maxResponseBytes: flags.number('max-response-bytes'),
      maxExternalizedResponseBytes: flags.number('max-externalized-response-bytes'),
      maxFetchBytes: flags.number('max-fetch-bytes'),
      maxDecompressedFetchBytes: flags.number('max-decompressed-fetch-bytes'),
      stickyTtl: flags.number('sticky-ttl'),
      tokenKey: flags.key('token-key'),
      proofOriginId: flags.text('proof-origin-id'),
      proofSecrets: flags.text('proof-secrets'),
      proofSkew: flags.number('proof-skew'),
    }),
    noCompression: flags.has('no-compression'),
    rejectLocalhostRedirects: flags.has('reject-localhost-redirects'),
    noCallStateCache: flags.has('no-call-state-cache'),
    noSticky: flags.has('no-sticky'),
    stickyAuth: flags.has('sticky-auth'),
    authReject: flags.has('auth-reject'),
    corsOrigins: flags.texts('cors-origin'),
    introspect: flags.has('introspect'),
    kindProbe: flags.has('kind-probe'),
    failServeStartOnce: flags.has('fail-serve-start-once'),
    proofMode: flags.oneOf('proof-mode', ['off', 'allow', 'require'] as const) ?? 'off',
    proofNoReplayCache: flags.has('proof-no-replay-cache'),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}

class Flags {
  readonly #values = new Map<string, string[]>();

  constructor(args: readonly string[]) {
    for (let i = 0; i < args.length; i++) {
      const [flag = '', joined] = splitFlag(args[i] as string);
      const next = args[i + 1];
      if (flag === 'h' || flag === 'help') this.#add('help', '');
      else if (SWITCHES.includes(flag) && joined === undefined) this.#add(flag, '');
      else if (flag === 'http') this.#add(flag, joined ?? (next !== undefined && /^\d+$/.test(next) ? args[++i] as string : ''));
      else if (NUMBERS.includes(flag) || TEXTS.includes(flag)) {
        if (joined === undefined && next === undefined) throw new Error(`--${flag} takes a value`);
        this.#add(flag, joined ?? (args[++i] as string));
      } else throw new Error(`unknown argument '${args[i]}'`);
    }
  }

  #add(flag: string, value: string): void {
    this.#values.set(flag, [...(this.#values.get(flag) ?? []), value]);
  }

  has(flag: string): boolean {
    return this.#values.has(flag);
  }

  text(flag: string): string | undefined {
    return this.#values.get(flag)?.at(-1);
  }

  texts(flag: string): readonly string[] {
    return this.#values.get(flag) ?? [];
  }

  number(flag: string): number | undefined {
    const text = this.text(flag);
    if (text === undefined) return undefined;
    if (!/^\d+(?:\.\d+)?$/.test(text)) throw new Error(`--${flag} takes a number, not '${text}'`);
    return Number(text);
  }

  oneOf<T extends string>(flag: string, known: readonly T[]): T | undefined {
    const text = this.text(flag);
    if (text === undefined) return undefined;
    const found = known.find((value) => value === text);
    if (found === undefined) throw new Error(`--${flag} takes ${known.join(', ')}, not '${text}'`);
    return found;
  }

  address(flag: string): TcpAddress | undefined {
    const text = this.text(flag);
    if (text === undefined) return undefined;
    const address = parseTcpAddress(text);
    if (!address) throw new Error(`--${flag} takes [HOST:]PORT, not '${text}'`);
    return address;
  }

  key(flag: string): Uint8Array | undefined {
    const text = this.text(flag);
    if (text === undefined) return undefined;
    if (!/^[0-9a-fA-F]{64}$/.test(text)) throw new Error(`--${flag} takes 64 hex digits`);
    return Buffer.from(text, 'hex');
  }

  /** `--http` with a port, `--http` with `--port`, or `--port` alone. */
  httpPort(): number | undefined {
    const port = this.text('http') || this.text('port') || (this.has('http') ? '0' : undefined);
    if (port === undefined) return undefined;
    if (!/^\d+$/.test(port) || Number(port) > 65_535) throw new Error(`--http takes a port, not '${port}'`);
    return Number(port);
  }
}

function splitFlag(argument: string): [string, string | undefined] {
  if (argument === '-h') return ['h', undefined];
  if (!argument.startsWith('--')) throw new Error(`unknown argument '${argument}'`);
  const equals = argument.indexOf('=');
  return equals < 0 ? [argument.slice(2), undefined] : [argument.slice(2, equals), argument.slice(equals + 1)];
}
