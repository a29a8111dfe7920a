import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { compareVersions } from '../../runtime/rpc/service.ts';
import { columnNamesOf, discreteValues } from './discrete-values.ts';
import type { Predicate } from './expression.ts';
import { filterError } from './filter-error.ts';
import { limits } from './limits.ts';
import { type FilterScope, parseDelta, parseSnapshot } from './parse-filters.ts';
import { parseLegacyFilters } from './parse-legacy-filters.ts';

/** Clients from this version on send `vgi.filters.v2`. */
const SINCE_V2 = '2.0.0';

/**
 * The filters of one scan: what came with its start and what has become known since. Clients of all protocol versions
 * give the same tree.
 */
export class ScanFilters {
  private readonly scope: FilterScope;
  private readonly legacy: boolean;
  private readonly required: readonly Predicate[];
  private readonly requiredIds: ReadonlySet<string>;
  /** Advisory predicates by id; `undefined` = removed, kept so that late news of it change nothing. */
  private readonly advisory = new Map<string, { readonly revision: bigint; readonly predicate: Predicate | undefined }>();
  private all: readonly Predicate[] = [];
  private changes = 0;

  /** Throws a `FilterError` if the batch is not what a client of that protocol version sends. */
  constructor(batch: RecordBatch | undefined, scope: FilterScope, protocolVersion: string) {
    this.scope = scope;
    this.legacy = compareVersions(protocolVersion, SINCE_V2) < 0;
    const initial = batch === undefined ? [] : this.legacy ? parseLegacyFilters(batch, scope) : parseSnapshot(batch, scope);
    this.required = initial.filter(({ mode }) => mode === 'required');
    this.requiredIds = new Set(this.required.map(({ id }) => id));
    for (const predicate of initial) if (predicate.mode === 'advisory') this.advisory.set(predicate.id, { revision: predicate.revision, predicate });
    this.collect();
  }

  /** All that hold now, together. Changes while the scan runs: see `revision`. */
  get predicates(): readonly Predicate[] {
    return this.all;
  }

  /** Names of the columns that they read. */
  get columns(): ReadonlySet<string> {
    return columnNamesOf(this.all);
  }

  /**
   * The values that a column can have in the rows that are wanted, if the filters list them, as `=` and IN do: keys to fetch in place of a full
   * scan. Without repetition and NULL; `undefined` = any value.
   */
  valuesOf(column: string): readonly unknown[] | undefined {
    return discreteValues(this.all, column);
  }

  /** Grows with each change of `predicates`. */
  get revision(): number {
    return this.changes;
  }

  /**
   * Takes in what a tick brought, as base64. All of it or, if anything is wrong with it, nothing and a `FilterError`. News that
   * are older than what is known of a predicate are passed over.
   */
  update(base64: string): void {
    if (base64.length > limits.deltaBase64Bytes) throw filterError(`an update has ${base64.length} characters, at most ${limits.deltaBase64Bytes} are taken`);
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length > limits.deltaIpcBytes) throw filterError(`an update has ${bytes.length} bytes, at most ${limits.deltaIpcBytes} are taken`);
    const batch = RecordBatch.fromIpc(bytes);
    if (this.legacy) this.replace(batch);
    else this.apply(batch);
  }

  /** Before 2.0.0 an update stands in for all earlier ones. */
  private replace(batch: RecordBatch): void {
    const predicates = parseLegacyFilters(batch, this.scope, 'top_n');
    this.advisory.clear();
    for (const predicate of predicates) this.advisory.set(predicate.id, { revision: 0n, predicate });
    this.collect();
  }

  private apply(batch: RecordBatch): void {
    const updates = parseDelta(batch, this.scope);
    for (const { id } of updates) if (this.requiredIds.has(id)) throw filterError(`an update concerns "${id}", which is required and cannot change`);
    const applicable = updates.filter(({ id, revision }) => revision > (this.advisory.get(id)?.revision ?? -1n));
    const news = applicable.map(({ id, revision, predicate }) => ({ id, revision, predicate: predicate?.() }));
    const added = news.filter(({ id }) => !this.advisory.has(id)).length;
    if (this.requiredIds.size + this.advisory.size + added > limits.predicateIds) throw filterError(`more than ${limits.predicateIds} predicates in one scan`);
    for (const { id, revision, predicate } of news) this.advisory.set(id, { revision, predicate });
    if (news.length > 0) this.collect();
  }

  private collect(): void {
    const advisory = [...this.advisory.values()].flatMap(({ predicate }) => predicate ?? []);
    this.all = [...this.required, ...advisory];
    this.changes++;
  }
}
