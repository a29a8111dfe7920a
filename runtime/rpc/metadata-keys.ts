/** Metadata keys of the RPC layer (vgi-rpc WIRE_PROTOCOL, section 3); they ride in the custom metadata of a batch. */
export const rpcKeys = {
  method: 'vgi_rpc.method',
  requestVersion: 'vgi_rpc.request_version',
  protocolVersion: 'vgi_rpc.protocol_version',
  /** Routing key: which of the protocols of a worker is meant (since VGI 2.0.0). */
  protocol: 'vgi_rpc.protocol',
  requestId: 'vgi_rpc.request_id',
  serverId: 'vgi_rpc.server_id',
  logLevel: 'vgi_rpc.log_level',
  logMessage: 'vgi_rpc.log_message',
  logExtra: 'vgi_rpc.log_extra',
  errorKind: 'vgi_rpc.error_kind',
  cancel: 'vgi_rpc.cancel',
  describeVersion: 'vgi_rpc.describe_version',
  protocolHash: 'vgi_rpc.protocol_hash',
  protocolName: 'vgi_rpc.protocol_name',
  transportShm: 'vgi_rpc.transport.shm',
  shmOffset: 'vgi_rpc.shm_offset',
  /** Pointer to a batch in external storage, and the SHA-256 of its bytes before compression. */
  location: 'vgi_rpc.location',
  locationSha256: 'vgi_rpc.location.sha256',
  /** The two tokens of a stream over HTTP: where it stands, and what it is. */
  streamState: 'vgi_rpc.stream_state#b64',
  callState: 'vgi_rpc.call_state#b64',
} as const;

/** Version of the framing itself; every request carries it. */
export const REQUEST_VERSION = '1';

/** Version of the answer of `__describe__` (vgi-rpc WIRE_PROTOCOL, section 14). */
export const DESCRIBE_VERSION = '4';

/** Routing key of the protocol that every server hosts beside its own (schema/reflection). */
export const REFLECTION = 'vgi_rpc.Reflection.v1';

/** Methods that belong to no protocol. */
export const reservedMethods = {
  describe: '__describe__',
  transportOptions: '__transport_options__',
  uploadUrl: '__upload_url__',
} as const;
