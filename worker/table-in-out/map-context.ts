import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import type { InitCall } from '../call/init-call.ts';
import { ScanContext } from '../table/scan-context.ts';
import type { ScanPlan } from '../table/scan-plan.ts';
import type { ScanRequest } from '../table/scan-request.ts';
import { type CacheControl, stillHolds } from '../table/cache-control.ts';
import type { StateHolder } from './substream-states.ts';

/** What a map of a substream, and its `finalize`, see beside their inputs. */
export class MapContext<S = undefined> extends ScanContext {
  #holder: StateHolder<S>;
  #input: RecordBatch | undefined;

  constructor(init: InitCall, request: ScanRequest, plan: ScanPlan, holder: StateHolder<S>) {
    super(init, request, plan, undefined, undefined);
    this.#holder = holder;
  }

  /** The batch that is being mapped, in Arrow form. Throws in `finalize`, where there is none. */
  get input(): RecordBatch {
    if (!this.#input) throw new Error('there is no input batch after the end of the input');
    return this.#input;
  }

  /** The state of this substream: what `state` gave, then whatever was done with it or put in its place. */
  get state(): S {
    return this.#holder.value;
  }

  set state(value: S) {
    this.#holder.value = value;
  }

  /** Whether the client holds the result of this very batch that `cache` names, so that `notModified(cache)` will do as an answer. */
  readonly holds = (cache: CacheControl): boolean => stillHolds(cache, this.call.inputMetadata);

  /** Begins a turn: over HTTP each brings its state along. */
  static turn<S>(context: MapContext<S>, holder: StateHolder<S>, input: RecordBatch | undefined): void {
    context.#holder = holder;
    context.#input = input;
  }
}
