import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiagnostic, wholeFile, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { Layouts } from '../../layout/layouts.ts';
import type { Model, Version } from '../../model/model.ts';
import { livesIn } from '../../model/versions.ts';
import type { Oracle, ParityQuestion, ParityReport } from '../oracle.ts';
import { peerPath } from '../peer-path.ts';
import { VersionFindings } from '../version-findings.ts';
import { findEngine, type EnginePackage, wantedPackage } from './engine-package.ts';
import { type ExtensionFooter, ownPlatform, readExtensionFooter } from './extension-footer.ts';
import { recordedCalls } from './recorded-calls.ts';
import { record, type Recording } from './recording.ts';
import { RequestChecker } from './request-checker.ts';
import uncalled from './uncalled-methods.json' with { type: 'json' };

/** The protocol that the recording worker is built for. */
const PROTOCOL = 'vgi';

const place = wholeFile('vgi-gen parity');

/** Runs the extension against a worker that records what it sends, and checks every request. */
export const duckdbOracle: Oracle = {
  async compare(question) {
    const unusable = (reason: string, hint?: string): Diagnostic => createDiagnostic('unusable-peer', place, { peer: question.peer, reason }, hint === undefined ? {} : { hint });
    const chosen = question.protocols.find(({ build }) => build.model.protocol.name === PROTOCOL);
    if (chosen === undefined) return unusable(`the extension speaks the protocol \`${PROTOCOL}\`, which is not among the definitions`);
    const extension = peerPath(question.cwd, question.folder, question.peer);
    if (!existsSync(extension) || !statSync(extension).isFile()) return unusable('there is no such file');
    const footer = readExtensionFooter(extension);
    if (footer === undefined) return unusable('it does not end like an extension of DuckDB');
    if (footer.platform !== ownPlatform()) return unusable(`it is for ${footer.platform}, and this machine is ${ownPlatform()}`, `take the build for ${ownPlatform()}.`);
    const { found: engine, others } = findEngine(footer.duckdbVersion, extension, [question.cwd, question.folder], question.enginePackage);
    if (engine === undefined) {
      const has = others.map(({ name, version }) => `${name}@${version}`).join(', ');
      return unusable(`it is for DuckDB ${footer.duckdbVersion}, and no package with that is installed${has === '' ? '' : ` (found: ${has})`}`, `run \`npm install --no-save ${wantedPackage(footer.duckdbVersion)}\`, or say where one is with \`--engine-package <folder>\`.`);
    }
    const kept = question.recording === undefined ? undefined : peerPath(question.cwd, question.folder, question.recording);
    const folder = kept ?? mkdtempSync(join(tmpdir(), 'vgi-gen-recording-'));
    mkdirSync(folder, { recursive: true });
    try {
      const recording = await record({ engine, extension, folder, signal: question.interrupted() });
      return judge(chosen.build.model, recording, folder, footer, engine) ?? unusable(servedText(chosen.build.model, recording));
    } catch (error) {
      return unusable(error instanceof Error ? error.message : String(error));
    } finally {
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    }
  },
};

function servedText({ protocol }: Model, { version, failed }: Recording): string {
  if (version === undefined) return `it made no call: ${failed[0]?.problem ?? 'nothing failed'}`;
  return `it speaks ${protocol.name} ${version}, which the definition does not serve (${protocol.versions.filter(({ served }) => served).map((each) => each.version).join(', ')})`;
}

/** `undefined` if the version that was spoken has no schemas. */
function judge(model: Model, { version, ran, failed }: Recording, folder: string, footer: ExtensionFooter, engine: EnginePackage): ParityReport | undefined {
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
