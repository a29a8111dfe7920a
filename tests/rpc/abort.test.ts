import { type ByteChannel, ChannelConnection, memoryChannels, type ResumableExchange, RpcServer } from 'vgi-gen/runtime/v1';
import { describe, expect, it } from 'vitest';
import { BenchClient, type EchoIntParams, type ExchangeEchoInput, BenchHandlers, benchProtocol, type EchoStringParams } from '../../generated/bench/ts/index.ts';

/** A service that answers `echo_int` and turns of streams only when it is told to. */
class SlowService extends BenchHandlers {
  asked = 0;
  cancelled = 0;
  answer: () => void = () => {};

  async echoInt({ value }: EchoIntParams): Promise<bigint> {
    await this.#told();
    return value;
  }

  echoString({ value }: EchoStringParams): string {
    return value;
  }

  async *produceBlock(): AsyncGenerator<{ value: number[]; index: bigint[] }> {
    try {
      for (let index = 0n; ; index++) {
        await this.#told();
        yield { value: [0], index: [index] };
      }
    } finally {
      this.cancelled += 1;
    }
  }

  exchangeEcho(): ResumableExchange<ExchangeEchoInput, ExchangeEchoInput> {
    return { state: undefined, exchange: (_state, input) => input, onCancel: () => void (this.cancelled += 1) };
  }

  #told(): Promise<void> {
    this.asked += 1;
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  }
}

function connected(): { service: SlowService; connection: ChannelConnection; client: BenchClient; written: () => number } {
  const service = new SlowService();
  const [near, far] = memoryChannels();
  void new RpcServer([{ protocol: benchProtocol, handlers: service }]).serve(far);
  let writes = 0;
  const counting: ByteChannel = {
    kind: near.kind,
    read: () => near.read(),
    write: (chunks) => {
      writes += 1;
      return near.write(chunks);
    },
    close: () => near.close(),
  };
  const connection = new ChannelConnection(counting);
  return { service, connection, client: new BenchClient(connection), written: () => writes };
}

const until = async (met: () => boolean): Promise<void> => {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe('a unary call', () => {
  it('that is aborted rejects with the reason and takes its connection with it', async () => {
    const { service, connection, client } = connected();
    const controller = new AbortController();
    const call = client.echoInt({ value: 1n }, { signal: controller.signal });
    await until(() => service.asked === 1);
    controller.abort(new Error('no longer wanted'));
    await expect(call).rejects.toThrow('no longer wanted');
    expect(connection.usable).toBe(false);
    await expect(client.echoString({ value: 'x' })).rejects.toMatchObject({ type: 'TransportError' });
  });

  it('that takes too long rejects with a TimeoutError that says how long', async () => {
    const { connection, client } = connected();
    await expect(client.echoInt({ value: 1n }, { timeout: 20 })).rejects.toMatchObject({ type: 'TimeoutError', message: 'echo_int: no answer within 20 ms' });
    expect(connection.usable).toBe(false);
  });

  it('that answers in time leaves no timer and no listener behind', async () => {
    const { connection, client } = connected();
    const controller = new AbortController();
    expect(await client.echoString({ value: 'quick' }, { timeout: 60_000, signal: controller.signal })).toBe('quick');
    controller.abort();
    expect(connection.usable).toBe(true);
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThan(5);
  });

  it('that waits for its turn can be aborted without harm to the one that runs', async () => {
    const { service, connection, client, written } = connected();
    const running = client.echoInt({ value: 7n });
    await until(() => service.asked === 1);
    const controller = new AbortController();
    const aborted = client.echoString({ value: 'a' }, { signal: controller.signal });
    const late = client.echoString({ value: 'b' }, { timeout: 10 });
    const patient = client.echoString({ value: 'c' });
    controller.abort(new Error('never mind'));
    await expect(aborted).rejects.toThrow('never mind');
    await expect(late).rejects.toMatchObject({ type: 'TimeoutError' });
    service.answer();
    expect(await running).toBe(7n);
    expect(await patient).toBe('c');
    expect(connection.usable).toBe(true);
    expect(written()).toBe(2);
  });

  it('with a signal that is aborted already is not made', async () => {
    const { connection, client, written } = connected();
    await expect(client.echoString({ value: 'x' }, { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
    expect(await client.echoString({ value: 'y' })).toBe('y');
    expect(connection.usable).toBe(true);
    expect(written()).toBe(1);
  });
});

describe('a stream', () => {
  it('that is aborted inside a turn is cancelled; its connection serves on', async () => {
    const { service, connection, client } = connected();
    const controller = new AbortController();
    const blocks = (await client.produceBlock({ rows: 1n, count: 1n }, { signal: controller.signal }))[Symbol.asyncIterator]();
    const first = blocks.next();
    await until(() => service.asked === 1);
    service.answer();
    expect((await first).value).toEqual({ value: new Float64Array([0]), index: new BigInt64Array([0n]) });
    const second = blocks.next();
    await until(() => service.asked === 2);
    controller.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    service.answer();
    expect(await client.echoString({ value: 'next' })).toBe('next');
    expect(service.cancelled).toBe(1);
    expect(connection.usable).toBe(true);
  });

  it('that is aborted between turns is cancelled at once', async () => {
    const { service, client } = connected();
    const controller = new AbortController();
    const exchange = await client.exchangeEcho({ signal: controller.signal });
    await exchange.exchange({ value: [1], index: [1n] });
    controller.abort(new Error('enough'));
    await expect(exchange.exchange({ value: [1], index: [1n] })).rejects.toThrow('enough');
    expect(await client.echoString({ value: 'next' })).toBe('next');
    expect(service.cancelled).toBe(1);
  });

  it('gives each turn its own deadline, and gives up a server that does not end its turn', async () => {
    const { service, connection, client } = connected();
    const blocks = (await client.produceBlock({ rows: 1n, count: 1n }, { timeout: 30 }))[Symbol.asyncIterator]();
    await expect(blocks.next()).rejects.toMatchObject({ type: 'TimeoutError', message: 'produce_block: no answer within 30 ms' });
    expect(service.asked).toBe(1);
    await expect(client.echoString({ value: 'x' })).rejects.toMatchObject({ type: 'TransportError' });
    expect(connection.usable).toBe(false);
  });
});
