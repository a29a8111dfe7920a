import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiagnostic, wholeFile, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Model } from '../../model/model.ts';
import type { Oracle } from '../oracle.ts';
import { peerPath } from '../peer-path.ts';
import { findEngine, wantedPackage } from './engine-package.ts';
import { ownPlatform, readExtensionFooter } from './extension-footer.ts';
import { judgeRecording } from './judge-recording.ts';
import { record, type Recording } from './recording.ts';

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
      return judgeRecording(chosen.build.model, recording, folder, { footer, engine }) ?? unusable(servedText(chosen.build.model, recording));
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
