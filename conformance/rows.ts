/** The rows that most producers of the service send. */
export interface Rows {
  readonly index: BigInt64Array;
  readonly value: BigInt64Array;
}

/** `count` rows from `start` on: index counts, value is ten times the index. */
export function rows(start: number, count: number): Rows {
  const index = new BigInt64Array(count);
  const value = new BigInt64Array(count);
  for (let i = 0; i < count; i++) {
    index[i] = BigInt(start + i);
    value[i] = BigInt(10 * (start + i));
  }
  return { index, value };
}
