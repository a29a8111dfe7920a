import { type CallContext, field, type ProtocolDescriptor, recordCodec, required, Schema, type Service, utf8, utf8Value } from 'vgi-gen/runtime/v1';

const noParams = recordCodec<object, Record<string, never>>({
  name: 'report_transport_kind',
  contract: 'exact',
  prefix: base64(new Schema([])),
  columns: {},
  write: () => {},
  read: () => ({}),
});

const kindResult = recordCodec({
  name: 'report_transport_kind result',
  contract: 'exact',
  prefix: base64(new Schema([field('result', utf8, false)])),
  columns: { result: required(utf8Value) },
  write: (writer, columns, value: string) => columns.result.write(writer, value),
  read: (reader, columns): string => columns.result.read(reader),
});

/** The suite's probe has no definition and sends no version: one method, which says over which transport it was called. */
const kindProbeProtocol: ProtocolDescriptor = {
  name: 'transport-kind-probe',
  wireName: 'TransportKindProbe',
  service: 'TransportKindProbe',
  requestContract: 'exact',
  versions: ['1.0.0'],
  currentVersion: '1.0.0',
  versionOptional: true,
  hash: '0'.repeat(64),
  methods: {
    report_transport_kind: { name: 'report_transport_kind', handler: 'report', kind: 'unary', since: '1.0.0', params: () => noParams, result: () => kindResult },
  },
};

export const kindProbe: Service = {
  protocol: kindProbeProtocol,
  handlers: { report: (_params: unknown, { transport }: CallContext) => transport },
};

function base64(schema: Schema): string {
  return Buffer.from(schema.toIpc()).toString('base64');
}
