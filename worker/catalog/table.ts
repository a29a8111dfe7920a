import type { Columns } from '../table/scan-batches.ts';
import type { ColumnStatistics } from '../table/column-statistics.ts';
import type { Cardinality, TableFunction } from '../table/table-function.ts';
import type { TimeTravel } from '../call/bind-call.ts';
import type { DuckDbScan, FunctionScan, TableBranch } from './scan-source.ts';

/** A reference from columns of one table to the key of another; information for the client. */
export interface ForeignKey {
  readonly columns: readonly string[];
  readonly table: string;
  /** Schema of that table; by default that of the referencing one. */
  readonly schema?: string;
  readonly referencedColumns: readonly string[];
}

/** What is told of a table beside where its rows come from. Columns are named; DuckDB believes the constraints without checking. */
export interface TableDescription {
  readonly comment?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** The column that identifies a row: hidden, and read as `rowid`. Its values are unique and stay the same. */
  readonly rowId?: string;
  readonly primaryKey?: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly notNull?: readonly string[];
  /** SQL conditions that hold for every row. */
  readonly checks?: readonly string[];
  readonly foreignKeys?: readonly ForeignKey[];
  /** SQL expressions by column, for an INSERT that leaves the column out. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** SQL expressions by column that DuckDB computes instead of reading; such columns are declared in `columns` too. */
  readonly generated?: Readonly<Record<string, string>>;
  readonly columnComments?: Readonly<Record<string, string>>;
  /** What a query has to filter before DuckDB lets it run: all groups, of each at least one dotted column path. */
  readonly requiredFilters?: readonly (readonly string[])[];
  /** How many rows there are; by default what the function says. */
  readonly cardinality?: Cardinality;
  /** What is known of the columns before any row is read; by default what the function says. DuckDB relies on it. */
  readonly statistics?: Readonly<Record<string, ColumnStatistics>>;
  /** Seconds for which clients may keep the statistics; without it there is no limit, 0 makes them ask each time. */
  readonly statisticsMaxAge?: number;
  /** Takes `AT (VERSION => ...)` and `AT (TIMESTAMP => ...)`; the function finds the point in time in `context.at`. */
  readonly timeTravel?: boolean;
}

/** A table whose rows come from a table function of the catalog. */
export interface FunctionTable extends TableDescription, FunctionScan {
  /** By default those of the function. */
  readonly columns?: Columns;
}

/** A table whose rows DuckDB reads by itself. */
export interface DuckDbTable extends TableDescription, DuckDbScan {
  readonly columns: Columns;
}

/** A table that consists of several parts, read together. */
export interface BranchedTable extends TableDescription {
  readonly columns: Columns;
  readonly branches: readonly TableBranch[];
}

/** A table that differs from one point in time to another, in columns, constraints or arguments. */
export interface VersionedTable {
  readonly comment?: string;
  /**
   * The table at a point in time, at present without one. Functions that it names must be listed in a schema. Throw an RpcError for a time
   * that the table does not know.
   */
  at(time: TimeTravel | undefined): FunctionTable | DuckDbTable | BranchedTable;
}

/** A table; a bare table function is one without arguments. */
export type Table = TableFunction | FunctionTable | DuckDbTable | BranchedTable | VersionedTable;

/** A table at one point in time. */
export type ResolvedTable = FunctionTable | DuckDbTable | BranchedTable;
