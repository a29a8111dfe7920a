import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { actions } from './soak/actions.ts';
import { canGauge } from './soak/process-gauge.ts';
import { problems, soak } from './soak/soak.ts';

const SECONDS = 20;

/** The built worker; `npm ci` or `node tools/build.mjs` makes it. The long form of this test is `make soak`. */
const worker = fileURLToPath(new URL('../../bin/vgi-conformance-worker', import.meta.url));

it('loses and mixes up no answer among kills, cancels and truncated requests, and leaves nothing behind', { timeout: (SECONDS + 60) * 1000 }, async () => {
  const report = await soak({ seconds: SECONDS, clients: 24, seed: 1, worker });
  expect(problems(report)).toEqual([]);
  for (const { name } of actions) {
    for (const place of ['unix', 'http', 'pool']) expect(report.done.get(`${place}: ${name}`), `${place}: ${name}`).toBeGreaterThan(0);
  }
  expect(report.growth.length).toBe(canGauge ? 3 : 0);
});
