import type { MethodDescriptor, ProtocolDescriptor } from './descriptor.ts';
import { compareVersions } from './service.ts';

/** The methods that a version of a protocol has, sorted by name. */
export function methodsIn(protocol: ProtocolDescriptor, version: string): MethodDescriptor[] {
  return Object.values(protocol.methods)
    .filter(({ since, removed }) => compareVersions(version, since) >= 0 && (removed === undefined || compareVersions(version, removed) < 0))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
