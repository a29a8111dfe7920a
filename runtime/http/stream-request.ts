import type { RecordBatch } from '../arrow/record-batch.ts';
import { endOfStream, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import { emptySchema, zeroRowBatch } from '../rpc/answers.ts';
import { swallow } from '../rpc/dispatch.ts';
import { rpcKeys } from '../rpc/metadata-keys.ts';
import type { ServerCall } from '../rpc/server-call.ts';
import type { StreamTurns } from '../rpc/stream-turns.ts';
import type { ResolvedCall } from './call-cache.ts';
import { arrowResponse, type HttpResponse } from './http-message.ts';
import { flagged, type ServedRequest } from './served-request.ts';
import { StreamBody } from './stream-body.ts';
import { livePlace, statePlace } from './stream-place.ts';
import { withoutTokens } from './stream-tokens.ts';

const noMetadata: ReadonlyMap<string, string> = new Map();

/** One request of an open stream. */
export class StreamRequest {
  readonly #served: ServedRequest;
  readonly #resolved: ResolvedCall;
  readonly #turns: StreamTurns;
  readonly #call: ServerCall;
  /** Goes out once, with the first cursor. */
  readonly #callToken: string | undefined;
  readonly #body: StreamBody;

  constructor(served: ServedRequest, resolved: ResolvedCall, turns: StreamTurns, call: ServerCall, callToken: string | undefined) {
    this.#served = served;
    this.#resolved = resolved;
    this.#turns = turns;
    this.#call = call;
    this.#callToken = callToken;
    this.#body = new StreamBody(resolved.opened.output, call, served.externalizer(resolved.state.method), served.record);
  }

  /** The answer that opens an exchange: the tokens. */
  open(): HttpResponse {
    this.#body.logs(this.#call.takeLogs());
    this.#body.sentinel(this.#tokens());
    return this.#response();
  }

  /**
   * Turns of a producer until the answer is full; without a cap one, so that the client gets data as it comes. A client with a budget gets
   * one turn, and an error if that exceeds the budget.
   */
  async produce(): Promise<HttpResponse> {
    let alone = false;
    const cap = this.#served.budget === undefined ? this.#served.parts.options.maxResponseBytes : undefined;
    try {
      for (;;) {
        const result = await this.#turns.turn(zeroRowBatch(emptySchema));
        this.#body.logs(this.#call.takeLogs());
        if (!result) {
          this.#forget();
          return this.#response();
        }
        await this.#body.data(result);
        // Only the first turn of a request has a tick of the client.
        this.#call.inputMetadata = noMetadata;
        if (cap === undefined || this.#body.length >= cap) break;
      }
      if (this.#served.budget !== undefined) {
        alone = true;
        this.#checkSize();
      }
      this.#body.sentinel(this.#tokens());
      return this.#response();
    } catch (error) {
      return this.#failed(error, alone);
    }
  }

  async exchange(input: RecordBatch): Promise<HttpResponse> {
    try {
      const result = await this.#turns.turn(input);
      this.#body.logs(this.#call.takeLogs());
      if (!result) {
        this.#forget();
        return this.#response();
      }
      const metadata = new Map([...(result.metadata ?? withoutTokens(result.batch.metadata)), ...this.#tokens()]);
      await this.#body.data({ batch: result.batch, metadata });
      this.#checkSize();
      return this.#response();
    } catch (error) {
      return this.#failed(error, true);
    }
  }

  async cancel(): Promise<HttpResponse> {
    if (this.#served.record) this.#served.record.cancelled = true;
    this.#call.abort();
    await swallow(() => this.#turns.cancel());
    this.#forget();
    return this.#response();
  }

  #checkSize(): void {
    this.#served.checkSize(this.#body.chunks(), this.#resolved.state.method);
  }

  /** The cursor after the turn, and on the first answer the call. */
  #tokens(): [string, string][] {
    const { parts, auth, record } = this.#served;
    const { callId } = this.#resolved.state;
    const state = this.#turns.state?.();
    if (record?.http && state) record.http.responseState = state;
    const place = state ? statePlace(state) : livePlace(parts.liveStreams.release(callId));
    const cursor: [string, string] = [rpcKeys.streamState, parts.tokens.mintCursor({ callId, state: place }, auth)];
    return this.#callToken === undefined ? [cursor] : [cursor, [rpcKeys.callState, this.#callToken]];
  }

  async #failed(error: unknown, alone: boolean): Promise<HttpResponse> {
    if (this.#served.record) this.#served.record.error = error;
    if (alone) this.#body.clear();
    this.#body.logs(this.#call.takeLogs());
    this.#body.error(error);
    this.#call.abort();
    await swallow(() => this.#turns.close());
    this.#forget();
    return flagged(this.#response());
  }

  /** The stream is over. */
  #forget(): void {
    const { callId } = this.#resolved.state;
    this.#served.parts.calls.drop(callId);
    this.#served.parts.liveStreams.drop(callId);
  }

  #response(): HttpResponse {
    return arrowResponse(200, [writeSchemaMessage(this.#resolved.opened.output), ...this.#body.chunks(), endOfStream]);
  }
}
