import {
  binary, ChannelConnection, type ClientConnection, describeWorker, field, int64, memoryChannels, RecordBatch, RpcError, RpcServer, Schema, type Service, utf8, type WorkerDescription,
} from 'vgi-gen/runtime/v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchProtocol } from '../../generated/bench/ts/index.ts';
import { conformanceProtocol } from '../../generated/conformance/ts/index.ts';
import { ReflectionClient, reflectionProtocol } from '../../generated/reflection/ts/index.ts';
import { serviceDescriptionCodec } from '../../generated/reflection/ts/codecs.ts';
import { endOfStream, writeBatchMessage, writeSchemaMessage } from '../../runtime/arrow/stream-encoder.ts';
import { protocolHash } from '../../runtime/rpc/protocol-hash.ts';
import { HttpConnection, HttpHandler, serveHttp } from '../../runtime/http/index.ts';

/** What is asked here reaches no handler. */
const services: readonly Service[] = [
  { protocol: conformanceProtocol, handlers: {} },
  { protocol: benchProtocol, handlers: {} },
];

function inMemory(): ClientConnection {
  const [near, far] = memoryChannels();
  void new RpcServer(services, { serverId: 'server-1', serverVersion: 'build-7' }).serve(far);
  return new ChannelConnection(near);
}

describe.each(['memory', 'http'])('a worker over %s', (transport) => {
  let connection: ClientConnection;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    if (transport === 'memory') {
      connection = inMemory();
      return;
    }
    const handler = new HttpHandler(services, { serverId: 'server-1', serverVersion: 'build-7' });
    const running = await serveHttp({ handle: (request) => handler.handle(request) });
    connection = new HttpConnection({ url: `http://127.0.0.1:${running.port}` });
    stop = async () => {
      running.stop();
      await running.stopped;
    };
  });

  afterAll(async () => {
    await connection.close();
    await stop();
  });

  it('describes its protocols in order, with their methods and schemas', async () => {
    const { protocols, ...server } = await describeWorker(connection);
    expect(server).toEqual({ by: 'reflection', serverId: 'server-1', serverVersion: 'build-7', requestVersion: '1' });
    expect(protocols.map(({ name, version }) => [name, version])).toEqual([['ConformanceService', '2.0.0'], ['Bench', '1.0.0']]);
    const bench = protocols[1];
    expect(bench?.methods.map(({ name, kind }) => [name, kind])).toEqual([['echo_int', 'unary'], ['echo_string', 'unary'], ['exchange_echo', 'exchange'], ['produce_block', 'producer']]);
    expect(bench?.methods[0]?.params.fields).toEqual([field('value', int64, false)]);
    expect(bench?.methods[1]?.result?.fields).toEqual([field('result', utf8, false)]);
    expect(bench?.methods[3]?.result).toBeUndefined();
    const header = protocols[0]?.methods.find(({ name }) => name === 'produce_with_header')?.header;
    expect(header?.fields.map(({ name }) => name)).toEqual(['total_expected', 'description']);
  });

  it('describes reflection itself to those who ask, as a protocol without versions', async () => {
    const { protocols } = await describeWorker(connection, { own: true });
    expect(protocols.map(({ name, version }) => [name, version])).toContainEqual([reflectionProtocol.wireName, '']);
  });

  it('refuses to describe what it does not host', async () => {
    const asked = new ReflectionClient(connection).describe({ protocol: 'vgi.v9' });
    await expect(asked).rejects.toMatchObject({ kind: 'protocol_not_supported', message: expect.stringContaining('served: ConformanceService, Bench, vgi_rpc.Reflection.v1') });
  });
});

/** Answers every call by its method, so that peers of other kinds can be played. */
function peer(answers: Record<string, () => unknown>): ClientConnection & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    call: async ({ method }) => {
      asked.push(method);
      return answers[method]?.();
    },
    openStream: () => Promise.reject(new Error('not asked for here')),
    close: async () => {},
  };
}

const refusal = (type: string, kind?: string) => (): never => {
  throw new RpcError(`${type} of the peer`, { type, kind });
};

describe('a worker without reflection', () => {
  it('is asked by __describe__, over the wire', async () => {
    const connection = inMemory();
    const fallback: ClientConnection = {
      call: (call) => (call.protocol ? Promise.reject(new RpcError('unknown method', { type: 'AttributeError' })) : connection.call(call)),
      openStream: (call) => connection.openStream(call),
      close: () => connection.close(),
    };
    const { protocols, ...server } = await describeWorker(fallback);
    expect(server).toEqual({ by: 'describe', serverId: 'server-1', serverVersion: '', requestVersion: '1' });
    expect(protocols).toHaveLength(1);
    const [conformance] = protocols;
    expect(conformance).toMatchObject({ name: 'ConformanceService', version: '2.0.0', hash: conformanceProtocol.hash });
    const byReflection = (await describeWorker(connection)).protocols[0];
    const withoutKind = (methods: WorkerDescription['protocols'][number]['methods'] = []) => methods.map(({ kind, ...method }) => method);
    expect(withoutKind(conformance?.methods)).toEqual(withoutKind(byReflection?.methods));
    expect(new Set(conformance?.methods.map(({ kind }) => kind))).toEqual(new Set(['unary', 'stream']));
    await fallback.close();
  });

  it.each([['an HTTP server that has nothing at the path', refusal('TransportError', 'not_found')], ['an error', refusal('MethodNotImplementedError')]])('is known by %s', async (_title, list) => {
    const connection = peer({ list_protocols: list, __describe__: () => 'described' });
    expect(await describeWorker(connection)).toBe('described');
    expect(connection.asked).toEqual(['list_protocols', '__describe__']);
  });

  it('that has no __describe__ either is an error that quotes both answers', async () => {
    const connection = peer({ list_protocols: refusal('AttributeError'), __describe__: refusal('ValueError') });
    await expect(describeWorker(connection)).rejects.toThrow(/neither by vgi_rpc\.Reflection\.v1 \(AttributeError of the peer\) nor by __describe__ \(ValueError of the peer\)/);
  });

  it.each(['TransportError', 'AuthenticationError'])('is not looked for after a %s', async (type) => {
    const connection = peer({ list_protocols: refusal(type) });
    await expect(describeWorker(connection)).rejects.toMatchObject({ type });
    expect(connection.asked).toEqual(['list_protocols']);
  });
});

it('the hash of a protocol is that of the other ports', async () => {
  // As computed by vgi-rpc 0.52.2 (Python) for its own reflection protocol.
  expect(await protocolHash(reflectionProtocol, '1.0.0')).toBe('3c7db4cae8cdfc93dc4a76e73b8b759e18e45e6a5811adba4e520366344b919a');
});

describe('a description of a later minor version', () => {
  /** The columns of a description with one more among them. */
  const schema = new Schema([
    ...serviceDescriptionCodec.schema.fields.filter(({ name }) => name !== 'methods'),
    field('owner', binary, true),
    ...serviceDescriptionCodec.schema.fields.filter(({ name }) => name === 'methods'),
  ]);

  it('is read by name', () => {
    const batch = RecordBatch.of(schema, [['P'], ['1.1.0'], ['ff'], [false], [''], [['fast']], [new Uint8Array(3)], [[]]], { numRows: 1 });
    const stream = Buffer.concat([writeSchemaMessage(schema), ...writeBatchMessage(batch), endOfStream]);
    expect(serviceDescriptionCodec.decode(stream)).toMatchObject({ protocol: 'P', protocolVersion: '1.1.0', features: ['fast'], methods: [] });
  });
});
