import { expect } from 'vitest';
import { call, type ConformanceCall, failure, keepLogs, line } from './conformance-call.ts';

export const errorAndLogCalls: readonly ConformanceCall[] = [
  call('raise_value_error', 'type, message and traceback', async (client) => {
    const error = await failure(client.raiseValueError({ message: 'bad value: ü' }));
    expect(error.type).toBe('ValueError');
    expect(error.message).toBe('bad value: ü');
    expect(error.remoteTraceback).toContain('bad value: ü');
    expect(error.remoteTraceback).toMatch(/raise_?value_?error/i);
  }),
  call('raise_runtime_error', 'type and message', async (client) => {
    const error = await failure(client.raiseRuntimeError({ message: 'went wrong' }));
    expect([error.type, error.message]).toEqual(['RuntimeError', 'went wrong']);
  }),
  call('raise_type_error', 'type and message, empty', async (client) => {
    const error = await failure(client.raiseTypeError({ message: '' }));
    expect([error.type, error.message]).toEqual(['TypeError', '']);
  }),

  call('echo_with_info_log', 'one line', async (client) => {
    const { logs, options } = keepLogs();
    expect(await client.echoWithInfoLog({ value: 'v' }, options)).toBe('v');
    expect(logs).toEqual([{ level: 'INFO', message: 'info: v', extra: {} }]);
  }),
  call('echo_with_multi_logs', 'three lines in order', async (client) => {
    const { logs, options } = keepLogs();
    expect(await client.echoWithMultiLogs({ value: 'v' }, options)).toBe('v');
    expect(logs.map(line)).toEqual(['DEBUG debug: v', 'INFO info: v', 'WARN warn: v']);
  }),
  call('echo_with_log_extras', 'extras', async (client) => {
    const { logs, options } = keepLogs();
    expect(await client.echoWithLogExtras({ value: 'v"ü' }, options)).toBe('v"ü');
    expect(logs).toEqual([{ level: 'INFO', message: 'info: v"ü', extra: { source: 'conformance', detail: 'v"ü' } }]);
  }),
  call('echo_with_all_log_levels', 'every level', async (client) => {
    const { logs, options } = keepLogs();
    expect(await client.echoWithAllLogLevels({ value: 'v' }, options)).toBe('v');
    expect(logs.map(line)).toEqual(['TRACE trace: v', 'DEBUG debug: v', 'INFO info: v', 'WARN warn: v', 'ERROR error: v']);
  }),
];
