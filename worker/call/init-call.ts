import type { CallContext } from '../../runtime/rpc/call-context.ts';
import type { ScopedStorage } from '../../storage/scoped-storage.ts';
import { type GlobalInitResponse, type InitRequest, newGlobalInitResponse } from '../../generated/vgi/ts/index.ts';
import type { BindCall } from './bind-call.ts';
import { randomBytes } from './random-bytes.ts';

/** Bytes of an execution id (vgi-semantics, section 5). */
const EXECUTION_ID_BYTES = 16;

/** The start of one stream of a bound function. */
export class InitCall {
  readonly bind: BindCall;
  readonly request: InitRequest;
  /** The same for all streams of one scan, whichever process serves them. */
  executionId: Uint8Array;
  /** That of the catalog when the stream starts. */
  readonly catalogVersion: bigint;

  constructor(request: InitRequest, bind: BindCall, catalogVersion = 0n) {
    this.request = request;
    this.bind = bind;
    this.catalogVersion = catalogVersion;
    this.executionId = request.executionId ?? randomBytes(EXECUTION_ID_BYTES);
  }

  get call(): CallContext {
    return this.bind.call;
  }

  /** Whether this is the first stream of the scan, which does the work that the others share. */
  get isPrimary(): boolean {
    return this.request.executionId === undefined;
  }

  /** Storage that the streams of this scan share. @param options.reserved admits the namespaces that belong to the framework */
  executionStorage(options?: { readonly reserved?: boolean }): Promise<ScopedStorage> {
    return this.bind.executionStorage(this.executionId, options);
  }

  /** @param options.maxWorkers streams of this scan that may run at once */
  header(options: { readonly maxWorkers: number; readonly opaqueData?: Uint8Array }): GlobalInitResponse {
    return newGlobalInitResponse({ executionId: this.executionId, maxWorkers: BigInt(options.maxWorkers), opaqueData: options.opaqueData });
  }
}
