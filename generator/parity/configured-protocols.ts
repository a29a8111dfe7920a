import { compile } from '../compile.ts';
import type { ProtocolConfig } from '../config/load-config.ts';
import { DiagnosticCollector, wholeFile } from '../diagnostics/diagnostic.ts';
import type { FileSystem } from '../load/file-system.ts';
import { readSource } from '../load/load-sources.ts';
import { parseYaml } from '../load/parse-yaml.ts';
import type { OtherProtocol, ParityProtocol } from './oracle.ts';
import type { ParityOutcome } from './parity-outcome.ts';

/** Compiles the protocols to compare; `undefined` if one has errors. `named` = the command line names them. */
export function compileProtocols(fileSystem: FileSystem, configured: readonly ProtocolConfig[], named: boolean, outcome: ParityOutcome): readonly ParityProtocol[] | undefined {
  const protocols = configured.map((config) => {
    const { build, diagnostics, sources } = compile(fileSystem, config.definition, config.definitionRange);
    outcome.addFindings(diagnostics, sources);
    return build && { config, build, named };
  });
  return protocols.every((protocol) => protocol !== undefined) ? protocols : undefined;
}

/** The names of protocols that are not compared, whose definitions may have errors. */
export function otherProtocols(fileSystem: FileSystem, configured: readonly ProtocolConfig[]): readonly OtherProtocol[] {
  return configured.flatMap((config) => {
    const unheard = new DiagnosticCollector();
    const source = readSource(fileSystem, config.definition, wholeFile(config.definition), unheard);
    const name = source && parseYaml(source.file, source.text, unheard)?.get('protocol')?.text('name');
    return name === undefined ? [] : [{ name, config }];
  });
}
