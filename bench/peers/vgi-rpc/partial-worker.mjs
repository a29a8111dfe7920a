/**
 * Some methods of the conformance service, served by @query-farm/vgi-rpc: `partial-worker.mjs [--unix PATH | --tcp | --http]`, stdin and stdout
 * without a flag. Says where it accepts as all workers do.
 */
import { createServer } from 'node:http';
import { createHttpHandler, float, int, Protocol, serveTcp, serveUnix, str, VgiRpcServer } from '@query-farm/vgi-rpc';

const [flag, place] = process.argv.slice(2);
const rows = { index: int, value: int };
const numbers = { value: float };
const row = (index) => ({ index: BigInt(index), value: BigInt(10 * index) });

class ValueError extends Error {
  name = 'ValueError';
}

class RuntimeError extends Error {
  name = 'RuntimeError';
}

/** A function of its own: the stack that travels with the error names it. */
function raiseValueError({ message }) {
  throw new ValueError(message);
}

const counted = (extra) => ({
  outputSchema: rows,
  init: ({ count }) => ({ count: Number(count), sent: 0 }),
  produce: (state, out) => {
    if (state.sent >= state.count) return out.finish();
    extra?.(state.sent, out);
    out.emitRow(row(state.sent++));
  },
});
const column = (batch) => Array.from(batch.getChild('value'));

const protocol = new Protocol('ConformanceService', { protocolVersion: '2.0.0' });
protocol.unary('echo_int', { params: { value: int }, result: { result: int }, handler: ({ value }) => ({ result: value }) });
protocol.unary('echo_string', { params: { value: str }, result: { result: str }, handler: ({ value }) => ({ result: value }) });
protocol.unary('void_noop', { params: {}, result: {}, handler: () => ({}) });
protocol.unary('raise_value_error', { params: { message: str }, result: { result: str }, handler: raiseValueError });
protocol.unary('echo_with_multi_logs', {
  params: { value: str },
  result: { result: str },
  handler: ({ value }, context) => {
    for (const level of ['DEBUG', 'INFO', 'WARN']) context.clientLog(level, `${level.toLowerCase()}: ${value}`);
    return { result: value };
  },
});
protocol.producer('produce_n', { params: { count: int }, ...counted() });
protocol.producer('produce_with_logs', { params: { count: int }, ...counted((batch, out) => out.clientLog('INFO', `producing batch ${batch}`)) });
protocol.producer('produce_error_mid_stream', {
  params: { emit_before_error: int },
  ...counted(),
  init: ({ emit_before_error }) => ({ count: Number(emit_before_error), sent: 0 }),
  produce: (state, out) => {
    if (state.sent >= state.count) throw new RuntimeError(`intentional error after ${state.count} batches`);
    out.emitRow(row(state.sent++));
  },
});
protocol.producer('produce_with_header', {
  params: { count: int },
  ...counted(),
  headerSchema: { total_expected: int, description: str },
  headerInit: ({ count }) => ({ total_expected: count, description: `producing ${count} batches` }),
});
protocol.exchange('exchange_scale', {
  params: { factor: float },
  inputSchema: numbers,
  outputSchema: numbers,
  init: ({ factor }) => ({ factor }),
  exchange: (state, input, out) => out.emit({ value: column(input).map((value) => (value === null ? null : value * state.factor)) }),
});
protocol.exchange('exchange_error_on_nth', {
  params: { fail_on: int },
  inputSchema: numbers,
  outputSchema: numbers,
  init: ({ fail_on }) => ({ failOn: Number(fail_on), turn: 0 }),
  exchange: (state, input, out) => {
    state.turn += 1;
    if (state.turn >= state.failOn) throw new RuntimeError(`intentional error on exchange ${state.turn}`);
    out.emit({ value: column(input) });
  },
});

function serveHttp() {
  const handle = createHttpHandler(protocol, { tokenKey: new Uint8Array(32).fill(7) });
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const body = chunks.length === 0 ? undefined : Buffer.concat(chunks);
    const answer = await handle(new Request(`http://127.0.0.1${request.url}`, { method: request.method, headers: request.headers, ...(body && { body }) }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, '127.0.0.1', () => process.stdout.write(`PORT:${server.address().port}\n`));
}

if (flag === '--unix') await serveUnix(protocol, { unixPath: place, idleTimeout: 0 });
else if (flag === '--tcp') await serveTcp(protocol, { idleTimeout: 0 });
else if (flag === '--http') serveHttp();
else await new VgiRpcServer(protocol).run();
