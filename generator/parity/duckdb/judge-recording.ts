import { wholeFile } from '../../diagnostics/diagnostic.ts';
import { Layouts } from '../../layout/layouts.ts';
import type { Model, Version } from '../../model/model.ts';
import { livesIn } from '../../model/versions.ts';
import type { ParityReport } from '../oracle.ts';
import { VersionFindings } from '../version-findings.ts';
import type { EnginePackage } from './engine-package.ts';
import type { ExtensionFooter } from './extension-footer.ts';
import { recordedCalls } from './recorded-calls.ts';
import type { Recording } from './recording.ts';
import { RequestChecker } from './request-checker.ts';
import uncalled from './uncalled-methods.json' with { type: 'json' };

const place = wholeFile('vgi-gen parity');

/** What was recorded of. */
export interface Recorded {
  readonly footer: ExtensionFooter;
  readonly engine: EnginePackage;
}

/** Checks what lies in the folder of a recording against the model; `undefined` if the version that was spoken has no schemas. */
export function judgeRecording(model: Model, { version, ran, failed }: Recording, folder: string, { footer, engine }: Recorded): ParityReport | undefined {
  if (version === undefined || !model.protocol.versions.some((each) => each.version === version && each.served)) return undefined;
  const findings = new VersionFindings(model.protocol.name, version);
  for (const { sql, problem } of failed) findings.report('duckdb-statement', sql, place, { sql, problem });
  const checker = new RequestChecker(new Layouts(model), findings);
  const calls = new Map<string, number>();
  for (const call of recordedCalls(folder)) {
    calls.set(call.method, (calls.get(call.method) ?? 0) + 1);
    checker.check(call);
  }
  const { seen, never } = coverage(model, version, calls, findings);
  const total = [...calls.values()].reduce((sum, count) => sum + count, 0);
  return {
    differences: findings.differences,
    sources: [],
    compared: [{ protocol: model.protocol.name, versions: [version], counts: { statements: ran, requests: total, records: checker.records, methods: seen.length } }],
    remarks: remarks(footer, engine, version, seen, never),
    data: { duckdb: { footer, engine: `${engine.name}@${engine.version}`, version, called: Object.fromEntries(seen), neverCalled: Object.fromEntries(never) } },
  };
}

interface Coverage {
  readonly seen: readonly (readonly [method: string, calls: number])[];
  readonly never: readonly (readonly [method: string, reason: string])[];
}

/** Which methods were called how often, and why the others were not. A method for which nobody knows why is a difference. */
function coverage({ methods }: Model, version: Version, calls: ReadonlyMap<string, number>, findings: VersionFindings): Coverage {
  const reasons: Readonly<Record<string, string>> = uncalled;
  const seen: (readonly [string, number])[] = [];
  const never: (readonly [string, string])[] = [];
  for (const method of methods.filter((each) => livesIn(each, version))) {
    const count = calls.get(method.name);
    if (count !== undefined) seen.push([method.name, count]);
    else {
      never.push([method.name, reasons[method.name] ?? 'no reason is known']);
      if (!Object.hasOwn(reasons, method.name)) findings.report('duckdb-never-called', method.name, method.range, { method: method.name });
    }
  }
  return { seen, never };
}

function remarks({ extensionVersion, duckdbVersion, platform, abi }: ExtensionFooter, engine: EnginePackage, version: Version, seen: Coverage['seen'], never: Coverage['never']): string[] {
  return [
    `the extension is ${extensionVersion} for DuckDB ${duckdbVersion}, ${platform}, ${abi}; it ran in ${engine.name}@${engine.version} and speaks ${version}`,
    `called (${seen.length} of ${seen.length + never.length} methods):`,
    ...seen.map(([method, count]) => `  ${method} ${count}`),
    ...(never.length === 0 ? [] : ['never called:']),
    ...never.map(([method, reason]) => `  ${method}: ${reason}`),
  ];
}
