import { RecordBatch } from '../arrow/record-batch.ts';
import { field, Schema } from '../arrow/schema.ts';
import { endOfStream, writeBatchMessage, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import { binary, bool, utf8 } from '../arrow/type.ts';
import { emptySchema } from './answers.ts';
import type { ProtocolDescriptor } from './descriptor.ts';
import { DESCRIBE_VERSION, REQUEST_VERSION, rpcKeys } from './metadata-keys.ts';
import { methodsIn } from './methods-in.ts';
import { servedVersion } from './service.ts';

const describeSchema = new Schema([
  field('name', utf8, true),
  field('method_type', utf8, true),
  field('has_return', bool, true),
  field('params_schema_ipc', binary, true),
  field('result_schema_ipc', binary, true),
  field('has_header', bool, true),
  field('header_schema_ipc', binary, true),
  field('is_exchange', bool, true),
]);

/**
 * The answer of `__describe__`: one row a method, sorted by name, in the version of the client if it is served, else in the
 * current one: a client whose version does not fit asks exactly to find that out.
 */
export function describeAnswer(protocol: ProtocolDescriptor, metadata: ReadonlyMap<string, string>, serverId: string): Uint8Array[] {
  const version = describedVersion(protocol, metadata.get(rpcKeys.protocolVersion));
  const methods = methodsIn(protocol, version);
  const columns = [
    methods.map(({ name }) => name),
    methods.map(({ kind }) => (kind === 'unary' ? 'unary' : 'stream')),
    methods.map(({ result }) => result !== undefined),
    methods.map(({ params }) => params(version).schema.toIpc()),
    methods.map(({ result }) => (result ? result(version).schema : emptySchema).toIpc()),
    methods.map(({ header }) => header !== undefined),
    methods.map(({ header }) => header?.(version).schema.toIpc() ?? null),
    // A method's kind is a promise of the definition, not of the wire; peers that ask expect null.
    methods.map(() => null),
  ];
  const batch = RecordBatch.of(describeSchema, columns, { numRows: methods.length });
  const answer = new Map([
    [rpcKeys.describeVersion, DESCRIBE_VERSION],
    [rpcKeys.protocolHash, protocol.hash],
    [rpcKeys.protocolName, protocol.service],
    [rpcKeys.protocolVersion, version],
    [rpcKeys.requestVersion, REQUEST_VERSION],
    [rpcKeys.serverId, serverId],
  ]);
  return [writeSchemaMessage(describeSchema), ...writeBatchMessage(batch, answer), endOfStream];
}

function describedVersion(protocol: ProtocolDescriptor, clientVersion: string | undefined): string {
  try {
    return servedVersion(protocol, clientVersion);
  } catch {
    return protocol.currentVersion;
  }
}
