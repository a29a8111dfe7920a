import { createDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Model, Version } from '../model/model.ts';
import { servedVersions } from './snapshot-of.ts';

/** Says that a definition does not compute the layouts of a version; `undefined` if it does. */
export function unserved(model: Model, version: Version): Diagnostic | undefined {
  const { protocol } = model;
  const served = servedVersions(model);
  if (served.includes(version)) return undefined;
  const place = protocol.versions.find((declared) => declared.version === version)?.range ?? protocol.range;
  return createDiagnostic('unserved-version', place, { version, protocol: protocol.name, served: served.join(', ') });
}
