import { resolve } from 'node:path';
import { parseTcpAddress } from 'vgi-gen/runtime/v1';

type TcpAddress = NonNullable<ReturnType<typeof parseTcpAddress>>;

/** What the command line asks for; stdin and stdout are served without a transport. */
export interface WorkerOptions {
  readonly help: boolean;
  /** Absolute path. */
  readonly unix?: string;
  readonly tcp?: TcpAddress;
}

export const usage = `usage: vgi-bench-worker [--unix PATH | --tcp [HOST:]PORT]

Serves the protocol Bench (schema/bench/protocol.yaml) on stdin and stdout, an AF_UNIX socket or a TCP port.
`;

/** Reads the command line. Throws an `Error` that tells the user what is wrong. */
export function readOptions(args: readonly string[]): WorkerOptions {
  let options: WorkerOptions = { help: false };
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] as string;
    const [flag = '', joined] = argument.split(/=(.*)/s);
    if (flag === '-h' || flag === '--help') options = { ...options, help: true };
    else if (flag !== '--unix' && flag !== '--tcp') throw new Error(`unknown argument '${argument}'`);
    else {
      const value = joined ?? args[++at];
      if (!value) throw new Error(`${flag} takes a value`);
      options = { ...options, ...(flag === '--unix' ? { unix: resolve(value) } : { tcp: tcpAddress(value) }) };
    }
  }
  if (options.unix !== undefined && options.tcp !== undefined) throw new Error('--unix and --tcp exclude each other');
  return options;
}

function tcpAddress(text: string): TcpAddress {
  const address = parseTcpAddress(text);
  if (!address) throw new Error(`--tcp takes [HOST:]PORT, not '${text}'`);
  return address;
}
