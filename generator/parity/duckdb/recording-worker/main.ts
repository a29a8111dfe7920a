/**
 * The worker that `vgi-gen parity --duckdb` attaches: `--unix PATH --record FOLDER`. It serves any number of clients on the socket, and what each
 * connection sends ends up as it is in a file of the folder, `1.bin` for the first. It ends when its stdin does.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RpcServer, serveUnix } from 'vgi-gen/runtime/v1';
import { vgiProtocol } from 'vgi-gen/vgi';
import { recordedChannel } from './recorded-channel.ts';
import { RecordingHandlers } from './recording-handlers.ts';

const { unix: path, record } = parseArgs({ options: { unix: { type: 'string' }, record: { type: 'string' } } }).values;
if (path === undefined || record === undefined) throw new Error('usage: recording-worker --unix PATH --record FOLDER');

const server = new RpcServer([{ protocol: vgiProtocol, handlers: new RecordingHandlers() }]);
let connections = 0;
const running = await serveUnix({ path, serve: (channel) => server.serve(recordedChannel(channel, join(record, `${++connections}.bin`))) });
process.stdin.resume().on('end', () => process.exit(0));
process.stdout.write(`UNIX:${path}\n`);
await running.stopped;
