import { endOfStream, StreamEncoder, writeSchemaMessage } from '../../runtime/arrow/stream-encoder.ts';
import { readMessages } from '../../runtime/arrow/ipc-stream.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { Schema } from '../../runtime/arrow/schema.ts';
import { receivedMessage } from '../../runtime/rpc/received.ts';
import type { RpcError } from '../../runtime/rpc/errors.ts';
import { conformanceProtocol } from '../../generated/conformance/ts/index.ts';

export const ARROW = 'application/vnd.apache.arrow.stream';

/** A request stream as a client would send it. */
export function requestFor(method: string, params: object, extra: Readonly<Record<string, string>> = {}): Uint8Array {
  const metadata = new Map([['vgi_rpc.method', method], ['vgi_rpc.request_version', '1'], ['vgi_rpc.protocol_version', '1.0.0'], ...Object.entries(extra)]);
  const descriptor = conformanceProtocol.methods[method];
  if (!descriptor) throw new Error(`no method ${method}`);
  return descriptor.params('1.0.0').encodeCall(params, metadata);
}

/** A batch with metadata as a stream of its own. */
export function streamWith(batch: RecordBatch, metadata: Readonly<Record<string, string>>): Uint8Array {
  return Buffer.concat([writeSchemaMessage(batch.schema), ...new StreamEncoder(batch.schema).batch(batch, new Map(Object.entries(metadata))), endOfStream]);
}

export const tick: RecordBatch = RecordBatch.of(new Schema([]), [], { numRows: 0 });

export function post(url: string, body: Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', body: Buffer.from(body), headers: { 'Content-Type': ARROW, 'X-VGI-Accept-Encoding': 'identity', ...headers } });
}

/** Metadata of all batches in an answer, one stream or several. */
export function batchMetadata(bytes: Uint8Array): ReadonlyMap<string, string>[] {
  const found: ReadonlyMap<string, string>[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const messages = readMessages(rest);
    found.push(...messages.filter(({ kind }) => kind === 'batch').map(({ customMetadata }) => customMetadata));
    rest = rest.subarray(messages.reduce((sum, message) => sum + message.bytes.length, 0) + endOfStream.length);
  }
  return found;
}

/** The error in an answer. */
export async function errorOf(response: Response): Promise<RpcError> {
  for (const metadata of batchMetadata(new Uint8Array(await response.arrayBuffer()))) {
    const received = receivedMessage(metadata);
    if (received && 'error' in received) return received.error;
  }
  throw new Error(`the answer (status ${response.status}) holds no error`);
}

export interface Tokens {
  readonly cursor: string | undefined;
  readonly call: string | undefined;
}

/** The stream tokens in an answer. */
export async function tokensOf(response: Response): Promise<Tokens> {
  const metadata = batchMetadata(new Uint8Array(await response.arrayBuffer()));
  const last = (key: string): string | undefined => metadata.map((entries) => entries.get(key)).filter((value) => value !== undefined).at(-1);
  return { cursor: last('vgi_rpc.stream_state#b64'), call: last('vgi_rpc.call_state#b64') };
}

export const tokenMetadata = ({ cursor, call }: Tokens): Record<string, string> => ({
  ...(cursor !== undefined && { 'vgi_rpc.stream_state#b64': cursor }),
  ...(call !== undefined && { 'vgi_rpc.call_state#b64': call }),
});
