import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { addColumnsOf, type Expression, type Predicate } from './expression.ts';
import { canFail, compileCondition, type Condition, rowsWhere } from './compile-filter.ts';
import type { ScanFilters } from './scan-filters.ts';
import { takeRows } from './take-rows.ts';
import { TRUE } from './truth.ts';

/** Applies the filters of a scan to its batches: the required ones exactly, advisory ones where that is safe. */
export class BatchFilter {
  private readonly filters: ScanFilters;
  /** Bind schema index of each column that batches have. */
  private readonly indices: readonly number[];
  private readonly positions: ReadonlyMap<number, number>;
  private revision = -1;
  private condition: Condition | undefined;

  /** Throws a `FilterError` if a required predicate cannot be evaluated. */
  constructor(filters: ScanFilters, indices: readonly number[]) {
    this.filters = filters;
    this.indices = indices;
    this.positions = new Map(indices.map((index, position) => [index, position]));
    this.compile();
  }

  /** Rows of `batch` for which all predicates are TRUE, with its first `columns` columns. */
  apply(batch: RecordBatch, columns: number): RecordBatch {
    if (this.filters.revision !== this.revision) this.compile();
    const given = columns === this.indices.length ? batch : batch.select(Array.from({ length: columns }, (_, i) => i));
    const { condition } = this;
    if (!condition || batch.numRows === 0) return given;
    const truth = condition({ length: batch.numRows, column: (index) => batch.column(this.positions.get(index) as number) });
    return takeRows(given, rowsWhere(truth, (value) => value === TRUE));
  }

  private compile(): void {
    const usable = this.filters.predicates.filter((predicate) => predicate.mode === 'required' || this.isUsable(predicate));
    const [first, ...others] = usable.map(({ expression }) => expression);
    if (first) this.condition = compileCondition(others.length === 0 ? first : { node: 'and', type: { kind: 'bool' }, children: [first, ...others] });
    else this.condition = undefined;
    this.revision = this.filters.revision;
  }

  /** The engine applies an advisory predicate again: it is left alone if it can fail, or needs a column that was not read. */
  private isUsable({ expression }: Predicate): boolean {
    if (canFail(expression)) return false;
    const needed = columnsOf([expression]);
    if ([...needed].some((index) => !this.positions.has(index))) return false;
    try {
      compileCondition(expression);
      return true;
    } catch {
      return false;
    }
  }
}

/** Bind schema indices of the columns that expressions read. */
export function columnsOf(expressions: readonly Expression[]): Set<number> {
  const indices = new Set<number>();
  for (const expression of expressions) addColumnsOf(expression, indices);
  return indices;
}
