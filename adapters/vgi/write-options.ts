import type { RecordAdapter } from 'vgi-gen/runtime/v1';
import type { EarlierWriteOptions, WriteOptions } from '../../generated/vgi/ts/types.ts';

/** Before 2.0.0 a write can only be asked for its rows or for their number. */
export const writeOptionsAdapter: RecordAdapter<WriteOptions, EarlierWriteOptions> = {
  toEarlier: ({ resultMode }) => ({ returnChunks: resultMode !== 'count' }),
  fromEarlier: (value, { returnChunks }) => ({ ...value, resultMode: returnChunks ? 'rows' : 'count' }),
};
