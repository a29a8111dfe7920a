import { posix } from 'node:path';
import type { Config, ProtocolConfig } from '../../config/load-config.ts';
import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const docsCommand: CommandDefinition = {
  name: 'docs',
  summary: 'write the reference: Markdown and one HTML page',
  arguments: '[definitions...]',
  options: [
    ['--out <folder>', 'folder of the references, below that of the configuration (default: reference)'],
    ['--dry-run', 'say what would be written, write nothing'],
  ],
  compiles: true,
  run: runDocs,
};

const defaultFolder = 'reference';

/** What is made of every protocol, whatever its own targets are. */
const targets = ['docs', 'html'];

async function runDocs(terminal: Terminal, options: Options, definitions: readonly string[]): Promise<ExitCode> {
  const [{ generate }, { configuredProject }, { carryOut }, { showFindings, Stopwatch }, { createDiagnostic, wholeFile }] = await Promise.all([
    import('../../api.ts'),
    import('../configured-project.ts'),
    import('../carry-out.ts'),
    import('../findings.ts'),
    import('../../diagnostics/diagnostic.ts'),
  ]);
  const watch = new Stopwatch();
  const opened = configuredProject(terminal, options, definitions);
  if (opened === undefined) return exitCodes.usage;
  const { folder, project } = opened;
  const out = posix.normalize((options['out'] as string | undefined) ?? defaultFolder).replace(/\/$/, '');
  if (out === '.' || out.startsWith('..') || posix.isAbsolute(out)) {
    showFindings(terminal, options, [createDiagnostic('unsafe-output', wholeFile('vgi-gen docs --out'), { output: out })], []);
    return exitCodes.usage;
  }
  watch.lap('open');
  const generation = await generate({ ...project, config: referenceConfig(project.config, out) });
  watch.lap('generate');
  return carryOut(terminal, options, folder, generation, watch);
}

/** The configuration with other targets, in a folder for each protocol that is called like the last part of its own output folder. */
function referenceConfig(config: Config, out: string): Config {
  const names = config.protocols.map(({ output }) => posix.basename(output));
  const protocols = config.protocols.map((protocol, index): ProtocolConfig => {
    const name = names[index] as string;
    const alone = names.filter((other) => other === name).length === 1;
    return { ...protocol, output: posix.join(out, alone ? name : protocol.output), targets: targets.map((target) => ({ name: target, range: protocol.definitionRange })) };
  });
  return { ...config, protocols };
}
