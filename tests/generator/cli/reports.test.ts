import { describe, expect, it } from 'vitest';
import { runInFolder } from '../run-in-folder.ts';
import { projectFolder, shopTypes } from './project-folder.ts';

const folder = () => projectFolder({ 'schema/types.yaml': `${shopTypes.replace('In cents.', 'In cents')}  Itm: {doc: "Not, used: by anyone.", fields: {}}\n` });

describe('findings', () => {
  it('are text for a person on stderr', async () => {
    const { status, out, err } = await runInFolder(folder(), ['lint']);
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(/^schema\/types\.yaml:2:\d+ - warning VGI5033 doc-without-end: /);
    expect(err).toMatch(/\n2 warnings in 1 file\n$/);
  });

  it('are JSON on stdout', async () => {
    const { status, out, err } = await runInFolder(folder(), ['lint', '--format', 'json', '--stats']);
    expect([status, err]).toEqual([1, '']);
    expect(JSON.parse(out)).toMatchObject({ stats: { open: expect.any(Number), lint: expect.any(Number) }, diagnostics: [{ slug: 'doc-without-end', fix: { text: '.' } }, { slug: 'unused-type' }] });
  });

  it('are workflow commands for GitHub, each on one line', async () => {
    const { status, out, err } = await runInFolder(folder(), ['lint', '--format', 'github']);
    expect([status, err]).toEqual([1, '']);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe('::warning file=schema/types.yaml,line=3,endLine=3,col=3,endColumn=6,title=VGI5010 unused-type::type `Itm` is used by no method.%0Ahint: remove it, or name it where it travels.');
  });

  it('are SARIF with rules, regions and fixes', async () => {
    const { status, out } = await runInFolder(folder(), ['lint', '--format', 'sarif']);
    expect(status).toBe(1);
    const log = JSON.parse(out) as { version: string; runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number }[] }[] };
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    expect(run?.results).toMatchObject([
      { ruleId: 'VGI5033', level: 'warning', fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: '.' } }] }] }] },
      { ruleId: 'VGI5010', locations: [{ physicalLocation: { artifactLocation: { uri: 'schema/types.yaml' }, region: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 6 } } }] },
    ]);
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it.each(['check', 'generate', 'lint', 'format'])('of %s come in every format, also if there are none', async (command) => {
    const clean = projectFolder();
    await runInFolder(clean, ['format']);
    await runInFolder(clean, ['generate']);
    for (const format of ['text', 'json', 'github', 'sarif']) {
      const { status, out } = await runInFolder(clean, [command, '--format', format, '--quiet']);
      expect(status).toBe(0);
      if (format === 'json') expect(JSON.parse(out)).toMatchObject({ diagnostics: [] });
      else if (format === 'sarif') expect(JSON.parse(out)).toMatchObject({ runs: [{ results: [] }] });
      else expect(out).toBe('');
    }
  });

  it('have colours only where they are wanted', async () => {
    const { wantsColour } = await import('../../../generator/cli/wants-colour.ts');
    expect(wantsColour({ isTTY: true }, {})).toBe(true);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: '' })).toBe(true);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
    expect(wantsColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
    expect(wantsColour({}, {})).toBe(false);
    expect((await runInFolder(folder(), ['lint'], { colour: true })).err).toContain('\u001b[');
    expect((await runInFolder(folder(), ['lint'])).err).not.toContain('\u001b[');
  });
});

describe('lint --fix', () => {
  it('writes the fixes and shows what is left', async () => {
    const broken = folder();
    const first = await runInFolder(broken, ['lint', '--fix']);
    expect(first.status).toBe(1);
    expect(first.err).toContain('1 warning in 1 file\nfixed schema/types.yaml\n');
    expect((await runInFolder(broken, ['lint', '--fix'])).err).not.toContain('fixed');
  });
});
