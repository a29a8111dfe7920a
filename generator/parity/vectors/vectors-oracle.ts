import { createDiagnostic, wholeFile, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { unserved } from '../../history/unserved.ts';
import type { Oracle, ParityQuestion, ParityReport } from '../oracle.ts';
import { peerPath, shownPath } from '../peer-path.ts';
import { type ComparedVectors, compareVectors } from './compare-vectors.ts';
import { readVectorFolder } from './vector-folder.ts';

/** Compares with golden vectors that another implementation wrote, in the format of docs/vectors.md. */
export const vectorsOracle: Oracle = { compare: async (question) => compareFolder(question) };

function compareFolder({ protocols, peer, version, folder, cwd }: ParityQuestion): ParityReport | Diagnostic {
  const path = peerPath(cwd, folder, peer);
  const shown = shownPath(folder, path);
  const unusable = (reason: string): Diagnostic => createDiagnostic('unusable-peer', wholeFile(shown), { peer, reason });
  let files: ReturnType<typeof readVectorFolder>;
  try {
    files = readVectorFolder(path, protocols, shown);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return unusable(code === 'ENOENT' ? 'there is no such folder' : message);
  }
  const lacking = protocols.filter((protocol) => protocol.named && !files.has(protocol));
  if (lacking.length > 0 || files.size === 0) {
    const names = (lacking.length > 0 ? lacking : protocols).map(({ build }) => `\`${build.model.protocol.name}\``);
    return unusable(`it has no vectors of ${names.join(' or ')}`);
  }
  const reports: ComparedVectors[] = [];
  for (const [{ build }, read] of files) {
    const problem = version === undefined ? undefined : unserved(build.model, version);
    if (problem !== undefined) return problem;
    reports.push(compareVectors(build.model, read, version));
  }
  return { differences: reports.flatMap(({ differences }) => differences), sources: reports.flatMap(({ sources }) => sources), compared: reports.map(({ compared }) => compared) };
}
