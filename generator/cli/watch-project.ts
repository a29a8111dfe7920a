import { relative, resolve, sep } from 'node:path';
import { configName } from '../config/load-config.ts';
import { FileWatch } from '../watch/watch-files.ts';
import { WarmGenerator } from '../watch/warm-generator.ts';
import { carryOut } from './carry-out.ts';
import { exitCodes, type ExitCode, type Options, type Terminal } from './command.ts';
import { configuredProject } from './configured-project.ts';
import { say, Stopwatch } from './findings.ts';

/** How long mistakes are kept back, in milliseconds, in case that they mend themselves. */
const patience = 40;

/** Generates, then again after every change, until it is interrupted. Mistakes are shown and waited for to be mended. */
export async function watchProject(terminal: Terminal, options: Options, definitions: readonly string[]): Promise<ExitCode> {
  const { interrupted } = terminal;
  let opened = configuredProject(terminal, options, definitions);
  if (opened === undefined) return exitCodes.usage;
  const { folder } = opened;
  const config = relative(folder, resolve(terminal.cwd, (options['config'] as string | undefined) ?? resolve(folder, configName))).split(sep).join('/');
  const files = new FileWatch(folder);
  let generator = new WarmGenerator(opened.project);
  let changed: ReadonlySet<string> = new Set();
  let status: ExitCode = exitCodes.clean;
  try {
    while (!interrupted.aborted) {
      const watch = new Stopwatch();
      if (changed.has(config)) {
        opened = configuredProject(terminal, options, definitions);
        if (opened !== undefined) generator = new WarmGenerator(opened.project);
      }
      if (opened !== undefined) {
        const generation = await generator.run(changed);
        watch.lap('generate');
        files.follow(new Set([...generator.files, config]), generator.folders);
        // Mistakes may be of files that are still being written, by a checkout for example.
        if (generation.plan === undefined && changed.size > 0 && (await files.changesWithin(patience))) {
          changed = await files.next(interrupted);
          continue;
        }
        status = await carryOut(terminal, options, folder, generation, watch);
      }
      say(terminal, options, 'waiting for changes ...');
      changed = await files.next(interrupted);
      if (changed.size > 0) say(terminal, options, `\n${[...changed].join(', ')} changed`);
    }
    return status;
  } finally {
    files.close();
  }
}
