/** The protocol Bench on stdin and stdout, served by @query-farm/vgi-rpc. */
import { makeData, RecordBatch, Struct } from '@query-farm/apache-arrow';
import { float, int, Protocol, str, toSchema, VgiRpcServer } from '@query-farm/vgi-rpc';

const block = toSchema({ value: float, index: int });

/** A finished batch, the cheapest thing that its producers can emit. */
function blockOf(length) {
  const columns = [Float64Array.from({ length }, (_, row) => row / 2), BigInt64Array.from({ length }, (_, row) => BigInt(row))];
  const children = block.fields.map(({ type }, at) => makeData({ type, length, nullCount: 0, data: columns[at] }));
  return new RecordBatch(block, makeData({ type: new Struct(block.fields), length, nullCount: 0, children }));
}

const protocol = new Protocol('Bench', { protocolVersion: '1.0.0' });
protocol.unary('echo_int', { params: { value: int }, result: { result: int }, handler: ({ value }) => ({ result: value }) });
protocol.unary('echo_string', { params: { value: str }, result: { result: str }, handler: ({ value }) => ({ result: value }) });
protocol.producer('produce_block', {
  params: { rows: int, count: int },
  outputSchema: block,
  init: ({ rows, count }) => ({ left: Number(count), batch: blockOf(Number(rows)) }),
  produce: (state, out) => {
    if (state.left-- > 0) out.emit(state.batch);
    else out.finish();
  },
});
protocol.exchange('exchange_echo', {
  params: {},
  inputSchema: block,
  outputSchema: block,
  init: () => ({}),
  exchange: (_state, input, out) => out.emit(input),
});
await new VgiRpcServer(protocol).run();
