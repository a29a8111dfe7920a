import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ByteChannel, connectTcp, connectUnix } from 'vgi-gen/runtime/v1';
import { afterEach, describe, expect, it } from 'vitest';
import { echoIntResultCodec, echoStringResultCodec } from '../../generated/bench/ts/calls.ts';
import { MessageInput } from '../../runtime/rpc/message-input.ts';

const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-input-'));
const path = join(folder, 's.sock');
let server: Server;

/** A server that does this with each connection. */
async function serving(serve: (socket: Socket) => void, place: { path: string } | { port: number } = { path }): Promise<void> {
  server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(place, resolve));
}

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(path, { force: true });
});

const texts = (count: number, length: number): string[] => Array.from({ length: count }, (_, i) => String.fromCharCode(97 + (i % 26)).repeat(length + (i % 13)));

async function expectTexts(channel: ByteChannel, expected: readonly string[]): Promise<void> {
  const input = new MessageInput(channel);
  for (const text of expected) expect(echoStringResultCodec.decodeMessages((await input.stream()) ?? { schemaMessage: new Uint8Array(0), dictionaries: [] }) === text).toBe(true);
  expect(await input.stream()).toBeUndefined();
  channel.close();
}

describe('messages from a socket that reads into one buffer', () => {
  it.each([
    ['many in a chunk', 5000, 10],
    ['of the size of the buffer', 40, 256 * 1024],
    ['over many chunks', 20, 3_000_000],
    ['with parts that lie anywhere', 400, 70_001],
    ['longer than what is allocated on trust', 2, 40_000_000],
  ])('%s are whole', async (_title, count, length) => {
    const expected = texts(count, length);
    await serving((socket) => socket.end(Buffer.concat(expected.map((text) => echoStringResultCodec.encode(text)))));
    await expectTexts(await connectUnix(path), expected);
  });

  it('are kept from being overwritten by later ones', async () => {
    const expected = texts(60, 50_000);
    await serving((socket) => socket.end(Buffer.concat(expected.map((text) => echoStringResultCodec.encode(text)))));
    const channel = await connectUnix(path);
    const input = new MessageInput(channel);
    const streams = [];
    for (let stream = await input.stream(); stream; stream = await input.stream()) streams.push(stream);
    expect(streams.map((stream) => echoStringResultCodec.decodeMessages(stream))).toEqual(expected);
    channel.close();
  });

  it('that nobody reads make the sender wait, and come later', async () => {
    const expected = texts(60, 1_000_000);
    let sender: Socket | undefined;
    await serving((socket) => {
      sender = socket;
      for (const text of expected) socket.write(echoStringResultCodec.encode(text));
      socket.end();
    });
    const channel = await connectUnix(path);
    const input = new MessageInput(channel);
    await sleep(300);
    expect(sender?.writableLength).toBeGreaterThan(40_000_000);
    for (const text of expected) {
      const stream = await input.stream();
      expect(stream && echoStringResultCodec.decodeMessages(stream) === text).toBe(true);
    }
    expect(await input.stream()).toBeUndefined();
    channel.close();
  });

  it('come over TCP too', async () => {
    const expected = texts(30, 300_000);
    await serving((socket) => socket.end(Buffer.concat(expected.map((text) => echoStringResultCodec.encode(text)))), { port: 0 });
    const address = server.address();
    await expectTexts(await connectTcp(typeof address === 'object' && address ? address.port : 0), expected);
  });

  it('that end in the middle are a TransportError, after those that are whole', async () => {
    const bytes = echoIntResultCodec.encode(5n);
    await serving((socket) => socket.end(Buffer.concat([bytes, bytes.subarray(0, 100)])));
    const channel = await connectUnix(path);
    const input = new MessageInput(channel);
    const first = await input.stream();
    expect(first && echoIntResultCodec.decodeMessages(first)).toBe(5n);
    await expect(input.stream()).rejects.toMatchObject({ type: 'TransportError' });
    channel.close();
  });

  it('that are none are an ArrowError, after those that are whole', async () => {
    let sender: Socket | undefined;
    await serving((socket) => {
      sender = socket;
      socket.write(echoIntResultCodec.encode(6n));
    });
    const channel = await connectUnix(path);
    const input = new MessageInput(channel);
    const first = await input.stream();
    expect(first && echoIntResultCodec.decodeMessages(first)).toBe(6n);
    sender?.end('HTTP/1.1 200 OK');
    await expect(input.stream()).rejects.toThrow(/do not begin an Arrow IPC message/);
    channel.close();
  });
});
