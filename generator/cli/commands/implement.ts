import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { hasErrors, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SourceFile } from '../../load/source.ts';
import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const implementCommand: CommandDefinition = {
  name: 'implement',
  summary: 'make the handler classes of a file fit their protocol',
  arguments: '<files...>',
  options: [
    ['--check', 'change nothing; fail if something would have to change'],
    ['--dry-run', 'say what would change, write nothing'],
    ['--diff', 'print the changes as a unified diff'],
  ],
  compiles: true,
  run: runImplement,
};

async function runImplement(terminal: Terminal, options: Options, files: readonly string[]): Promise<ExitCode> {
  const { exitCodeFor, say, showFindings, Stopwatch } = await import('../findings.ts');
  const watch = new Stopwatch();
  const found: Diagnostic[] = [];
  const sources: SourceFile[] = [];
  const authors = (await Promise.all(files.map((file) => readAuthor(terminal.cwd, file, found)))).filter((author) => author !== undefined);
  if (found.length > 0) {
    showFindings(terminal, options, found, sources);
    return exitCodes.usage;
  }
  const protocols = await openProtocols(terminal, options, authors.some(({ text }) => text.includes('vgi-gen/vgi')));
  if (typeof protocols === 'number') return protocols;

  watch.lap('protocols');
  const [{ implement }, { unifiedDiff }] = await Promise.all([import('../../implement/implement.ts'), import('../../plan/diff.ts')]);
  const changed: string[] = [];
  let diff = '';
  for (const author of authors) {
    const { text, changes, diagnostics } = implement(author, protocols, readText);
    sources.push({ file: author.name, text: author.text });
    found.push(...diagnostics, ...(options['check'] === true ? changes : []));
    if (text === author.text) continue;
    changed.push(author.name);
    if (options['diff'] === true) diff += unifiedDiff(author.name, author.text, text);
    const writes = options['check'] !== true && options['dryRun'] !== true;
    const failure = writes ? await writeInPlace(author.path, author.name, text) : undefined;
    if (failure !== undefined) found.push(failure);
    for (const { message } of options['check'] === true || failure !== undefined ? [] : changes) say(terminal, options, `${author.name}: ${writes ? 'mended' : 'would mend'}: ${message}`);
  }
  if (options['format'] !== 'json' && options['format'] !== 'sarif') terminal.out(diff);
  watch.lap('implement');
  showFindings(terminal, options, found, sources, { changed, ...(options['diff'] === true ? { diff } : {}), ...watch.show(terminal, options) });
  if (changed.length === 0 && found.length === 0) say(terminal, options, 'every handler class is up to date');
  return exitCodeFor(found);
}

/** The protocols that classes may belong to, or the exit code if they cannot be had. */
async function openProtocols(terminal: Terminal, options: Options, wantsPackage: boolean) {
  const [{ openProject }, { configuredProject }, { projectModules, packageModules }, { showFindings }] = await Promise.all([
    import('../project.ts'),
    import('../configured-project.ts'),
    import('../../implement/generated-modules.ts'),
    import('../findings.ts'),
  ]);
  const own = wantsPackage ? [packageModules()] : [];
  const config = options['config'] as string | undefined;
  // A worker on the package's own classes needs no configuration.
  if (wantsPackage && config === undefined && openProject(terminal.cwd, config).diagnostics.some(({ slug }) => slug === 'config-not-found')) return own;
  const opened = configuredProject(terminal, options, []);
  if (opened === undefined) return exitCodes.usage;
  const { modules, diagnostics, sources } = await projectModules(opened.folder, opened.project);
  if (!hasErrors(diagnostics)) return [...modules, ...own];
  showFindings(terminal, options, diagnostics, sources);
  return exitCodes.findings;
}

async function readAuthor(cwd: string, file: string, found: Diagnostic[]) {
  const { createDiagnostic, wholeFile } = await import('../../diagnostics/diagnostic.ts');
  const name = relative(cwd, resolve(cwd, file)).split(sep).join('/');
  const report = (diagnostic: Diagnostic): undefined => void found.push(diagnostic);
  if (!/\.[cm]?tsx?$/.test(name)) return report(createDiagnostic('file-not-readable', wholeFile(name), { path: name, reason: 'it is no TypeScript file' }));
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(resolve(cwd, file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return report(code === 'ENOENT' ? createDiagnostic('file-not-found', wholeFile(name), { path: name }) : createDiagnostic('file-not-readable', wholeFile(name), { path: name, reason: message }));
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path: realpathSync(resolve(cwd, file)), name, text };
  } catch {
    return report(createDiagnostic('file-not-readable', wholeFile(name), { path: name, reason: 'it is not valid UTF-8' }));
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The new text takes the place of the old at once, with the rights of the old; gives what the file system has against it. */
async function writeInPlace(path: string, name: string, text: string): Promise<Diagnostic | undefined> {
  const [{ temporaryPath }, { createDiagnostic, wholeFile }] = await Promise.all([import('../../plan/temporary.ts'), import('../../diagnostics/diagnostic.ts')]);
  const fresh = temporaryPath(path, 'new');
  try {
    writeFileSync(fresh, text, { mode: statSync(path).mode });
    renameSync(fresh, path);
    return undefined;
  } catch (error) {
    rmSync(fresh, { force: true });
    return createDiagnostic('write-failed', wholeFile(name), { reason: (error as Error).message });
  }
}
