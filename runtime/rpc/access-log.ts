import { closeSync, openSync, writeSync } from 'node:fs';
import { endOfStream } from '../arrow/stream-encoder.ts';
import type { IpcMessages } from '../arrow/ipc-stream.ts';
import { Schema } from '../arrow/schema.ts';
import { typeName } from '../arrow/type.ts';
import type { CallObserver, CallRecord } from './call-record.ts';
import { errorMessage, errorType } from './errors.ts';

export interface AccessLogOptions {
  /** File that records are appended to. One process a file. */
  readonly path: string;
  readonly serverId: string;
  /** Build of the server. */
  readonly serverVersion?: string;
  /**
   * Log the parameters of requests and the states of streams too (vgi-rpc up to 0.42 wants that for debugging, later releases forbid it); without
   * it only what they are made of and their size.
   */
  readonly payloads?: boolean;
  /** Longest record in bytes; longer ones lose the payload, then the claims, then the rest. Default 1 MiB. */
  readonly maxRecordBytes?: number;
}

const DEFAULT_MAX_RECORD_BYTES = 1 << 20;

/** Names of claims that say who or what somebody is, or that are credentials. */
const SENSITIVE_CLAIM = /^(?:email.*|phone.*|name|given_name|family_name|middle_name|nickname|preferred_username|profile|picture|website|birthdate|gender|address|.*token|.*key|.*secret|.*password|.*credential.*)$/i;

type LogRecord = Record<string, unknown>;

/** What a record keeps when all else has to go. */
const ENVELOPE = [
  'timestamp', 'level', 'logger', 'message', 'server_id', 'protocol', 'protocol_hash', 'method', 'method_type', 'principal', 'auth_domain',
  'authenticated', 'remote_addr', 'duration_ms', 'status', 'error_type', 'error_message', 'stream_id',
];

/** Writes one line of JSON a call (vgi-rpc access-log-spec). Every line is in the file before the next call is answered. */
export class AccessLog implements CallObserver {
  readonly #options: AccessLogOptions;
  readonly #file: number;
  readonly #maxBytes: number;

  /** Throws if the file cannot be opened. */
  constructor(options: AccessLogOptions) {
    this.#options = options;
    this.#file = openSync(options.path, 'a', 0o600);
    this.#maxBytes = options.maxRecordBytes ?? DEFAULT_MAX_RECORD_BYTES;
  }

