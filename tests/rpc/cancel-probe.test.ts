import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelProbe } from '../../conformance/cancel-probe.ts';

describe('CancelProbe', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'probe-'));
    file = join(folder, 'probe.json');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('counts for itself without a file', () => {
    const [one, other] = [new CancelProbe(undefined), new CancelProbe('')];
    one.add('produce_calls');
    expect(one.counters()).toEqual({ produce_calls: 1, exchange_calls: 0, on_cancel_calls: 0 });
    expect(other.counters()).toEqual({ produce_calls: 0, exchange_calls: 0, on_cancel_calls: 0 });
  });

  it('shares the counters of a file', () => {
    const [one, other] = [new CancelProbe(file), new CancelProbe(file)];
    one.add('produce_calls');
    other.add('produce_calls');
    other.add('on_cancel_calls');
    const counted = { produce_calls: 2, exchange_calls: 0, on_cancel_calls: 1 };
    expect(one.counters()).toEqual(counted);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(counted);
    one.reset();
    expect(other.counters()).toEqual({ produce_calls: 0, exchange_calls: 0, on_cancel_calls: 0 });
    expect(readdirSync(folder)).toEqual(['probe.json']);
  });

  it('takes over the lock of a process that was killed', () => {
    const lock = `${file}.lock`;
    writeFileSync(lock, '');
    utimesSync(lock, 0, 0);
    const probe = new CancelProbe(file);
    probe.add('exchange_calls');
    expect(probe.counters().exchange_calls).toBe(1);
  });
});
