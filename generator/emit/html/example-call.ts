import type { Schema } from '../../../runtime/arrow/schema.ts';
import { voidStream } from '../../../runtime/rpc/answers.ts';
import { REQUEST_VERSION, rpcKeys } from '../../../runtime/rpc/metadata-keys.ts';
import type { Layout, Layouts } from '../../layout/layouts.ts';
import { paramsRecord, resultRecord, streamRecord, typeRecord, type WireRecord } from '../../layout/wire-record.ts';
import type { Method, Version } from '../../model/model.ts';
import { compareVersions } from '../../model/versions.ts';
import { recordValues, type JsonValue } from '../vectors/record-values.ts';
import { SampleValues } from '../vectors/sample-values.ts';
import { ipcRegions, type Region } from './ipc-regions.ts';

/** One stream of an example call: the vector `canonical` of the record, a request with the metadata that clients send. */
export interface ExampleStream {
  readonly title: string;
  /** The record as docs/vectors.md names it; left out for the answer of a void method. */
  readonly record?: string;
  readonly values?: JsonValue;
  readonly bytes: Uint8Array;
  readonly regions: readonly Region[];
}

export interface ExampleCall {
  /** The newest served version that has the method. */
  readonly version: Version;
  readonly streams: readonly ExampleStream[];
}

/** Makes the example calls of one model. */
export class ExampleCalls {
  readonly #layouts: Layouts;
  readonly #schemas = new Map<Layout, Schema>();

  constructor(layouts: Layouts) {
    this.#layouts = layouts;
  }

  /** `undefined` if no served version has the method. */
  of(method: Method): ExampleCall | undefined {
    const version = this.#layouts.newest(paramsRecord(method))?.versions.at(-1);
    if (version === undefined) return undefined;
    const parts: readonly (readonly [string, WireRecord | undefined])[] = [
      ['Header', method.header === undefined ? undefined : typeRecord(this.#layouts.type(method.header))],
      ['A batch of the input', streamRecord(method, 'input')],
      ['A batch of the output', streamRecord(method, 'output')],
      ['Answer', resultRecord(method)],
    ];
    const streams = [
      this.#stream('Request', paramsRecord(method), version, this.#requestMetadata(method.name, version)),
      ...parts.flatMap(([title, record]) => (record === undefined ? [] : [this.#stream(title, record, version)])),
    ];
    if (method.kind === 'unary' && method.result === undefined) streams.push(voidAnswer());
    return { version, streams };
  }

  #stream(title: string, record: WireRecord, version: Version, metadata?: ReadonlyMap<string, string>): ExampleStream {
    const layout = this.#layouts.in(record, version);
    const samples = new SampleValues(this.#layouts, 'canonical', this.#schemas);
    const batch = samples.batch(layout);
    const bytes = (metadata === undefined ? batch : batch.withMetadata(metadata)).toIpc();
    return {
      title,
      record: record.name,
      values: recordValues(this.#layouts, layout, batch, (inner) => samples.open(inner)),
      bytes,
      regions: ipcRegions(bytes, { layouts: this.#layouts, columns: layout.columns, version: layout.last }),
    };
  }

  #requestMetadata(method: string, version: Version): ReadonlyMap<string, string> {
    const { wireName, routingKeySince } = this.#layouts.model.protocol;
    const routed = routingKeySince !== undefined && compareVersions(version, routingKeySince) >= 0;
    return new Map([
      [rpcKeys.method, method],
      [rpcKeys.requestVersion, REQUEST_VERSION],
      [rpcKeys.protocolVersion, version],
      ...(routed ? ([[rpcKeys.protocol, wireName]] as const) : []),
    ]);
  }
}

function voidAnswer(): ExampleStream {
  const bytes = Buffer.concat(voidStream([], { serverId: '', requestId: '' }));
  return { title: 'Answer', bytes, regions: ipcRegions(bytes, undefined) };
}

