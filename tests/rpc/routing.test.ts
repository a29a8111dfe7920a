import { describe, expect, it } from 'vitest';
import { VgiClient, VgiHandlers, vgiProtocol } from '../../generated/vgi/ts/index.ts';
import { vgiSecretProtocol } from '../../generated/vgi-secret/ts/index.ts';
import { IpcMessageReader } from '../../runtime/arrow/ipc-message-reader.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { Schema } from '../../runtime/arrow/schema.ts';
import { ChannelConnection } from '../../runtime/rpc/client-connection.ts';
import { RpcServer } from '../../runtime/rpc/server.ts';
import { servedVersion } from '../../runtime/rpc/service.ts';
import type { CallContext } from '../../runtime/rpc/call-context.ts';
import { memoryChannels } from '../../runtime/transport/memory.ts';

const served: string[] = [];

/** Answers the least that is possible and notes who asked in which version. */
class Handlers extends VgiHandlers {
  bind(): never {
    throw new Error('not asked for here');
  }
  init(): never {
    throw new Error('not asked for here');
  }
  catalogAttach(): never {
    throw new Error('not asked for here');
  }
  catalogSchemas(_: unknown, context: CallContext) {
    served.push(context.protocolVersion);
    return { items: [] };
  }
}

const server = new RpcServer([
  { protocol: vgiProtocol, handlers: new Handlers() },
  { protocol: vgiSecretProtocol, handlers: {} },
]);

const request = { attachOpaqueData: new Uint8Array(3) };

/** Sends one request with the metadata given and returns the metadata of the first batch of the answer. */
async function answerTo(metadata: Record<string, string>, version = '2.0.0'): Promise<ReadonlyMap<string, string>> {
  const [near, far] = memoryChannels();
  void server.serve(far);
  const codec = vgiProtocol.methods.catalog_schemas?.params(version);
  if (!codec) throw new Error('no such method');
  await near.write([codec.encodeCall(request, new Map(Object.entries(metadata)))]);
  const reader = new IpcMessageReader();
  for (;;) {
    const chunk = await near.read();
    if (!chunk) throw new Error('the server closed the connection');
    const batch = reader.push(chunk).find(({ kind }) => kind === 'batch');
    if (batch) return batch.customMetadata;
  }
}

const base = { 'vgi_rpc.method': 'catalog_schemas', 'vgi_rpc.request_version': '1' };
const errorOf = (metadata: ReadonlyMap<string, string>): [string | undefined, string | undefined] => [metadata.get('vgi_rpc.error_kind'), metadata.get('vgi_rpc.log_message')];

describe('the version of a request', () => {
  it.each(['1.0.0', '1.1.0', '1.2.0', '1.3.0', '2.0.0'])('%s is served in its own schemas', async (version) => {
    const [near, far] = memoryChannels();
    void server.serve(far);
    const client = new VgiClient(new ChannelConnection(near), { version });
    served.length = 0;
    expect(await client.catalogSchemas(request)).toEqual({ items: [] });
    expect(served).toEqual([version]);
    await client.close();
  });

  it('ignores the patch number', () => expect(servedVersion(vgiProtocol, '1.2.9')).toBe('1.2.0'));

  it.each([
    ['1.4.0', /the client speaks 1\.4\.0, the server serves 1\.0\.0, .*2\.0\.0; upgrade the client/],
    ['3.0.0', /the client speaks 3\.0\.0, .*; upgrade the server/],
    ['2.0', /"2\.0", which is not MAJOR\.MINOR\.PATCH/],
    ['1.2.0-rc1', /is not MAJOR\.MINOR\.PATCH/],
    ['01.2.0', /is not MAJOR\.MINOR\.PATCH/],
  ])('%s is refused before anything is decoded', async (version, message) => {
    const [kind, text] = errorOf(await answerTo({ ...base, 'vgi_rpc.protocol_version': version, 'vgi_rpc.protocol': 'vgi.v2' }));
    expect(kind).toBe('protocol_version_mismatch');
    expect(text).toMatch(message);
  });

  it('is required', async () => {
    const [kind, text] = errorOf(await answerTo({ ...base, 'vgi_rpc.protocol': 'vgi.v2' }));
    expect(kind).toBe('protocol_version_mismatch');
    expect(text).toMatch(/the client sent no vgi_rpc\.protocol_version/);
  });
});

