import { describe, expect, it } from 'vitest';
import { compile } from '../../../generator/compile.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { lint } from '../../../generator/lint/lint.ts';
import { rules } from '../../../generator/lint/rules.ts';
import { item } from '../front/fixtures/fixture.ts';

const used = rules.filter(({ slug }) => slug === 'unexplained-null' || slug === 'repeated-doc');

function findings(fields: string): readonly string[] {
  return lint(compile(memoryFileSystem(item(fields)), 'protocol.yaml'), used).map(({ slug, range, message, hint }) => `${range.start.line}:${range.start.column}-${range.end.column} ${slug}: ${message} ${hint ?? ''}`.trim());
}

describe('a suppression', () => {
  it('counts on its own line and the line below, by code or by name', () => {
    expect(findings('price: {type: int64?, doc: In cents.} # vgi-gen-ignore unexplained-null: everybody knows')).toEqual([]);
    expect(findings('# vgi-gen-ignore VGI5017: everybody knows\nprice: {type: int64?, doc: In cents.}')).toEqual([]);
    expect(findings('# vgi-gen-ignore unexplained-null: everybody knows\n# another comment\n\nprice: {type: int64?, doc: In cents.}')).toEqual([]);
    expect(findings('a: {type: int64?, doc: In cents.}\n# vgi-gen-ignore unexplained-null: both\n# vgi-gen-ignore repeated-doc: too\nb: {type: int64?, doc: In cents.}').map((found) => found.split(' ')[1])).toEqual(['unexplained-null:']);
  });

  it('does not count on other lines, in other words or inside texts', () => {
    expect(findings('# vgi-gen-ignore unexplained-null: too far\nb: {type: int64, doc: In pence.}\nprice: {type: int64?, doc: In cents.}').map((found) => found.split(' ')[1])).toEqual(['unused-suppression:', 'unexplained-null:']);
    expect(findings('price:\n  type: int64?\n  doc: |-\n    # vgi-gen-ignore VGI5017: only text\n    In cents.').map((found) => found.split(' ')[1])).toEqual(['unexplained-null:']);
  });

  it('must give a reason', () => {
    expect(findings('price: {type: int64?, doc: In cents.} # vgi-gen-ignore unexplained-null')).toEqual([
      '15:47-78 unexplained-suppression: the suppression of `unexplained-null` gives no reason. write `# vgi-gen-ignore unexplained-null: <reason>`.',
    ]);
  });

  it('is a finding if it suppresses nothing, with what is wrong with it', () => {
    expect(findings('# vgi-gen-ignore unexplained-nul: a typo\nprice: {type: int64, doc: In cents.}')).toEqual([
      '15:9-47 unused-suppression: the suppression of `unexplained-nul` suppresses nothing: there is no such rule. did you mean `unexplained-null`?',
    ]);
    expect(findings('# vgi-gen-ignore unexplained-null: not needed\nprice: {type: int64, doc: In cents.}')).toEqual([
      '15:9-52 unused-suppression: the suppression of `unexplained-null` suppresses nothing: its line has no such finding. remove the comment.',
    ]);
    expect(findings('# vgi-gen-ignore unknown-type: not this\nprice: {type: int64, doc: In cents.}')[0]).toContain('only lint findings (VGI5xxx) can be suppressed');
  });

  it('lets a definition compile whose docs only restate names, and no other error', () => {
    const { model, diagnostics } = compile(memoryFileSystem(item('price: {type: int64, doc: The price.} # vgi-gen-ignore restating-doc: there is no more to say')), 'protocol.yaml');
    expect([model === undefined, diagnostics]).toEqual([false, []]);
    expect(compile(memoryFileSystem(item('price: {type: int46, doc: In cents.} # vgi-gen-ignore unknown-type: please')), 'protocol.yaml').model).toBeUndefined();
  });
});
