import type { SourceRange } from '../load/source.ts';
import type { Diagnostic } from './diagnostic.ts';

/** Diagnostics as a SARIF 2.1.0 log with one run (OASIS sarif-v2.1.0). Paths are relative to the project folder, `PROJECT`. */
export function renderSarif(diagnostics: readonly Diagnostic[], version: string): string {
  const rules = [...new Map(diagnostics.map(({ code, slug }) => [code, slug]))].map(([id, name]) => ({ id, name }));
  const run = {
    tool: { driver: { name: 'vgi-gen', version, rules } },
    columnKind: 'utf16CodeUnits',
    results: diagnostics.map((found) => result(found, rules.findIndex(({ id }) => id === found.code))),
  };
  return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function result({ code, severity, message, hint, range, related, fix }: Diagnostic, ruleIndex: number): object {
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: hint === undefined ? message : `${message}\nhint: ${hint}` },
    locations: [{ physicalLocation: place(range) }],
    ...(related.length === 0 ? {} : { relatedLocations: related.map(({ label, range: other }, id) => ({ id, physicalLocation: place(other), message: { text: label } })) }),
    ...(fix === undefined ? {} : { fixes: [{ artifactChanges: [{ artifactLocation: artifact(fix.range.file), replacements: [{ deletedRegion: region(fix.range), insertedContent: { text: fix.text } }] }] }] }),
  };
}

const artifact = (file: string): object => ({ uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'PROJECT' });

const place = (range: SourceRange): object => ({
  artifactLocation: artifact(range.file),
  ...(range.start.offset === 0 && range.end.offset === 0 ? {} : { region: region(range) }),
});

const region = ({ start, end }: SourceRange): object => ({ startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column });
