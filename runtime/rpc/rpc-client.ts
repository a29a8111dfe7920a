import { RecordBatch } from '../arrow/record-batch.ts';
import type { Schema } from '../arrow/schema.ts';
import type { CallOptions, ClientConnection, OutgoingCall } from './client-connection.ts';
import type { ClientStream } from './client-stream.ts';
import type { MethodDescriptor, ProtocolDescriptor } from './descriptor.ts';
import { protocolError } from './errors.ts';
import { loadLayouts } from './load-layouts.ts';
import { REQUEST_VERSION, rpcKeys } from './metadata-keys.ts';
import { compareVersions } from './service.ts';
import { batchFromColumns, columnsFromBatch, type StreamColumns } from './stream-columns.ts';

export interface RpcClientOptions {
  /** Version to speak, one of the protocol's; default the current one. */
  readonly version?: string;
}

/** An open producer: iterate over its batches; leaving the loop early closes the stream. */
export interface ClientProducer<Out, Header = undefined> extends AsyncIterable<Out> {
  readonly header: Header;
  cancel(): Promise<void>;
  close(): Promise<void>;
}

/** An open exchange: one batch back for each batch sent. */
export interface ClientExchange<In, Out, Header = undefined> {
  readonly header: Header;
  exchange(input: In): Promise<Out>;
  cancel(): Promise<void>;
  close(): Promise<void>;
}

/** What generated clients stand on: turns typed calls into requests of one protocol version. */
export class RpcClient {
  readonly version: string;
  readonly #protocol: ProtocolDescriptor;
  readonly #connection: ClientConnection;
  /** Requests of this version carry the routing key. */
  readonly #routed: boolean;
  /** Request metadata by method; equal for every call, and encoders recognise it. */
  readonly #metadata = new Map<string, ReadonlyMap<string, string>>();

  constructor(protocol: ProtocolDescriptor, connection: ClientConnection, options: RpcClientOptions = {}) {
    this.version = options.version ?? protocol.currentVersion;
    if (!protocol.versions.includes(this.version)) {
      throw protocolError(`protocol ${protocol.name} has no version ${this.version} (versions: ${protocol.versions.join(', ')})`);
    }
    this.#protocol = protocol;
    this.#connection = connection;
    this.#routed = protocol.routingKeySince !== undefined && compareVersions(this.version, protocol.routingKeySince) >= 0;
  }

  /** Ends the connection. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  protected async call<Result>(name: string, params: unknown, options: CallOptions = {}): Promise<Result> {
    const method = this.#method(name);
    const loading = loadLayouts(this.#protocol, this.version);
    if (loading) await loading;
    return (await this.#connection.call(this.#outgoing(method, params, options))) as Result;
  }

  protected async openProducer<Out, Header = undefined>(name: string, params: unknown, options: CallOptions = {}): Promise<ClientProducer<Out, Header>> {
    const stream = await this.openStream<Header>(name, params, options);
    return {
      header: stream.header,
      cancel: () => stream.cancel(),
      close: () => stream.close(),
      async *[Symbol.asyncIterator]() {
        try {
          for (;;) {
            const batch = await stream.tick();
            if (!batch) return;
            yield columnsFromBatch(batch) as Out;
          }
        } finally {
          await stream.close();
        }
      },
    };
  }

  protected async openExchange<In, Out, Header = undefined>(name: string, params: unknown, options: CallOptions = {}): Promise<ClientExchange<In, Out, Header>> {
    const { input } = this.#method(name);
    const schema: Schema | undefined = typeof input === 'function' ? input() : undefined;
    const stream = await this.openStream<Header>(name, params, options);
    return {
      header: stream.header,
      cancel: () => stream.cancel(),
      close: () => stream.close(),
      exchange: async (columns) => {
        const batch = columns instanceof RecordBatch || !schema ? (columns as RecordBatch) : batchFromColumns(schema, columns as StreamColumns);
        const answer = await stream.exchange(batch);
        if (!answer) throw protocolError(`${name}: the server ended the exchange`);
        return columnsFromBatch(answer) as Out;
      },
    };
  }

  protected async openStream<Header>(name: string, params: unknown, options: CallOptions = {}): Promise<ClientStream<Header>> {
    const method = this.#method(name);
    const loading = loadLayouts(this.#protocol, this.version);
    if (loading) await loading;
    return (await this.#connection.openStream(this.#outgoing(method, params, options))) as ClientStream<Header>;
  }

  #method(name: string): MethodDescriptor {
    const method = this.#protocol.methods[name];
    if (!method) throw protocolError(`protocol ${this.#protocol.name} has no method ${name}`);
    const missing = compareVersions(this.version, method.since) < 0 || (method.removed !== undefined && compareVersions(this.version, method.removed) >= 0);
    if (missing) throw protocolError(`method ${name} does not exist in protocol ${this.#protocol.name} ${this.version}`);
    return method;
  }

  #outgoing(method: MethodDescriptor, params: unknown, options: CallOptions): OutgoingCall {
    const request = method.params(this.version).encodeCall(params ?? {}, this.#requestMetadata(method.name));
    return {
      method: method.name,
      request,
      options,
      ...(this.#routed && { protocol: this.#protocol.wireName }),
      ...(method.result && { result: method.result(this.version) }),
      ...(method.header && { header: method.header(this.version) }),
    };
  }

  #requestMetadata(name: string): ReadonlyMap<string, string> {
    let metadata = this.#metadata.get(name);
    if (!metadata) {
      const { wireName } = this.#protocol;
      metadata = new Map([
        [rpcKeys.method, name],
        [rpcKeys.requestVersion, REQUEST_VERSION],
        [rpcKeys.protocolVersion, this.version],
        ...(this.#routed ? ([[rpcKeys.protocol, wireName]] as const) : []),
      ]);
      this.#metadata.set(name, metadata);
    }
    return metadata;
  }
}
