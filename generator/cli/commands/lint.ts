import { posix } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SourceFile } from '../../load/source.ts';
import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const lintCommand: CommandDefinition = {
  name: 'lint',
  summary: 'check definitions without generating anything',
  arguments: '[definitions...]',
  options: [['--stdin-filename <path>', 'what messages call the definition read from `-`']],
  compiles: true,
  run: runLint,
};

/** Checks the definitions named on the command line (`-` is stdin), or else all of the configuration. */
async function runLint(terminal: Terminal, options: Options, definitions: readonly string[]): Promise<ExitCode> {
  const [{ compile }, { diskFileSystem, memoryFileSystem }, { openProject }, { exitCodeFor, praise, say, showFindings, Stopwatch }] = await Promise.all([
    import('../../compile.ts'),
    import('../../load/file-system.ts'),
    import('../project.ts'),
    import('../findings.ts'),
  ]);
  const watch = new Stopwatch();
  const diagnostics: Diagnostic[] = [];
  const sources: SourceFile[] = [];
  let files = 0;
  const lint = (compilation: ReturnType<typeof compile>): void => {
    diagnostics.push(...compilation.diagnostics);
    sources.push(...compilation.sources);
    files += compilation.sources.length;
  };

  if (definitions.length > 0) {
    for (const definition of definitions) {
      const isStdin = definition === '-';
      const root = posix.normalize(isStdin ? String(options['stdinFilename'] ?? 'stdin.yaml') : definition);
      const disk = diskFileSystem(terminal.cwd);
      lint(compile(isStdin ? memoryFileSystem({ [root]: await terminal.readStdin() }, disk) : disk, root));
    }
  } else {
    const project = openProject(terminal.cwd, options['config'] as string | undefined);
    if (project.config === undefined) {
      showFindings(terminal, options, project.diagnostics, project.sources);
      return exitCodes.usage;
    }
    sources.push(...project.sources);
    for (const { definition, definitionRange } of project.config.protocols) lint(compile(project.fileSystem, definition, definitionRange));
  }
  watch.lap('check');
  showFindings(terminal, options, diagnostics, sources);
  if (options['stats'] === true) say(terminal, options, String(watch));
  if (diagnostics.length === 0) say(terminal, options, praise(files));
  return exitCodeFor(diagnostics);
}
