import type { Schema } from '../../runtime/arrow/schema.ts';
import type { ScopedStorage } from '../../storage/scoped-storage.ts';
import type { StorageKey } from '../../storage/storage-key.ts';
import { FunctionContext } from '../call/function-context.ts';
import type { InitCall } from '../call/init-call.ts';
import { ScanContext } from '../table/scan-context.ts';
import type { ScanPlan } from '../table/scan-plan.ts';
import type { ScanRequest } from '../table/scan-request.ts';
import { BatchBuffer } from './batch-buffer.ts';

/** What `process` and `combine` see beside their inputs. */
export class BufferingContext extends FunctionContext {
  /** The same for all calls of one execution; what `process` answers unless it says otherwise. */
  readonly executionId: Uint8Array;
  /** All columns of the result. */
  readonly output: Schema;
  /** What the calls of this execution leave for each other. It is cleared when the execution is over. */
  readonly storage: ScopedStorage;
  /** Place of the batch in the order of the source, rising but with gaps; for `inputOrder: 'index'`. */
  readonly batchIndex: bigint | undefined;

  constructor(call: InitCall, storage: ScopedStorage, batchIndex?: bigint) {
    super(call.bind);
    this.executionId = call.executionId;
    this.output = call.request.outputSchema;
    this.storage = storage;
    this.batchIndex = batchIndex;
  }

  /** Batches to be read later, by name and, where there are several of a name, by key. */
  readonly buffer = (name: string, key: StorageKey = ''): BatchBuffer => new BatchBuffer(this.storage, name, key);
}

/** What `finalize` sees beside its arguments. */
export class FinalizeContext extends ScanContext {
  readonly executionId: Uint8Array;
  /** The part of the result that is asked for: one of those that `combine` gave. */
  readonly finalizeId: Uint8Array;
  readonly storage: ScopedStorage;

  constructor(call: InitCall, request: ScanRequest, plan: ScanPlan, storage: ScopedStorage) {
    super(call, request, plan, undefined, undefined);
    this.executionId = call.executionId;
    this.finalizeId = call.request.finalizeStateId ?? call.executionId;
    this.storage = storage;
  }

  readonly buffer = (name: string, key: StorageKey = ''): BatchBuffer => new BatchBuffer(this.storage, name, key);
}
