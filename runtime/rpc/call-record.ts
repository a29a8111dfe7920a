import type { IpcMessages } from '../arrow/ipc-stream.ts';
import type { Message } from '../arrow/message.ts';
import type { AuthContext } from './auth-context.ts';
import type { MethodDescriptor, ProtocolDescriptor } from './descriptor.ts';
import { randomId } from './random-id.ts';

/** Batches that went through a call. Bytes are those of the message bodies, before any compression of the transport. */
export interface CallStatistics {
  inputBatches: number;
  inputRows: number;
  inputBytes: number;
  outputBatches: number;
  outputRows: number;
  outputBytes: number;
}

/** What only HTTP knows of a call. */
export interface HttpFacts {
  status: number;
  /** State of a stream before and after the request, not sealed. */
  requestState?: Uint8Array;
  responseState?: Uint8Array;
  /** Bodies as they travelled. */
  requestBytes?: number;
  responseBytes?: number;
  externalizedBytes?: number;
  sessionId?: string | undefined;
  sessionAction?: 'none' | 'open' | 'resume' | 'close' | undefined;
}

/** What happened in one call: over HTTP in one request, on other transports in one call with its whole stream. */
export class CallRecord {
  readonly startedAt = performance.now();
  readonly statistics: CallStatistics = { inputBatches: 0, inputRows: 0, inputBytes: 0, outputBatches: 0, outputRows: 0, outputBytes: 0 };
  durationMs = 0;
  protocol: ProtocolDescriptor;
  method: string;
  methodType: 'unary' | 'stream' = 'unary';
  auth: AuthContext;
  remoteAddress: string;
  requestId: string | undefined;
  /** Absent in the later requests of a stream over HTTP. */
  request: IpcMessages | undefined;
  /** Some parameters of the method are secret: the request must not be logged. */
  secret = false;
  streamId: string | undefined;
  cancelled = false;
  /** What was thrown, if the call failed. */
  error: unknown;
  http: HttpFacts | undefined;

  constructor(protocol: ProtocolDescriptor, method: string, auth: AuthContext, remoteAddress = '') {
    this.protocol = protocol;
    this.method = method;
    this.auth = auth;
    this.remoteAddress = remoteAddress;
  }

  /** What the request is for was found out. A stream that goes on keeps its id. */
  routed(protocol: ProtocolDescriptor, method: MethodDescriptor, streamId?: string): void {
    this.protocol = protocol;
    this.secret = method.secret !== undefined && method.secret.length > 0;
    if (method.kind === 'unary') return;
    this.methodType = 'stream';
    this.streamId = streamId ?? newStreamId();
  }

  received(message: Message): void {
    this.statistics.inputBatches += 1;
    this.statistics.inputRows += message.numRows;
    this.statistics.inputBytes += message.body.length;
  }

  /** Counts a batch that was written as these chunks. */
  sent(rows: number, chunks: readonly Uint8Array[]): void {
    this.statistics.outputBatches += 1;
    this.statistics.outputRows += rows;
    for (const chunk of chunks) this.statistics.outputBytes += chunk.length;
  }

  /** Stops the clock. */
  end(): void {
    this.durationMs = performance.now() - this.startedAt;
  }
}

/** 32 hex digits that name a stream in all its records. */
export const newStreamId = (): string => randomId(32);

/** Is told of each call after it was answered. Must not throw. */
export interface CallObserver {
  called(record: CallRecord): void;
}
