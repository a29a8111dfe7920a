import { existsSync, readdirSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const initCommand: CommandDefinition = {
  name: 'init',
  summary: 'begin a project: protocol, worker or client',
  arguments: '<kind> [folder]',
  options: [['--vgi-gen <spec>', 'what the project depends on: a version of vgi-gen or another npm specifier (default: this version)']],
  compiles: false,
  run: runInit,
};

async function runInit(terminal: Terminal, options: Options, [kind = '', folder = '.']: readonly string[]): Promise<ExitCode> {
  const [{ projectFiles, projectKinds }, { createDiagnostic, wholeFile }, { closest }, { generatorVersion }, { renderText }] = await Promise.all([
    import('../../init/project-files.ts'),
    import('../../diagnostics/diagnostic.ts'),
    import('../../diagnostics/suggest.ts'),
    import('../../package-folder.ts'),
    import('../../diagnostics/render-text.ts'),
  ]);
  const refuse = (found: Diagnostic): ExitCode => {
    terminal.err(renderText([found], []));
    return exitCodes.usage;
  };
  if (!Object.hasOwn(projectKinds, kind)) {
    const meant = closest(kind, Object.keys(projectKinds));
    const kinds = Object.entries(projectKinds).map(([name, { summary }]) => `\`${name}\` (${summary})`);
    return refuse(createDiagnostic('unknown-project', wholeFile('init'), { kind }, { hint: meant === undefined ? `there are ${kinds.join(', ')}.` : `did you mean \`vgi-gen init ${meant}\`?` }));
  }
  const target = resolve(terminal.cwd, folder);
  const inTheWay = existsSync(target) && (statSync(target).isDirectory() ? readdirSync(target).find((name) => name !== '.git') : folder);
  if (inTheWay !== false && inTheWay !== undefined) return refuse(createDiagnostic('folder-not-empty', wholeFile(folder), { entry: inTheWay }));

  const { applyPlan } = await import('../../plan/apply.ts');
  const files = projectFiles(kind as keyof typeof projectKinds, target, (options['vgiGen'] as string | undefined) ?? generatorVersion());
  try {
    applyPlan(target, { write: files, keep: [], delete: [] });
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return refuse(createDiagnostic('write-failed', wholeFile(folder), { reason: error.message }));
  }
  for (const { path } of files) terminal.err(`wrote ${path}\n`);
  const change = relative(terminal.cwd, target) === '' ? '' : `cd ${/\s/.test(folder) ? `"${folder}"` : folder} && `;
  terminal.err(`\nnext: ${change}npm install && npm run build && npm test\n`);
  return exitCodes.clean;
}
