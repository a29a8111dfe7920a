import type { Terminal } from '../../generator/cli/command.ts';
import { runSafely } from '../../generator/cli/run-safely.ts';

export interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly colour?: boolean;
  readonly interrupted?: AbortSignal;
  /** Told of everything that is said on stderr. */
  onTalk?(text: string): void;
}

/** Runs one command line as the program would in a folder. */
export async function runInFolder(folder: string, argv: readonly string[], { stdin = '', colour = false, interrupted = new AbortController().signal, onTalk }: RunOptions = {}): Promise<Run> {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    cwd: folder,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
      onTalk?.(text);
    },
    readStdin: async () => new TextEncoder().encode(stdin),
    colour,
    interrupted,
  };
  const status = await runSafely(terminal, argv, '1.2.3');
  return { status, out, err };
}
