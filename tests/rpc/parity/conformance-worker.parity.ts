import { join } from 'node:path';
import { describeWorker, loadLayouts } from 'vgi-gen/runtime/v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConformanceClient, conformanceProtocol } from '../../../generated/conformance/ts/index.ts';
import { protocolHash } from '../../../runtime/rpc/protocol-hash.ts';
import { conformanceCalls } from '../conformance-calls.ts';
import { routedCalls } from '../calls/routed-calls.ts';
import { binOf, type Mode, openWorker, type OpenWorker } from './reference-worker.ts';

const modes: readonly Mode[] = ['pipe', 'unix', 'tcp', 'http'];
const releases = [
  { release: '0.42.3', version: '1.0.0', calls: conformanceCalls.filter((call) => !routedCalls.includes(call)) },
  { release: 'newest', version: '2.0.0', calls: conformanceCalls },
] as const;

/** The first turn of a producer is in the answer that opens it. */
const countsTurns = ({ title, method }: (typeof conformanceCalls)[number]): boolean => `${method}: ${title}` === 'cancellable_producer: cancel before the first batch';

/** The 0.42.3 worker answers the input of a stream that failed to open as if it were a request, so that nothing can follow on its connection. */
const leavesInput = ({ method }: (typeof conformanceCalls)[number]): boolean => /_error_on_init$|_session_counter$/.test(method);

const combinations = releases.flatMap((release) => modes.map((mode) => ({ ...release, mode })));

/** The calls that every worker of ours gets, over one connection. */
describe.each(combinations)('the worker of vgi-rpc $release over $mode', ({ release, version, calls, mode }) => {
  const command = [join(binOf(release), 'vgi-rpc-conformance'), '--describe'];
  let worker: OpenWorker;
  let client: ConformanceClient;

  beforeAll(async () => {
    await loadLayouts(conformanceProtocol, version);
    worker = await openWorker(mode, command, ['--pipe']);
    client = new ConformanceClient(worker.connection, { version });
  });

  afterAll(async () => {
    await worker.connection.close();
    await worker.stop();
  });

  const spoils = (call: (typeof conformanceCalls)[number]): boolean => release === '0.42.3' && mode !== 'http' && leavesInput(call);
  const named = (wanted: (call: (typeof conformanceCalls)[number]) => boolean) => calls.filter(wanted).map(({ method, title, run }) => [`${method}: ${title}`, run] as const);

  it.each(named((call) => !spoils(call) && !(mode === 'http' && countsTurns(call))))('%s', async (_name, run) => {
    await run(client);
    expect(await client.echoString({ value: 'still usable' })).toBe('still usable');
  });

  if (calls.some(spoils)) {
    it.each(named(spoils))('%s, on a connection of its own', async (_name, run) => {
      const own = await openWorker('pipe', command, ['--pipe']);
      await run(new ConformanceClient(own.connection, { version }));
      await own.connection.close();
    });
  }

  it('describes itself as we describe it', async () => {
    const description = await describeWorker(worker.connection);
    expect(description.by).toBe(release === 'newest' ? 'reflection' : 'describe');
    const protocol = description.protocols.find(({ name }) => name === conformanceProtocol.wireName);
    expect(protocol?.version).toBe(version);
    const ours = Object.values(conformanceProtocol.methods).filter(({ since }) => since <= version);
    expect(protocol?.methods.map(({ name }) => name)).toEqual(ours.map(({ name }) => name).sort());
    for (const { name, params, header } of protocol?.methods ?? []) {
      expect(params.fields, name).toEqual(conformanceProtocol.methods[name]?.params(version).schema.fields);
      expect(header?.fields, name).toEqual(conformanceProtocol.methods[name]?.header?.(version).schema.fields);
    }
  });
});

it('protocol hashes are those of the newest release', async () => {
  const worker = await openWorker('pipe', [join(binOf('newest'), 'vgi-rpc-conformance'), '--describe'], ['--pipe']);
  const { protocols } = await describeWorker(worker.connection, { own: true });
  await worker.connection.close();
  const { reflectionProtocol } = await import('../../../generated/reflection/ts/index.ts');
  expect(protocols.find(({ name }) => name === reflectionProtocol.wireName)?.hash).toBe(await protocolHash(reflectionProtocol, '1.0.0'));
});