describe('the routing key', () => {
  it('is required since 2.0.0', async () => {
    const [kind, text] = errorOf(await answerTo({ ...base, 'vgi_rpc.protocol_version': '2.0.0' }));
    expect(kind).toBe('protocol_not_specified');
    expect(text).toMatch(/vgi_rpc\.protocol is required since 2\.0\.0/);
  });

  it('is not asked of older clients', async () => {
    expect((await answerTo({ ...base, 'vgi_rpc.protocol_version': '1.2.0' }, '1.2.0')).has('vgi_rpc.log_level')).toBe(false);
  });

  it('has to name a protocol of the worker', async () => {
    const [kind, text] = errorOf(await answerTo({ ...base, 'vgi_rpc.protocol_version': '2.0.0', 'vgi_rpc.protocol': 'vgi.v9' }));
    expect(kind).toBe('protocol_not_supported');
    expect(text).toMatch(/"vgi\.v9" is not served here \(served: vgi\.v2, vgi\.secret\.v1, vgi_rpc\.Reflection\.v1\)/);
  });

  it('leads to the methods of its protocol', async () => {
    const [kind, text] = errorOf(await answerTo({ ...base, 'vgi_rpc.protocol_version': '1.0.0', 'vgi_rpc.protocol': 'vgi.secret.v1' }));
    expect(kind).toBe('method_not_implemented');
    expect(text).toMatch(/Unknown method: 'catalog_schemas'\. Available methods: secret_lookup/);
  });
});

describe('the method of a request', () => {
  it.each([
    [{ 'vgi_rpc.request_version': '1' }, /has no metadata key vgi_rpc\.method/],
    [{ 'vgi_rpc.method': 'catalog_schemas' }, /has no vgi_rpc\.request_version/],
    [{ 'vgi_rpc.method': 'catalog_schemas', 'vgi_rpc.request_version': '2' }, /vgi_rpc\.request_version "2"; this server speaks "1"/],
  ])('with metadata %j is refused', async (metadata, message) => {
    expect(errorOf(await answerTo(metadata))[1]).toMatch(message);
  });

  it('has to exist in the version of the client', async () => {
    const [kind, text] = errorOf(await answerTo({ ...base, 'vgi_rpc.method': 'table_function_plan', 'vgi_rpc.protocol_version': '1.2.0' }));
    expect(kind).toBe('method_not_implemented');
    expect(text).toMatch(/does not exist in protocol vgi 1\.2\.0 \(since 1\.4\.0\)/);
  });

  it('answers what the definition says if nobody implements it', async () => {
    const [near, far] = memoryChannels();
    void server.serve(far);
    const client = new VgiClient(new ChannelConnection(near));
    expect(await client.catalogVersion(request)).toEqual({ version: 0n });
    await client.catalogDetach(request);
    await expect(client.catalogTableScanBranchesGet({ ...request, schemaPath: ['main'], name: 't' })).rejects.toMatchObject({ kind: 'method_not_implemented' });
    await expect(client.catalogSchemaDrop({ ...request, path: ['main'] })).rejects.toThrow(/catalog is read-only: catalog_schema_drop is not supported/);
    await client.close();
  });
});

describe('reserved methods', () => {
  it('describe the protocol to clients of any version', async () => {
    const [near, far] = memoryChannels();
    void server.serve(far);
    const codec = vgiProtocol.methods.catalog_catalogs?.params('2.0.0');
    await near.write([codec?.encodeCall({}, new Map([['vgi_rpc.method', '__describe__'], ['vgi_rpc.request_version', '1'], ['vgi_rpc.protocol_version', '9.9.9'], ['vgi_rpc.protocol', 'vgi.v2']])) ?? new Uint8Array()]);
    const chunks: Uint8Array[] = [];
    const reader = new IpcMessageReader();
    for (let ended = false; !ended; ) {
      const chunk = (await near.read()) ?? new Uint8Array();
      chunks.push(chunk);
      ended = reader.push(chunk).some(({ kind }) => kind === 'end');
    }
    const batch = RecordBatch.fromIpc(Buffer.concat(chunks));
    expect(batch.numRows).toBe(71);
    expect(batch.metadata.get('vgi_rpc.protocol_version')).toBe('2.0.0');
    expect(batch.metadata.get('vgi_rpc.describe_version')).toBe('4');
    const names = batch.columnValues('name') as string[];
    expect([...names].sort()).toEqual(names);
    const params = Schema.fromIpc(batch.column('params_schema_ipc').get(names.indexOf('catalog_schema_drop')) as Uint8Array);
    expect(params.fields.map(({ name }) => name)).toEqual(['attach_opaque_data', 'path', 'ignore_not_found', 'cascade', 'transaction_opaque_data']);
  });
});
