import type { ResumableExchange, ResumableProducer } from 'vgi-gen/runtime/v1';
import type { CancelProbe } from './cancel-probe.ts';
import type { Numbers } from './exchanges.ts';
import { rows, type Rows } from './rows.ts';

/** Never ends by itself; tells the probe of every turn and of the cancel. */
export function cancellableProducer(probe: CancelProbe): ResumableProducer<Rows, { sent: number }> {
  return {
    state: { sent: 0 },
    produce(state) {
      probe.add('produce_calls');
      return rows(state.sent++, 1);
    },
    onCancel: () => probe.add('on_cancel_calls'),
  };
}

/** Gives the input back; tells the probe of every turn and of the cancel. */
export function cancellableExchange(probe: CancelProbe): ResumableExchange<Numbers, Numbers> {
  return {
    state: {},
    exchange(_state, input) {
      probe.add('exchange_calls');
      return input;
    },
    onCancel: () => probe.add('on_cancel_calls'),
  };
}
