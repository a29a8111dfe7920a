import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import type { ScopedStorage } from '../../storage/scoped-storage.ts';
import type { StorageKey } from '../../storage/storage-key.ts';
import { InputTable } from '../table-in-out/input-table.ts';

/**
 * Batches that the calls of one execution leave for each other, in the order in which they were appended. Each is read from the storage by
 * itself, so that a buffer may be larger than memory.
 */
export class BatchBuffer implements AsyncIterable<RecordBatch> {
  readonly #storage: ScopedStorage;
  readonly #namespace: string;
  readonly #key: StorageKey;

  constructor(storage: ScopedStorage, namespace: string, key: StorageKey) {
    this.#storage = storage;
    this.#namespace = namespace;
    this.#key = key;
  }

  /** Adds a batch after all that are there. */
  async append(batch: RecordBatch | InputTable): Promise<void> {
    await this.#storage.append(this.#namespace, this.#key, (batch instanceof InputTable ? batch.batch : batch).toIpc());
  }

  /** All batches at once, for those who know that they fit into memory. */
  async all(): Promise<RecordBatch[]> {
    const batches: RecordBatch[] = [];
    for await (const batch of this) batches.push(batch);
    return batches;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RecordBatch> {
    for (let afterId: number | undefined; ; ) {
      const [entry] = await this.#storage.logScan(this.#namespace, this.#key, { limit: 1, ...(afterId !== undefined && { afterId }) });
      if (!entry) return;
      yield RecordBatch.fromIpc(entry.value);
      afterId = entry.id;
    }
  }
}
