/** Headers of the HTTP transport (vgi-rpc WIRE_PROTOCOL, section 10). */
export const headers = {
  requestId: 'X-Request-ID',
  rpcError: 'X-VGI-RPC-Error',
  acceptMaxResponseBytes: 'VGI-Accept-Max-Response-Bytes',
  acceptEncoding: 'X-VGI-Accept-Encoding',
  contentEncoding: 'X-VGI-Content-Encoding',
  authReason: 'VGI-Auth-Reason',
  authProxyRequired: 'VGI-Auth-Proxy-Required',
  proxyProof: 'VGI-Proxy-Proof',
  session: 'VGI-Session',
  sessionAccept: 'VGI-Session-Accept',
  sessionClose: 'VGI-Session-Close',
  echoPrefix: 'VGI-Echo-',
} as const;

/** Headers that say what a server can do; on every answer. */
export const capabilityHeaders = {
  maxRequestBytes: 'VGI-Max-Request-Bytes',
  maxResponseBytes: 'VGI-Max-Response-Bytes',
  acceptMaxResponseBytesSupport: 'VGI-Accept-Max-Response-Bytes-Support',
  maxExternalizedResponseBytes: 'VGI-Max-Externalized-Response-Bytes',
  externalizationEnabled: 'VGI-Externalization-Enabled',
  supportedEncodings: 'VGI-Supported-Encodings',
  uploadUrlSupport: 'VGI-Upload-URL-Support',
  maxUploadBytes: 'VGI-Max-Upload-Bytes',
  proxyProofRequired: 'VGI-Proxy-Proof-Required',
  stickyEnabled: 'VGI-Sticky-Enabled',
  stickyDefaultTtl: 'VGI-Sticky-Default-TTL',
  stickyEchoHeaders: 'VGI-Sticky-Echo-Headers',
  tokenIntrospection: 'VGI-Token-Introspection',
} as const;
