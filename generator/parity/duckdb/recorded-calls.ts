import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IpcMessageReader } from '../../../runtime/arrow/ipc-message-reader.ts';
import type { IpcMessages } from '../../../runtime/arrow/ipc-stream.ts';
import type { Message } from '../../../runtime/arrow/message.ts';
import { rpcKeys } from '../../../runtime/rpc/metadata-keys.ts';

/** One request as it was on the wire, and what was sent into its stream. */
export interface RecordedCall {
  /** Value of `vgi_rpc.method`. */
  readonly method: string;
  /** Custom metadata of the request. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly request: IpcMessages;
  /** Ticks or batches of the stream that the call opened. */
  readonly inputs: readonly Message[];
}

/** The calls in the files of a recording, connection by connection. Throws `ArrowError` on bytes that are no IPC messages. */
export function* recordedCalls(folder: string): Generator<RecordedCall> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.bin'));
  for (const file of files.sort((a, b) => parseInt(a, 10) - parseInt(b, 10))) yield* callsIn(readFileSync(join(folder, file)));
}

/** The calls in what one connection sent: requests, each followed by the input of its stream if it opened one. */
export function* callsIn(bytes: Uint8Array): Generator<RecordedCall> {
  let open: (RecordedCall & { readonly inputs: Message[] }) | undefined;
  for (const stream of streamsIn(new IpcMessageReader().push(bytes))) {
    const [schema, ...rest] = stream;
    const batches = rest.filter(({ kind }) => kind === 'batch');
    const metadata = batches[0]?.customMetadata;
    const method = metadata?.get(rpcKeys.method);
    if (schema === undefined || method === undefined || metadata === undefined) {
      open?.inputs.push(...batches);
      continue;
    }
    if (open !== undefined) yield open;
    const dictionaries = rest.filter(({ kind }) => kind === 'dictionary');
    open = { method, metadata, request: { schemaMessage: schema.bytes, dictionaries, batch: batches[0] as Message }, inputs: [] };
  }
  if (open !== undefined) yield open;
}

/** Messages by the streams that they belong to, end markers left out. A stream that was cut off counts. */
function* streamsIn(messages: readonly Message[]): Generator<Message[]> {
  let stream: Message[] = [];
  for (const message of messages) {
    if (message.kind === 'end') {
      yield stream;
      stream = [];
    } else stream.push(message);
  }
  if (stream.length > 0) yield stream;
}
