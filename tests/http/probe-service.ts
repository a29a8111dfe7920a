import { type CallContext, field, int64, type ProtocolDescriptor, recordCodec, RecordBatch, Schema, type ServerStream, type Service } from 'vgi-gen/runtime/v1';

const noParams = recordCodec<object, Record<string, never>>({
  name: 'no parameters',
  contract: 'exact',
  prefix: Buffer.from(new Schema([]).toIpc()).toString('base64'),
  columns: {},
  write: () => {},
  read: () => ({}),
});

export const numberSchema: Schema = new Schema([field('value', int64, true)]);

const stream = (name: string, handler: string, kind: 'producer' | 'exchange' | 'stream'): ProtocolDescriptor['methods'][string] => ({
  name,
  handler,
  kind,
  since: '1.0.0',
  params: () => noParams,
  ...(kind === 'exchange' && { input: () => numberSchema }),
  ...(kind === 'stream' ? { input: 'dynamic' as const, output: 'dynamic' as const } : { output: () => numberSchema }),
});

const protocol: ProtocolDescriptor = {
  name: 'probe',
  wireName: 'Probe',
  service: 'Probe',
  requestContract: 'exact',
  versions: ['1.0.0'],
  currentVersion: '1.0.0',
  hash: 'f'.repeat(64),
  methods: {
    generated: stream('generated', 'generated', 'producer'),
    summed: stream('summed', 'summed', 'exchange'),
    echoed: stream('echoed', 'echoed', 'stream'),
    resumed: stream('resumed', 'resumed', 'producer'),
  },
};

/** What happened to the streams of a probe. */
export interface ProbeLog {
  readonly ended: string[];
  readonly opened: boolean[];
  readonly seen: ReadonlyMap<string, string>[];
}

/** Streams in the forms that handlers may give them. */
export function probeService(): { readonly service: Service; readonly log: ProbeLog } {
  const log: ProbeLog = { ended: [], opened: [], seen: [] };
  const handlers = {
    async *generated(_params: unknown, context: CallContext) {
      try {
        for (let i = 0n; i < 1000n; i++) {
          context.log('INFO', `batch ${i}`);
          yield { value: [i] };
        }
      } finally {
        log.ended.push('generated');
      }
    },
    async *summed(_params: unknown, input: AsyncIterable<{ value: readonly bigint[] }>) {
      let sum = 0n;
      try {
        for await (const { value } of input) {
          for (const number of value) sum += number;
          yield { value: [sum] };
        }
      } finally {
        log.ended.push('summed');
      }
    },
    echoed: (): ServerStream<undefined> => ({
      kind: 'exchange',
      header: undefined,
      output: numberSchema,
      stream: () => ({
        state: {},
        exchange: (_state, batch, { inputMetadata }) => {
          log.seen.push(inputMetadata);
          return batch;
        },
      }),
    }),
    resumed: (_params: unknown, { resumed }: CallContext) => {
      log.opened.push(resumed);
      return {
        state: { next: 5n, trail: Uint8Array.of(1) },
        produce: (state: { next: bigint; trail: Uint8Array }) => {
          if (state.next === 8n) return undefined;
          state.trail = Uint8Array.of(...state.trail, 2);
          return { value: [state.next++, BigInt(state.trail.length)] };
        },
      };
    },
  };
  return { service: { protocol, handlers }, log };
}

export const numbers = (...values: bigint[]): RecordBatch => RecordBatch.of(numberSchema, [values]);

/** A request for a method of the probe, as `openStream` takes it. */
export const probeCall = (method: string) => ({
  method,
  request: noParams.encodeCall({}, new Map([['vgi_rpc.method', method], ['vgi_rpc.request_version', '1'], ['vgi_rpc.protocol_version', '1.0.0']])),
  options: {},
});
