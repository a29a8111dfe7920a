import { readFileSync, writeFileSync } from 'node:fs';
import { withFileLock } from './file-lock.ts';

/** How often the cancellable streams were asked for a batch, and how often they were told of a cancel. */
export interface ProbeCounters {
  produce_calls: number;
  exchange_calls: number;
  on_cancel_calls: number;
}

const zero = (): ProbeCounters => ({ produce_calls: 0, exchange_calls: 0, on_cancel_calls: 0 });

/**
 * The counters behind `cancel_probe_counters`. They live in this process or, where several processes answer for one service, in
 * the JSON file named by the environment variable VGI_RPC_CONFORMANCE_PROBE_FILE.
 */
export class CancelProbe {
  readonly #file: string | undefined;
  #counters = zero();

  constructor(file: string | undefined) {
    this.#file = file || undefined;
  }

  add(counter: keyof ProbeCounters): void {
    this.#change((counters) => {
      counters[counter] += 1;
    });
  }

  reset(): void {
    this.#change((counters) => Object.assign(counters, zero()));
  }

  counters(): ProbeCounters {
    const file = this.#file;
    return file === undefined ? { ...this.#counters } : withFileLock(file, () => readCounters(file));
  }

  #change(change: (counters: ProbeCounters) => void): void {
    const file = this.#file;
    if (file === undefined) return change(this.#counters);
    withFileLock(file, () => {
      const counters = readCounters(file);
      change(counters);
      writeFileSync(file, JSON.stringify(counters));
    });
  }
}

/** A file that is missing or empty has not counted yet. */
function readCounters(file: string): ProbeCounters {
  try {
    const text = readFileSync(file, 'utf8');
    return text === '' ? zero() : { ...zero(), ...(JSON.parse(text) as Partial<ProbeCounters>) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return zero();
    throw error;
  }
}
