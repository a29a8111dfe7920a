import { RecordBatch } from '../arrow/record-batch.ts';
import { field, Schema } from '../arrow/schema.ts';
import { endOfStream, writeBatchMessage, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import { timestamp, utf8 } from '../arrow/type.ts';
import { reservedMethods } from '../rpc/metadata-keys.ts';
import { requestedMethod } from '../rpc/service.ts';
import { protocolError } from '../rpc/errors.ts';
import { arrowResponse, type HttpResponse } from './http-message.ts';
import { type ReceivedRequest, RequestRefused } from './request-body.ts';
import type { ServedRequest } from './served-request.ts';

/** Pairs that one request may ask for. */
const MAX_PAIRS = 100;

const uploadUrlSchema = new Schema([field('upload_url', utf8, false), field('download_url', utf8, false), field('expires_at', timestamp('us', 'UTC'), false)]);

/** `POST __upload_url__/init`: URLs for requests that are too large to send (vgi-rpc WIRE_PROTOCOL, section 10). */
export async function serveUploadUrls(served: ServedRequest, { messages, metadata }: ReceivedRequest): Promise<HttpResponse> {
  const create = served.parts.options.external?.uploadUrls;
  if (!create) throw new RequestRefused(404, protocolError('this server gives no upload URLs'));
  const method = requestedMethod(metadata);
  if (method !== reservedMethods.uploadUrl) throw new RequestRefused(400, protocolError(`the request is for ${method}, the path for ${reservedMethods.uploadUrl}`));
  const count = requestedCount(RecordBatch.fromMessages(messages));
  try {
    const pairs = await Promise.all(Array.from({ length: count }, create));
    const columns = [
      pairs.map(({ uploadUrl }) => uploadUrl),
      pairs.map(({ downloadUrl }) => downloadUrl),
      pairs.map(({ expiresAt }) => BigInt(expiresAt.getTime()) * 1000n),
    ];
    const batch = RecordBatch.of(uploadUrlSchema, columns, { numRows: count });
    return arrowResponse(200, [writeSchemaMessage(uploadUrlSchema), ...writeBatchMessage(batch), endOfStream]);
  } catch (error) {
    return served.failed(error, undefined);
  }
}

function requestedCount(batch: RecordBatch): number {
  if (batch.numRows === 0 || batch.schema.indexOf('count') < 0) return 1;
  const value = Number(batch.column('count').get(0));
  return Number.isInteger(value) ? Math.min(Math.max(value, 1), MAX_PAIRS) : 1;
}
