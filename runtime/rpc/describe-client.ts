import type { IpcMessages } from '../arrow/ipc-stream.ts';
import { RecordBatch } from '../arrow/record-batch.ts';
import { Schema } from '../arrow/schema.ts';
import { endOfStream, writeBatchMessage, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import { emptySchema } from './answers.ts';
import type { ClientConnection } from './client-connection.ts';
import type { DescribeOptions, MethodDescription, WorkerDescription } from './describe-worker.ts';
import { protocolError } from './errors.ts';
import { DESCRIBE_VERSION, REQUEST_VERSION, reservedMethods, rpcKeys } from './metadata-keys.ts';

/** Asks by the reserved method `__describe__` (vgi-rpc WIRE_PROTOCOL, section 14), which older releases have. */
export async function describedByMethod(connection: ClientConnection, options: DescribeOptions): Promise<WorkerDescription> {
  return (await connection.call({ method: reservedMethods.describe, request: request(), result: { decodeMessages }, options })) as WorkerDescription;
}

/** One row without columns: the method has no parameters. */
function request(): Uint8Array {
  const metadata = new Map([
    [rpcKeys.method, reservedMethods.describe],
    [rpcKeys.requestVersion, REQUEST_VERSION],
  ]);
  return Buffer.concat([writeSchemaMessage(emptySchema), ...writeBatchMessage(RecordBatch.of(emptySchema, [], { numRows: 1 }), metadata), endOfStream]);
}

function decodeMessages({ schemaMessage, dictionaries, batch: message }: IpcMessages): WorkerDescription {
  if (!message) throw protocolError(`the answer to ${reservedMethods.describe} holds no batch`);
  const batch = RecordBatch.fromIpc(Buffer.concat([schemaMessage, ...dictionaries.map(({ bytes }) => bytes), message.bytes, endOfStream]));
  const { metadata } = batch;
  const version = metadata.get(rpcKeys.describeVersion);
  if (version !== DESCRIBE_VERSION) throw protocolError(`the answer to ${reservedMethods.describe} has version ${version ?? '(none)'}, this client reads "${DESCRIBE_VERSION}"`);
  const text = (key: string): string => metadata.get(key) ?? '';
  const methods = Array.from({ length: batch.numRows }, (_, row) => methodIn(batch, row));
  return {
    by: 'describe',
    serverId: text(rpcKeys.serverId),
    serverVersion: '',
    requestVersion: text(rpcKeys.requestVersion),
    protocols: [{ name: text(rpcKeys.protocolName), version: text(rpcKeys.protocolVersion), hash: text(rpcKeys.protocolHash), features: [], methods }],
  };
}

function methodIn(batch: RecordBatch, row: number): MethodDescription {
  const cell = (name: string): unknown => batch.column(name).get(row);
  const isExchange = cell('is_exchange');
  const unary = cell('method_type') === 'unary';
  return {
    name: cell('name') as string,
    kind: unary ? 'unary' : isExchange === null ? 'stream' : isExchange ? 'exchange' : 'producer',
    params: Schema.fromIpc(cell('params_schema_ipc') as Uint8Array),
    ...(cell('has_return') === true && { result: Schema.fromIpc(cell('result_schema_ipc') as Uint8Array) }),
    ...(cell('has_header') === true && { header: Schema.fromIpc(cell('header_schema_ipc') as Uint8Array) }),
    idempotency: 'unknown',
  };
}
