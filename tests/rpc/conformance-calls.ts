import { cancelCalls } from './calls/cancel-calls.ts';
import type { ConformanceCall } from './calls/conformance-call.ts';
import { containerCalls } from './calls/container-calls.ts';
import { errorAndLogCalls } from './calls/error-and-log-calls.ts';
import { exchangeCalls } from './calls/exchange-calls.ts';
import { oversizedAndSessionCalls } from './calls/oversized-and-session-calls.ts';
import { producerCalls } from './calls/producer-calls.ts';
import { routedCalls } from './calls/routed-calls.ts';
import { scalarCalls } from './calls/scalar-calls.ts';
import { wideTypeCalls } from './calls/wide-type-calls.ts';

/** Every method of the conformance service with values at the edges of what it takes, for any connection that a client can have. */
export const conformanceCalls: readonly ConformanceCall[] = [
  ...scalarCalls,
  ...containerCalls,
  ...wideTypeCalls,
  ...errorAndLogCalls,
  ...producerCalls,
  ...exchangeCalls,
  ...cancelCalls,
  ...oversizedAndSessionCalls,
  ...routedCalls,
];
