import { type ExchangeStream, RpcError } from 'vgi-gen/runtime/v1';
import { BenchHandlers, type EchoIntParams, type EchoStringParams, type ExchangeEchoInput, type ExchangeEchoOutput, type ProduceBlockOutput, type ProduceBlockParams } from '../../generated/bench/ts/index.ts';

/** Does as little as the protocol allows, so that what is measured is the runtime. */
export class BenchService extends BenchHandlers {
  echoInt({ value }: EchoIntParams): bigint {
    return value;
  }

  echoString({ value }: EchoStringParams): string {
    return value;
  }

  *produceBlock({ rows, count }: ProduceBlockParams): Generator<ProduceBlockOutput> {
    if (rows < 0n || count < 0n) throw new RpcError(`produce_block: rows and count must not be negative (got ${rows} and ${count})`, { type: 'ValueError' });
    const block = {
      value: Float64Array.from({ length: Number(rows) }, (_, row) => row / 2),
      index: BigInt64Array.from({ length: Number(rows) }, (_, row) => BigInt(row)),
    };
    for (let sent = 0n; sent < count; sent++) yield block;
  }

  exchangeEcho(): ExchangeStream<ExchangeEchoInput, ExchangeEchoOutput> {
    return { state: undefined, exchange: (_state, input) => input };
  }
}
