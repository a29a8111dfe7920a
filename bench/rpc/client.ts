/** What the bench takes of ours, as one bundle. */
export { BenchClient } from '../../generated/bench/ts/index.ts';
export { ChannelConnection, connectUnix, SubprocessConnection } from 'vgi-gen/runtime/v1';
