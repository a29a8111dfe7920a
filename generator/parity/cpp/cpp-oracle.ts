import { createDiagnostic, wholeFile, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SourceFile } from '../../load/source.ts';
import type { Version } from '../../model/model.ts';
import { cppOptions } from '../../emit/cpp/cpp-options.ts';
import type { ComparedProtocol, Difference, Oracle, ParityProtocol, ParityQuestion, ParityReport } from '../oracle.ts';
import { peerPath, shownPath } from '../peer-path.ts';
import { compareHeaders } from './compare-headers.ts';
import { type HeaderFile, readHeaderFolder } from './header-folder.ts';
import { ofVersion, wantedContext } from './wanted-context.ts';

/** Compares with the declarations of C++ headers, as upstream or the target `cpp` generates them. */
export const cppOracle: Oracle = { compare: async (question) => compareFolder(question) };

function compareFolder(question: ParityQuestion): ParityReport | Diagnostic {
  const { protocols, peer, folder, cwd } = question;
  const path = peerPath(cwd, folder, peer);
  const shown = shownPath(folder, path);
  const unusable = (reason: string): Diagnostic => createDiagnostic('unusable-peer', wholeFile(shown), { peer, reason });
  let headers: ReturnType<typeof readHeaderFolder>;
  try {
    headers = readHeaderFolder(path, question, shown);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return unusable(code === 'ENOENT' ? 'there is no such folder' : message);
  }
  const lacking = protocols.filter((protocol) => protocol.named && !headers.byProtocol.has(protocol)).map(({ build }) => build.model.protocol.name);
  if (lacking.length > 0 || headers.byProtocol.size === 0) {
    const names = (lacking.length > 0 ? lacking : protocols.map(({ build }) => build.model.protocol.name)).map((name) => `\`${name}\``);
    return unusable(`it has no headers of ${names.join(' or ')}`);
  }
  const differences: Difference[] = [];
  const compared: ComparedProtocol[] = [];
  const sources: SourceFile[] = [...headers.strays];
  for (const [protocol, files] of headers.byProtocol) {
    const all = wantedContext(protocol);
    const version = peerVersion(protocol, files, question.version, shown);
    if (typeof version === 'object') return version;
    const own = compareHeaders(protocol.build.model.protocol.name, version === 'all' ? all : ofVersion(all, version), files, shown);
    differences.push(...own.differences);
    compared.push(own.compared);
    sources.push(...files.map(({ lines }) => lines));
  }
  // They belong to no protocol; the first one has to name them.
  const [first] = compared;
  for (const lines of headers.strays) {
    if (first === undefined) break;
    const diagnostic = createDiagnostic('cpp-header-unexpected', wholeFile(lines.file), { protocols: compared.map(({ protocol }) => `\`${protocol}\``).join(', ') });
    differences.push({ protocol: first.protocol, version: first.versions.at(-1) ?? '', subject: lines.file.slice(lines.file.lastIndexOf('/') + 1), diagnostic });
  }
  return { differences, sources, compared };
}

/** Which version headers have: one, or `all` if they list what they serve. */
function peerVersion({ build, config }: ParityProtocol, files: readonly HeaderFile[], chosen: Version | undefined, shown: string): Version | 'all' | Diagnostic {
  const { protocol } = build.model;
  const { constantPrefix } = cppOptions(protocol.name, config.cpp);
  const constants = new Map(files.flatMap(({ header, lines }) => (header?.declarations ?? []).filter(({ kind }) => kind === 'constant').map((declaration) => [declaration.name.text, { declaration, lines }] as const)));
  if (constants.has(`${constantPrefix}SERVED_VERSIONS`)) {
    return chosen === undefined ? 'all' : createDiagnostic('unusable-peer', wholeFile(shown), { peer: shown, reason: 'its headers have every version, so that there is none to be chosen' }, { hint: 'leave out `--against-version`.' });
  }
  const constant = constants.get(`${constantPrefix}PROTOCOL_VERSION`);
  const value = constant?.declaration.facts.find(({ about }) => about === 'value');
  const version = chosen ?? (value === undefined ? undefined : String(JSON.parse(value.text)));
  if (version === undefined) return createDiagnostic('unknown-peer-version', wholeFile(shown), { peer: shown, protocol: protocol.name });
  const served = protocol.versions.filter((declared) => declared.served).map((declared) => declared.version);
  if (served.includes(version)) return version;
  const range = chosen === undefined && value !== undefined && constant !== undefined ? constant.lines.range(value) : wholeFile(shown);
  return createDiagnostic('unserved-version', range, { version, protocol: protocol.name, served: served.join(', ') }, { related: [{ label: 'the definition', range: protocol.range }] });
}
