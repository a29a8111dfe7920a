import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { HttpConnection } from 'vgi-gen/runtime/http';
import { ChannelConnection, connectTcp } from 'vgi-gen/runtime/v1';
import { describe, expect, it } from 'vitest';
import { readOptions } from '../../conformance/options.ts';
import { ConformanceClient } from '../../generated/conformance/ts/index.ts';

const worker = fileURLToPath(new URL('../../bin/vgi-conformance-worker', import.meta.url));

describe('the command line of the conformance worker', () => {
  it.each([
    [[], { help: false, prefix: '', host: '127.0.0.1', proofMode: 'off' }],
    [['--http'], { http: 0 }],
    [['--http', '8080'], { http: 8080 }],
    [['--http', '--port', '8081'], { http: 8081 }],
    [['--http=8082'], { http: 8082 }],
    [['--port', '0'], { http: 0 }],
    [['--http', '--no-sticky', '--sticky-ttl', '2.5'], { http: 0, noSticky: true, stickyTtl: 2.5 }],
    [['--cors-origin', 'https://a.example', '--cors-origin', 'https://b.example'], { corsOrigins: ['https://a.example', 'https://b.example'] }],
    [['--token-key', 'ab'.repeat(32)], { tokenKey: Buffer.alloc(32, 0xab) }],
    [['--tcp', '[::1]:9'], { tcp: { host: '::1', port: 9 } }],
    [['--unix', '/tmp/x.sock', '--idle-timeout', '3'], { unix: '/tmp/x.sock', idleTimeout: 3 }],
    [['--compression', 'zstd', '--proof-mode', 'require'], { compression: 'zstd', proofMode: 'require' }],
  ])('%j', (args, expected) => {
    expect(readOptions(args)).toMatchObject(expected);
  });

  it.each([
    [['--frobnicate'], "unknown argument '--frobnicate'"],
    [['stray'], "unknown argument 'stray'"],
    [['--http', '--unix', '/tmp/x'], 'exclude each other'],
    [['--tcp'], '--tcp takes a value'],
    [['--tcp', 'nonsense'], "--tcp takes [HOST:]PORT, not 'nonsense'"],
    [['--max-request-bytes', 'many'], "--max-request-bytes takes a number, not 'many'"],
    [['--token-key', 'abc'], '64 hex digits'],
    [['--compression', 'lzma'], "takes zstd, not 'lzma'"],
    [['--http=99999'], "takes a port, not '99999'"],
    [['--idle-timeout', '3'], '--idle-timeout needs --unix'],
  ])('%j is refused', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});

/** The first line of stdout, and everything that comes after it. */
async function started(args: readonly string[]): Promise<{ child: ChildProcess; line: string; stop: () => Promise<[number | null, string]> }> {
  const child = spawn(worker, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  const stop = (): Promise<[number | null, string]> =>
    new Promise((resolve) => {
      child.once('exit', (code) => resolve([code, text]));
      child.kill('SIGTERM');
    });
  return { child, line, stop };
}

describe('the conformance worker', () => {
  it('serves HTTP, says its port in one line and ends with 0', async () => {
    const { line, stop } = await started(['--http', '--prefix', '/vgi']);
    const port = /^PORT:(\d+)$/.exec(line)?.[1];
    const client = new ConformanceClient(new HttpConnection({ url: `http://127.0.0.1:${port}/vgi` }));
    expect(await client.echoInt({ value: 7n })).toBe(7n);
    expect(await stop()).toEqual([0, `${line}\n`]);
  });

  it('serves TCP, says its address in one line and ends with 0', async () => {
    const { line, stop } = await started(['--tcp', '0']);
    const [, host, port] = /^TCP:(127\.0\.0\.1):(\d+)$/.exec(line) ?? [];
    const client = new ConformanceClient(new ChannelConnection(await connectTcp(Number(port), host)));
    expect(await client.echoInt({ value: 7n })).toBe(7n);
    expect(await stop()).toEqual([0, `${line}\n`]);
  });

  it.each([
    [['--frobnicate'], 2],
    [['--tcp', 'nonsense'], 2],
    [['--http', '--proof-mode', 'require'], 1],
  ])('%j ends with %i', async (args, code) => {
    const child = spawn(worker, args, { stdio: 'ignore' });
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(code);
  });
});
