import { endOfStream, writeBatchMessage, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import { emptySchema, zeroRowBatch } from './answers.ts';
import { describeAnswer } from './describe.ts';
import { REQUEST_VERSION, reservedMethods, rpcKeys } from './metadata-keys.ts';
import type { ServiceTable } from './service.ts';

/** Answers the methods that belong to no protocol and exist on every transport; `undefined` for any other method. */
export function reservedAnswer(services: ServiceTable, serverId: string, name: string, metadata: ReadonlyMap<string, string>): Uint8Array[] | undefined {
  if (name === reservedMethods.describe) return describeAnswer(services.serviceFor(metadata).protocol, metadata, serverId);
  if (name !== reservedMethods.transportOptions) return undefined;
  const options = new Map([
    [rpcKeys.transportShm, 'false'],
    [rpcKeys.serverId, serverId],
    [rpcKeys.requestVersion, REQUEST_VERSION],
  ]);
  return [writeSchemaMessage(emptySchema), ...writeBatchMessage(zeroRowBatch(emptySchema), options), endOfStream];
}
