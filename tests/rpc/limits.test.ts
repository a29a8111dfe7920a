import { connect, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConformanceClient } from '../../generated/conformance/ts/index.ts';
import { CancelProbe } from '../../conformance/cancel-probe.ts';
import { conformanceServices } from '../../conformance/conformance-services.ts';
import { ConformanceService } from '../../conformance/service.ts';
import { IpcMessageReader } from '../../runtime/arrow/ipc-message-reader.ts';
import { splitIpcStream } from '../../runtime/arrow/ipc-stream.ts';
import type { Message } from '../../runtime/arrow/message.ts';
import { endOfStream } from '../../runtime/arrow/stream-encoder.ts';
import { ChannelConnection } from '../../runtime/rpc/client-connection.ts';
import { MessageInput } from '../../runtime/rpc/message-input.ts';
import { RpcServer } from '../../runtime/rpc/server.ts';
import { requestFor } from '../http/raw-requests.ts';
import { memoryChannels } from '../../runtime/transport/memory.ts';
import { serveUnix } from '../../runtime/transport/unix.ts';

const LIMIT = 1 << 20;
const server = new RpcServer(conformanceServices(new ConformanceService(new CancelProbe(undefined))), { maxMessageBytes: LIMIT });

describe('messages beyond the limit of the server', () => {
  it.each([1, 2, 64])('are refused by %i times the limit, and the connection stays usable', async (times) => {
    const [near, far] = memoryChannels();
    void server.serve(far);
    const client = new ConformanceClient(new ChannelConnection(near));
    await expect(client.echoBytes({ data: new Uint8Array(LIMIT * times) })).rejects.toMatchObject({ type: 'MessageTooLargeError' });
    expect(await client.echoString({ value: 'still here' })).toBe('still here');
    await client.close();
  });

  it('of 2 GiB and a byte, which no reader of IPC takes, are read away and refused', { timeout: 60_000 }, async () => {
    const BODY_BYTES = 2 ** 31 + 1;
    const [near, far] = memoryChannels();
    const served = new RpcServer(conformanceServices(new ConformanceService(new CancelProbe(undefined)))).serve(far);
    const { schemaMessage, batch } = splitIpcStream(requestFor('echo_bytes', { data: new Uint8Array(0) }));
    if (!batch) throw new Error('the request has no batch');
    await near.write([schemaMessage, announcing(batch, BODY_BYTES)]);
    const part = new Uint8Array(64 << 20);
    for (let sent = 0; sent < BODY_BYTES; sent += part.length) await near.write([part.subarray(0, Math.min(part.length, BODY_BYTES - sent))]);
    await near.write([endOfStream]);
    const input = new MessageInput(near);
    expect(await firstMetadata(input)).toMatchObject({ 'vgi_rpc.log_message': `MessageTooLargeError: a message with a body of ${BODY_BYTES} bytes is more than is accepted here` });
    await near.write([requestFor('echo_int', { value: 7n })]);
    expect(await firstMetadata(input)).toEqual({});
    near.close();
    await served;
  });

  it('end a stream with an error', async () => {
    const [near, far] = memoryChannels();
    void server.serve(far);
    const client = new ConformanceClient(new ChannelConnection(near));
    const exchange = await client.exchangeScale({ factor: 2 });
    expect((await exchange.exchange({ value: new Float64Array([1]) })).value).toEqual(new Float64Array([2]));
    await expect(exchange.exchange({ value: new Float64Array(LIMIT) })).rejects.toMatchObject({ type: 'MessageTooLargeError' });
    expect(await client.echoInt({ value: 7n })).toBe(7n);
    await client.close();
  });

  it('are refused by a client that limits answers', async () => {
    const [near, far] = memoryChannels();
    void server.serve(far);
    const client = new ConformanceClient(new ChannelConnection(near, undefined, { maxMessageBytes: 4096 }));
    await expect(client.oversizedUnary({ targetBytes: 100_000n })).rejects.toMatchObject({ type: 'MessageTooLargeError' });
    expect(await client.echoInt({ value: 7n })).toBe(7n);
    await client.close();
  });
});

/** The message with another length of its body: the metadata alone, and what its flatbuffer says of what follows. */
function announcing({ bytes, bodyStart }: Message, bodyBytes: number): Uint8Array {
  const head = Buffer.from(bytes.subarray(0, bodyStart));
  const length = head.indexOf(bodyLengthOf(bytes.length - bodyStart));
  expect(length).toBeGreaterThan(0);
  head.writeBigInt64LE(BigInt(bodyBytes), length);
  return head;
}

function bodyLengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigInt64LE(BigInt(bytes));
  return length;
}

/** Metadata of the one batch of the next stream. */
async function firstMetadata(input: MessageInput): Promise<Record<string, string>> {
  const stream = await input.stream();
  return Object.fromEntries(stream?.batch?.customMetadata ?? []);
}

describe('a method name that is not UTF-8', () => {
  it('is a ProtocolError of the call', async () => {
    const [near, far] = memoryChannels();
    void server.serve(far);
    const request = Buffer.from(requestFor('echo_int', { value: 7n }));
    request[request.indexOf('echo_int')] = 0xff;
    await near.write([request]);
    const input = new MessageInput(near);
    expect(await firstMetadata(input)).toMatchObject({ 'vgi_rpc.log_message': 'ProtocolError: the method name in vgi_rpc.method is not UTF-8' });
    await near.write([requestFor('echo_int', { value: 7n })]);
    expect(await firstMetadata(input)).toEqual({});
    near.close();
  });
});

describe('bytes that are no Arrow IPC', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vgi-gen-limits-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('get one typed error, and the peer is not left writing', async () => {
    const running = await serveUnix({ path: join(folder, 's.sock'), serve: (channel) => server.serve(channel) });
    const socket: Socket = connect(join(folder, 's.sock'));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => {});
    // Far more than the pipes hold: a server that stops reading would leave this client stuck.
    socket.write('GET / HTTP/1.1\r\n'.repeat(2_000_000));
    await closed;
    const messages = new IpcMessageReader().push(Buffer.concat(chunks));
    expect(messages.map(({ kind }) => kind)).toEqual(['schema', 'batch', 'end']);
    expect(messages[1]?.customMetadata.get('vgi_rpc.log_message')).toMatch(/do not begin an Arrow IPC message/);
    running.stop();
    await running.stopped;
  });
});
