import type { ProtocolConfig } from '../../config/load-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { FileSystem } from '../../load/file-system.ts';
import type { SourceFile } from '../../load/source.ts';
import type { ExplainedDifference, Explanations } from '../../parity/explanations.ts';
import type { ComparedProtocol, Difference, OtherProtocol, ParityProtocol, ParityReport } from '../../parity/oracle.ts';
import { oracles } from '../../parity/oracles.ts';
import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const parityCommand: CommandDefinition = {
  name: 'parity',
  summary: 'compare definitions with other implementations of their protocols',
  arguments: '[definitions...]',
  options: [
    ...oracles.map(({ name, argument, summary }) => [`--${name} <${argument}>`, summary] as const),
    ['--against-version <version>', 'version of the definition to compare (default: what the other implementation says of itself)'],
    ['--explained <file>', 'differences that are known, each with a reason'],
    ['--engine-package <folder>', 'the DuckDB package in which `--duckdb` runs the extension (default: searched beside the extension and in the project)'],
    ['--recording <folder>', 'keep what the extension sent, a file for each connection'],
  ],
  compiles: true,
  run: runParity,
};

/** What was found by all oracles that were asked. */
interface Findings {
  readonly diagnostics: Diagnostic[];
  readonly sources: SourceFile[];
  readonly explained: (ExplainedDifference & { readonly oracle: string })[];
  readonly unexplained: (Difference & { readonly oracle: string })[];
  readonly compared: (ComparedProtocol & { readonly oracle: string })[];
  readonly remarks: string[];
  data: Readonly<Record<string, unknown>>;
}

async function runParity(terminal: Terminal, options: Options, definitions: readonly string[]): Promise<ExitCode> {
  const [{ createDiagnostic, sortDiagnostics, wholeFile }, { configuredProject }, { Explanations, loadExplanations }, { peerPath, shownPath }, { exitCodeFor, say, showFindings, Stopwatch }] = await Promise.all([
    import('../../diagnostics/diagnostic.ts'),
    import('../configured-project.ts'),
    import('../../parity/explanations.ts'),
    import('../../parity/peer-path.ts'),
    import('../findings.ts'),
  ]);
  const watch = new Stopwatch();
  const opened = configuredProject(terminal, options, definitions);
  if (opened === undefined) return exitCodes.usage;
  const { folder, project } = opened;
  const refuse = (diagnostics: readonly Diagnostic[], sources: readonly SourceFile[] = []): ExitCode => {
    showFindings(terminal, options, diagnostics, sources);
    return exitCodes.usage;
  };
  const asked = oracles.flatMap((oracle) => (options[oracle.name] === undefined ? [] : [{ ...oracle, peer: options[oracle.name] as string }]));
  if (asked.length === 0) return refuse([createDiagnostic('no-peer', wholeFile('vgi-gen parity'), {})]);
  const explainedBy = options['explained'] as string | undefined;
  const known = explainedBy === undefined ? { explanations: new Explanations(), diagnostics: [], sources: [] } : loadExplanations(project.fileSystem, shownPath(folder, peerPath(terminal.cwd, folder, explainedBy)));
  if (known.explanations === undefined) return refuse(known.diagnostics, known.sources);

  const found: Findings = { diagnostics: [], sources: [...known.sources], explained: [], unexplained: [], compared: [], remarks: [], data: {} };
  const protocols = await compileAll(project.fileSystem, project.config.protocols, definitions.length > 0, found);
  const others = definitions.length === 0 ? [] : await otherProtocols(terminal.cwd, options, project.config.protocols);
  watch.lap('definitions');
  if (protocols === undefined) {
    showFindings(terminal, options, found.diagnostics, found.sources);
    return exitCodes.findings;
  }
  for (const { name, peer, load } of asked) {
    const oracle = await load();
    const report = await oracle.compare({ protocols, others, peer, version: options['againstVersion'] as string | undefined, enginePackage: options['enginePackage'] as string | undefined, recording: options['recording'] as string | undefined, folder, cwd: terminal.cwd, interrupted: () => terminal.interrupted });
    if ('code' in report) return refuse([report], found.sources);
    collect(found, name, report, known.explanations);
    watch.lap(name);
  }
  const diagnostics = sortDiagnostics(found.diagnostics);
  const { explained, unexplained, compared, data } = found;
  const stats = watch.show(terminal, options);
  showFindings(terminal, options, diagnostics, found.sources, { compared, differences: unexplained.map(forPrograms), explained: explained.map(forPrograms), ...data, ...stats });
  for (const line of [...compared.map(comparedLine), ...found.remarks]) say(terminal, options, line);
  if (explained.length > 0) say(terminal, options, `${explained.length} more ${explained.length === 1 ? 'difference is' : 'differences are'} explained in ${explainedBy ?? ''}`);
  return exitCodeFor(diagnostics);
}

