import { expect, it } from 'vitest';
import { canGauge } from '../rpc/soak/process-gauge.ts';
import { fixtureWorkerCommand } from '../sql/fixture-worker-command.ts';
import { engineProblems, engineSoak } from './soak/engine-soak.ts';
import { questionKinds } from './soak/queries.ts';

/** Questions with interrupts, and as many with workers killed as well, after two rounds of each kind: 200 in all. The long form of this test is `make soak`. */
const QUESTIONS = 80;

it.runIf(canGauge).each(['command line', 'launch'])('answers questions of every kind on 8 connections among interrupts and kills, and leaves nothing behind, by %s', { timeout: 120_000 }, async (transport) => {
  const report = await engineSoak({ command: fixtureWorkerCommand(), launch: transport === 'launch', seed: 1, questions: QUESTIONS });
  expect(engineProblems(report)).toEqual([]);
  for (const { name } of questionKinds) expect(report.done.get(name), name).toBeGreaterThanOrEqual(8);
  expect(report.kills).toBeGreaterThan(3);
});
