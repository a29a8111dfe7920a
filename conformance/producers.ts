import { BatchWithMetadata, type CallContext, field, float64, int64, type ResumableProducer, Schema, utf8, type WithHeader } from 'vgi-gen/runtime/v1';
import type { RichHeader } from '../generated/conformance/ts/index.ts';
import { richHeader } from './rich-header.ts';
import { type Rows, rows } from './rows.ts';

/** State of the producers. */
export interface Progress {
  /** Batches sent so far. */
  sent: number;
}

export interface CountedBatches {
  readonly batches: bigint;
  readonly rowsPerBatch?: bigint;
  /** Runs before each batch; what it throws ends the stream. */
  readonly before?: (batch: number, context: CallContext) => void;
}

/** Batches of equal size whose index runs on from one to the next. */
export function countedBatches({ batches, rowsPerBatch = 1n, before }: CountedBatches): ResumableProducer<Rows, Progress> {
  const size = Number(rowsPerBatch);
  return {
    state: { sent: 0 },
    produce(state, context) {
      if (state.sent >= batches) return undefined;
      before?.(state.sent, context);
      return rows(size * state.sent++, size);
    },
  };
}

/** One batch after the other until `batches` are out, then what `atEnd` throws. */
export function failingAfter(batches: bigint, atEnd: () => Error): ResumableProducer<Rows, Progress> {
  return {
    state: { sent: 0 },
    produce(state) {
      if (state.sent >= batches) throw atEnd();
      return rows(state.sent++, 1);
    },
  };
}

export interface DynamicColumns {
  readonly seed: bigint;
  readonly count: bigint;
  readonly includeStrings: boolean;
  readonly includeFloats: boolean;
}

type DynamicRow = Readonly<Record<string, readonly unknown[]>>;

/** A producer whose columns the caller chooses. */
export function dynamicColumns({ seed, count, includeStrings, includeFloats }: DynamicColumns): WithHeader<RichHeader, ResumableProducer<DynamicRow, Progress>> {
  const fields = [field('index', int64, true)];
  if (includeStrings) fields.push(field('label', utf8, true));
  if (includeFloats) fields.push(field('score', float64, true));
  return {
    header: richHeader(seed),
    output: new Schema(fields),
    stream: {
      state: { sent: 0 },
      produce(state) {
        if (state.sent >= count) return undefined;
        const i = state.sent++;
        return {
          index: [BigInt(i)],
          ...(includeStrings && { label: [`row-${i}`] }),
          ...(includeFloats && { score: [1.5 * i] }),
        };
      },
    },
  };
}

export interface DescribedTick {
  readonly index: readonly bigint[];
  readonly seen: readonly string[];
}

/** One batch a tick, which says what metadata the tick had. */
export function describedTicks(count: bigint): ResumableProducer<DescribedTick, Progress> {
  return {
    state: { sent: 0 },
    produce(state, { inputMetadata }) {
      if (state.sent >= count) return undefined;
      return { index: [BigInt(state.sent++)], seen: [inputMetadata.get('vgi.conformance.tick') ?? ''] };
    },
  };
}

/** Not ASCII, so that metadata read as Latin-1 shows. */
const EMIT_LABEL = '\u00fcn\u00efcode-\u03bb';

/** Batches of numbers whose metadata says which of how many they are. */
export function annotatedBatches({ count, rowsPerBatch }: { readonly count: bigint; readonly rowsPerBatch: bigint }): ResumableProducer<{ readonly value: BigInt64Array }, Progress> {
  return {
    state: { sent: 0 },
    produce(state) {
      if (state.sent >= count) return undefined;
      const number = state.sent++;
      const value = BigInt64Array.from({ length: Number(rowsPerBatch) }, (_, row) => BigInt(number) * 1_000_000n + BigInt(row));
      const metadata = new Map([['conformance.batch_index', String(number)], ['conformance.batch_total', String(count)], ['conformance.emit_label', EMIT_LABEL]]);
      return new BatchWithMetadata({ value }, metadata);
    },
  };
}