/** Compiles every protocol; `undefined` if one has errors. */
async function compileAll(fileSystem: FileSystem, configured: readonly ProtocolConfig[], named: boolean, found: Findings): Promise<readonly ParityProtocol[] | undefined> {
  const { compile } = await import('../../compile.ts');
  const protocols = configured.map((config) => {
    const { build, diagnostics, sources } = compile(fileSystem, config.definition, config.definitionRange);
    found.diagnostics.push(...diagnostics);
    found.sources.push(...sources);
    return build && { config, build, named };
  });
  return protocols.every((protocol) => protocol !== undefined) ? protocols : undefined;
}

/** The protocols of the configuration that the command line does not name; their definitions may have errors. */
async function otherProtocols(cwd: string, options: Options, named: readonly ProtocolConfig[]): Promise<readonly OtherProtocol[]> {
  const [{ openProject }, { readSource }, { parseYaml }, { DiagnosticCollector, wholeFile }] = await Promise.all([
    import('../project.ts'),
    import('../../load/load-sources.ts'),
    import('../../load/parse-yaml.ts'),
    import('../../diagnostics/diagnostic.ts'),
  ]);
  const { config: whole, fileSystem } = openProject(cwd, options['config'] as string | undefined);
  const left = whole?.protocols.filter(({ definition }) => named.every((own) => own.definition !== definition)) ?? [];
  return left.flatMap((config) => {
    const unheard = new DiagnosticCollector();
    const source = readSource(fileSystem, config.definition, wholeFile(config.definition), unheard);
    const name = source && parseYaml(source.file, source.text, unheard)?.get('protocol')?.text('name');
    return name === undefined ? [] : [{ name, config }];
  });
}

function collect(found: Findings, oracle: string, report: ParityReport, explanations: Explanations): void {
  const { explained, unexplained, diagnostics } = explanations.judge(oracle, report);
  found.diagnostics.push(...diagnostics);
  found.sources.push(...report.sources);
  found.explained.push(...explained.map((difference) => ({ ...difference, oracle })));
  found.unexplained.push(...unexplained.map((difference) => ({ ...difference, oracle })));
  found.compared.push(...report.compared.map((compared) => ({ ...compared, oracle })));
  found.remarks.push(...(report.remarks ?? []));
  found.data = { ...found.data, ...report.data };
}

/** A difference without its places, which the diagnostics have; what an explanation of it has to say. */
const forPrograms = ({ diagnostic: { slug, message }, ...difference }: Difference): object => ({ ...difference, finding: slug, message });

function comparedLine({ oracle, protocol, versions, counts }: ComparedProtocol & { readonly oracle: string }): string {
  const parts = Object.entries(counts).map(([what, count]) => `${count} ${count === 1 ? what.replace(/s$/, '') : what}`);
  return `${oracle}: ${protocol} ${versions.join(', ')}: compared ${parts.join(', ')}`;
}
