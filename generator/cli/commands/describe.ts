import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const describeCommand: CommandDefinition = {
  name: 'describe',
  summary: 'say what a method, type, enum or code is, and who uses it',
  arguments: '<name>',
  options: [],
  compiles: true,
  run: runDescribe,
};

const width = 100;

/** Describes a declaration of any protocol of the configuration, or a diagnostic by code or slug. */
async function runDescribe(terminal: Terminal, options: Options, [name = '']: readonly string[]): Promise<ExitCode> {
  const [{ describe, describable }, { explainCode }, { openDefinitions }, { compile }, { ParseCache }, { closest }, { createDiagnostic, wholeFile }, { exitCodeFor, showFindings }] = await Promise.all([
    import('../../describe/describe.ts'),
    import('../../diagnostics/explain-code.ts'),
    import('../definitions.ts'),
    import('../../compile.ts'),
    import('../../load/parse-cache.ts'),
    import('../../diagnostics/suggest.ts'),
    import('../../diagnostics/diagnostic.ts'),
    import('../findings.ts'),
  ]);
  const asJson = options['format'] === 'json';
  const code = explainCode(name);
  if (code !== undefined) {
    terminal.out(asJson ? `${JSON.stringify(code, null, 2)}\n` : `${code.code} ${code.slug} (${code.severity})\n  ${code.message}\n  ${code.meaning}\n${code.hint === undefined ? '' : `  hint: ${code.hint}\n`}`);
    return exitCodes.clean;
  }
  const opened = await openDefinitions(terminal, options, []);
  if (opened === undefined) return exitCodes.usage;
  const parsed = new ParseCache();
  const compilations = opened.definitions.map(({ root, from }) => compile(opened.fileSystem, root, from, parsed));
  const models = compilations.flatMap(({ model }) => (model === undefined ? [] : [model]));
  const found = models.flatMap((model) => describe(model, name));
  const problems = compilations.flatMap(({ model, diagnostics }) => (model === undefined ? diagnostics : []));
  const isUnknown = found.length === 0 && problems.length === 0;
  if (isUnknown) {
    const meant = closest(name, models.flatMap(describable));
    problems.push(createDiagnostic('unknown-name', wholeFile('vgi-gen describe'), { name }, meant === undefined ? {} : { hint: `did you mean \`${meant}\`?` }));
  }
  if (found.length === 0) {
    showFindings(terminal, options, problems, compilations.flatMap(({ sources }) => sources));
    return isUnknown ? exitCodes.usage : exitCodeFor(problems);
  }
  if (asJson) terminal.out(`${JSON.stringify({ descriptions: found }, null, 2)}\n`);
  else {
    const { renderDescription } = await import('../../describe/render-description.ts');
    terminal.out(found.map((description) => renderDescription(description, width)).join('\n'));
  }
  return exitCodes.clean;
}
