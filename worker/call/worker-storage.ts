import { RpcError } from '../../runtime/rpc/errors.ts';
import type { ScopedStorage } from '../../storage/scoped-storage.ts';
import type { Attachment } from './attachment.ts';

type StorageModule = typeof import('../../storage/index.ts');
type OpenStorage = ReturnType<StorageModule['openStorage']>;

/** The storage that the processes of a worker share. It is opened, and its library loaded, by the first use. */
export class WorkerStorage {
  readonly #location: string | undefined;
  #opened: Promise<{ readonly storage: OpenStorage; readonly module: StorageModule }> | undefined;

  /** @param location see `openStorage`; by default the environment decides */
  constructor(location?: string) {
    this.#location = location;
  }

  /** @param options.reserved admits the namespaces that belong to the framework */
  async execution(executionId: Uint8Array, options?: { readonly reserved?: boolean }): Promise<ScopedStorage> {
    const { storage, module } = await this.#open();
    return new module.ScopedStorage(storage, module.executionScope(executionId), options);
  }

  /** Throws an RpcError outside of transactions. */
  async transaction(attachment: Attachment, transactionOpaqueData: Uint8Array | undefined): Promise<ScopedStorage> {
    if (!transactionOpaqueData) throw new RpcError('there is no transaction to keep data in; the catalog has to declare `transactions`', { type: 'ValueError' });
    const { storage, module } = await this.#open();
    return new module.ScopedStorage(storage, module.transactionScope(attachment.id, transactionOpaqueData));
  }

  async attach(attachment: Attachment): Promise<ScopedStorage> {
    const { storage, module } = await this.#open();
    return new module.ScopedStorage(storage, module.attachScope(attachment.id));
  }

  #open(): Promise<{ storage: OpenStorage; module: StorageModule }> {
    this.#opened ??= import('../../storage/index.ts').then((module) => ({ storage: module.openStorage(this.#location), module }));
    return this.#opened;
  }
}
