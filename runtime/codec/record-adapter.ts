/**
 * Hand-written conversion between the record of today and the fields that only earlier versions of it have: `adapt` in a definition
 * names one where meaning moved from some fields to others, which no default can say.
 */
export interface RecordAdapter<T, Earlier> {
  /** What peers of earlier versions are told. */
  toEarlier(value: T): Earlier;
  /** The record that a peer of an earlier version meant. `value` has defaults where that version has no field; `earlier` what the version has of its own. */
  fromEarlier(value: T, earlier: Partial<Earlier>): T;
}
