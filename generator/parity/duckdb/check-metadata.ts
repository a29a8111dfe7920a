import { REQUEST_VERSION, rpcKeys } from '../../../runtime/rpc/metadata-keys.ts';
import type { Method, Model } from '../../model/model.ts';
import { compareVersions, livesIn } from '../../model/versions.ts';
import type { VersionFindings } from '../version-findings.ts';
import type { RecordedCall } from './recorded-calls.ts';

/** Checks the custom metadata of a request and of its inputs: the routing, and that every key is one that the model declares. */
export function checkMetadata({ metadata, inputs }: RecordedCall, { range }: Method, model: Model, findings: VersionFindings): void {
  const { protocol } = model;
  const routed = protocol.routingKeySince === undefined || compareVersions(findings.version, protocol.routingKeySince) >= 0;
  const expected = new Map([
    [rpcKeys.requestVersion, REQUEST_VERSION],
    [rpcKeys.protocolVersion, findings.version],
    ...(routed ? [[rpcKeys.protocol, protocol.wireName] as const] : []),
  ]);
  for (const [key, value] of expected) {
    const sent = metadata.get(key);
    if (sent !== value) findings.report('duckdb-metadata', key, range, { subject: key, problem: sent === undefined ? `requests lack it; it must be \`${value}\`` : `it is \`${sent}\` instead of \`${value}\`` });
  }
  const declared = new Set(model.metadata.flatMap(({ keys }) => keys.flatMap((entry) => (livesIn(entry, findings.version) ? [entry.key] : []))));
  for (const key of [...metadata.keys(), ...inputs.flatMap(({ customMetadata }) => [...customMetadata.keys()])]) {
    if (!declared.has(key)) findings.report('duckdb-metadata', key, range, { subject: key, problem: `the definition has no such key in ${findings.version}` });
  }
}