  called(record: CallRecord): void {
    try {
      writeSync(this.#file, `${this.#line(record)}\n`);
    } catch (error) {
      // A full disk must not fail calls, but it must not pass unseen either.
      process.stderr.write(`access log ${this.#options.path}: ${errorMessage(error)}\n`);
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #line(call: CallRecord): string {
    const record = this.#record(call);
    let line = JSON.stringify(record);
    if (Buffer.byteLength(line) <= this.#maxBytes) return line;
    if (typeof record.request_data === 'string') {
      record.original_request_bytes = record.request_data.length;
      delete record.request_data;
    }
    record.truncated = true;
    line = JSON.stringify(record);
    if (Buffer.byteLength(line) > this.#maxBytes && 'claims' in record) line = JSON.stringify({ ...record, claims: {} });
    if (Buffer.byteLength(line) <= this.#maxBytes) return line;
    const kept = ENVELOPE.filter((key) => key in record).map((key) => [key, record[key]]);
    return JSON.stringify({ ...Object.fromEntries(kept), truncated: 'record_too_large' });
  }

  #record(call: CallRecord): LogRecord {
    const { protocol, auth, error, http } = call;
    const failed = error !== undefined || call.cancelled;
    const record: LogRecord = {
      timestamp: new Date().toISOString(),
      level: 'INFO',
      logger: 'vgi_rpc.access',
      message: `${protocol.service}.${call.method} ${failed ? 'error' : 'ok'}`,
      server_id: this.#options.serverId,
      protocol: protocol.service,
      protocol_hash: protocol.hash,
      method: call.method,
      method_type: call.methodType,
      principal: auth.principal,
      auth_domain: auth.domain,
      authenticated: auth.authenticated,
      remote_addr: call.remoteAddress,
      duration_ms: Math.round(call.durationMs * 100) / 100,
      status: failed ? 'error' : 'ok',
      error_type: error === undefined ? (call.cancelled ? 'Cancelled' : '') : errorType(error),
    };
    if (failed) record.error_message = (error === undefined ? 'cancelled by the client' : errorMessage(error)) || errorType(error);
    if (call.cancelled) record.cancelled = true;
    if (this.#options.serverVersion) record.server_version = this.#options.serverVersion;
    if (call.requestId) record.request_id = call.requestId;
    if (call.streamId) record.stream_id = call.streamId;
    if (Object.keys(auth.claims).length > 0) record.claims = redacted(auth.claims);
    this.#addRequest(record, call);
    addStatistics(record, call);
    if (http) addHttp(record, http, this.#options.payloads === true);
    return record;
  }

  #addRequest(record: LogRecord, { request, secret }: CallRecord): void {
    if (!request) return;
    const stream = requestStream(request);
    // Bodies that were too large to be taken count, though they are not there.
    const omitted = [...request.dictionaries, ...(request.batch ? [request.batch] : [])].reduce((sum, message) => sum + message.omittedBytes, 0);
    const length = base64Length(stream.reduce((sum, chunk) => sum + chunk.length, omitted));
    const wanted = this.#options.payloads === true && !secret;
    if (wanted && length < this.#maxBytes) {
      record.request_data = base64(Buffer.concat(stream));
    } else {
      record.original_request_bytes = length;
      record.truncated = wanted ? true : 'payload_omitted';
      addShape(record, request);
    }
  }
}

/** Names and types of the parameters, without their values. A schema that cannot be read is why the call failed. */
function addShape(record: LogRecord, { schemaMessage, batch }: IpcMessages): void {
  try {
    record.request_fields = Schema.fromIpc(schemaMessage).fields.map(({ name, type }) => ({ name, type: typeName(type) }));
    record.request_rows = batch?.numRows ?? 0;
  } catch {
    delete record.request_fields;
  }
}

function requestStream({ schemaMessage, dictionaries, batch }: IpcMessages): Uint8Array[] {
  return [schemaMessage, ...dictionaries.map(({ bytes }) => bytes), ...(batch ? [batch.bytes] : []), endOfStream];
}

function addStatistics(record: LogRecord, { statistics }: CallRecord): void {
  record.input_batches = statistics.inputBatches;
  record.output_batches = statistics.outputBatches;
  record.input_rows = statistics.inputRows;
  record.output_rows = statistics.outputRows;
  record.input_bytes = statistics.inputBytes;
  record.output_bytes = statistics.outputBytes;
}

function addHttp(record: LogRecord, http: NonNullable<CallRecord['http']>, payloads: boolean): void {
  record.http_status = http.status;
  for (const [name, state] of [['request_state', http.requestState], ['response_state', http.responseState]] as const) {
    if (!state?.length) continue;
    if (payloads) record[name] = base64(state);
    else record[`${name}_bytes`] = state.length;
  }
  if (http.requestBytes !== undefined) record.request_bytes = http.requestBytes;
  if (http.responseBytes !== undefined) record.response_bytes = http.responseBytes;
  if (http.externalizedBytes) record.externalized_bytes = http.externalizedBytes;
  if (http.sessionAction) record.session_action = http.sessionAction;
  if (http.sessionId) record.session_id = http.sessionId;
}

/** The claims with the values of sensitive ones hidden: which claims there were is worth a log line, what they say is not. */
function redacted(claims: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, SENSITIVE_CLAIM.test(name) ? '[redacted]' : nested(value)]));
}

function nested(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? redacted(value as Record<string, unknown>) : value;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
const base64Length = (bytes: number): number => 4 * Math.ceil(bytes / 3);
