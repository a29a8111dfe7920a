import type { IpcMessages } from '../arrow/ipc-stream.ts';
import type { Message } from '../arrow/message.ts';
import type { AnswerDecoder, CallOptions, ClientConnection, OutgoingCall } from '../rpc/client-connection.ts';
import type { ClientStream } from '../rpc/client-stream.ts';
import { transportError } from '../rpc/errors.ts';
import { receivedMessage } from '../rpc/received.ts';
import { withDeadline } from './deadline.ts';
import { fetchPointer, isPointer } from './external-fetch.ts';
import { HttpSession } from './http-session.ts';
import { HttpStream } from './http-stream.ts';
import { type HttpClientOptions, HttpTransport } from './http-transport.ts';
import type { ServerCapabilities } from './server-capabilities.ts';

/** A connection to an HTTP server. Calls run at the same time; nothing is held open between them but sockets. */
export class HttpConnection implements ClientConnection {
  readonly #transport: HttpTransport;

  constructor(options: HttpClientOptions | HttpTransport) {
    this.#transport = options instanceof HttpTransport ? options : new HttpTransport(options);
  }

  capabilities(): Promise<ServerCapabilities> {
    return this.#transport.capabilities();
  }

  /** A view of the server whose calls may open a sticky session and belong to it; closing it ends the session. */
  session(): HttpConnection & { readonly sticky: HttpSession } {
    const sticky = new HttpSession();
    return Object.assign(new HttpConnection(this.#transport.withSession(sticky)), { sticky });
  }

  async call({ method, protocol, request, result, options }: OutgoingCall): Promise<unknown> {
    const messages = await withDeadline(options, method, (signal) => this.#transport.post(pathOf(protocol, method), request, signal));
    const { answer } = await readAnswer(messages, options, this.#transport);
    return result ? result.decodeMessages(answer) : undefined;
  }

  async openStream({ method, protocol, request, header, options }: OutgoingCall): Promise<ClientStream<unknown>> {
    const path = pathOf(protocol, method);
    const messages = await withDeadline(options, method, (signal) => this.#transport.post(`${path}/init`, request, signal));
    const { value, rest } = header ? await readHeader(header, messages, options, this.#transport) : { value: undefined, rest: messages };
    return HttpStream.opened(value, this.#transport, path, rest, options);
  }

  /** Ends the sticky session, if this is one. */
  close(): Promise<void> {
    return this.#transport.endSession();
  }
}

const pathOf = (protocol: string | undefined, method: string): string => [...(protocol ? [protocol] : []), method].map(encodeURIComponent).join('/');

async function readHeader(codec: AnswerDecoder, messages: readonly Message[], options: CallOptions, transport: HttpTransport): Promise<{ value: unknown; rest: Message[] }> {
  const { answer, rest } = await readAnswer(messages, options, transport);
  return { value: codec.decodeMessages(answer), rest };
}

/** Reads the first stream of an answer: log lines, then one record or the error. */
async function readAnswer(messages: readonly Message[], options: CallOptions, transport: HttpTransport): Promise<{ answer: IpcMessages; rest: Message[] }> {
  const end = messages.findIndex(({ kind }) => kind === 'end');
  const own = end < 0 ? messages : messages.slice(0, end);
  const [schema] = own;
  if (schema?.kind !== 'schema') throw transportError('the answer holds no Arrow stream');
  const dictionaries: Message[] = [];
  let batch: Message | undefined;
  for (const message of own) {
    if (message.kind === 'dictionary') dictionaries.push(message);
    if (message.kind !== 'batch') continue;
    const received = message.numRows === 0 ? receivedMessage(message.customMetadata) : undefined;
    if (!received) batch ??= message;
    else if ('error' in received) throw received.error;
    else options.onLog?.(received.log);
  }
  const rest = end < 0 ? [] : messages.slice(end + 1);
  if (!batch || !isPointer(batch)) return { answer: { schemaMessage: schema.bytes, dictionaries, ...(batch && { batch }) }, rest };
  const fetched = await fetchPointer(batch, schema.bytes, transport.fetchPolicy);
  for (const log of fetched.logs) options.onLog?.(log);
  return { answer: fetched.messages, rest };
}
