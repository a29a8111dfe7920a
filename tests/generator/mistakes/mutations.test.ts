import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../generator/compile.ts';
import { renderText } from '../../../generator/diagnostics/render-text.ts';
import { formatText } from '../../../generator/format/format-text.ts';
import { lint } from '../../../generator/lint/lint.ts';
import { rules } from '../../../generator/lint/rules.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { ParseCache } from '../../../generator/load/parse-cache.ts';
import { wholeFile } from '../../../generator/diagnostics/diagnostic.ts';
import { changes, damage, originals } from '../damaged-definitions.ts';

describe('1,000 random changes of our definitions', () => {
  it('end in a model or in errors that lie inside the files; never in an exception, never in a wait', () => {
    const parsed = new ParseCache();
    const samples = fc.sample(changes, { numRuns: 1000, seed: 3 });
    let slowest = 0;
    let broken = 0;
    // File by file, so that the parse of all the others is used again.
    for (const [index, { root, file, text, others }] of originals.entries()) {
      for (const [number, sample] of samples.entries()) {
        if (number % originals.length !== index) continue;
        const damaged = damage(text, sample);
        const what = `${file}, sample ${number}`;
        const start = performance.now();
        const compilation = compile(memoryFileSystem({ ...others, [file]: damaged }), root, wholeFile(root), parsed);
        const found = lint(compilation, rules);
        if (number % 10 === 0) formatText({ file, text: damaged.replaceAll('\ufeff', '') });
        slowest = Math.max(slowest, performance.now() - start);

        const { model, diagnostics, sources } = compilation;
        expect(model === undefined, what).toBe(diagnostics.some(({ severity }) => severity === 'error'));
        if (model === undefined) broken++;
        const lengths = new Map(sources.map((source) => [source.file, source.text.length]));
        for (const { range, message } of found) {
          if (range.start.offset > range.end.offset || range.end.offset > (lengths.get(range.file) ?? 0)) throw new Error(`${what}: a range outside its file: ${JSON.stringify(range)}`);
          if (/undefined|\[object|NaN/.test(message)) throw new Error(`${what}: ${message}`);
        }
        renderText(found, sources);
      }
    }
    expect(broken).toBeGreaterThan(500);
    expect(slowest).toBeLessThan(5000);
  }, 120_000);
});
