import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import type { Schema } from '../../runtime/arrow/schema.ts';
import type { CallContext } from '../../runtime/rpc/call-context.ts';
import type { BindRequest } from '../../generated/vgi/ts/index.ts';
import type { ScopedStorage } from '../../storage/scoped-storage.ts';
import type { Attachment } from './attachment.ts';
import { Secrets } from '../secrets/secrets.ts';
import { type SettingValues, settingValues } from '../declare/settings.ts';
import type { WorkerStorage } from './worker-storage.ts';

/** The `AT (unit => value)` of a table in a query. */
export interface TimeTravel {
  /** `VERSION` or `TIMESTAMP`. */
  readonly unit: string;
  readonly value: string;
}

/** A call of a function as bind sees it; every later call of the same scan carries it along. */
export class BindCall {
  readonly request: BindRequest;
  readonly attachment: Attachment;
  readonly call: CallContext;
  readonly #storage: WorkerStorage;
  #settings: SettingValues | undefined;
  #secrets: Secrets | undefined;

  constructor(request: BindRequest, attachment: Attachment, call: CallContext, storage: WorkerStorage) {
    this.request = request;
    this.attachment = attachment;
    this.call = call;
    this.#storage = storage;
    call.subject = { kind: 'function', name: request.functionName };
  }

  /** Shape `Arguments`: one row, one struct column `args`. */
  get arguments(): RecordBatch {
    return this.request.arguments;
  }

  /** Columns that the call passes, where the function takes any. */
  get input(): Schema | undefined {
    return this.request.inputSchema;
  }

  get settings(): SettingValues {
    return (this.#settings ??= settingValues(this.request.settings));
  }

  /** The secrets that the client looked up; complete in the last bind and after it. */
  get secrets(): Secrets {
    return (this.#secrets ??= new Secrets(this.request.functionName, this.request.secrets));
  }

  get at(): TimeTravel | undefined {
    const { atUnit: unit, atValue: value } = this.request;
    return unit === undefined || value === undefined ? undefined : { unit, value };
  }

  transactionStorage(): Promise<ScopedStorage> {
    return this.#storage.transaction(this.attachment, this.request.transactionOpaqueData);
  }

  attachStorage(): Promise<ScopedStorage> {
    return this.#storage.attach(this.attachment);
  }

  /** Storage that the processes of one execution share. */
  executionStorage(executionId: Uint8Array, options?: { readonly reserved?: boolean }): Promise<ScopedStorage> {
    return this.#storage.execution(executionId, options);
  }
}
