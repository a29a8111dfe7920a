import { createDiagnostic, wholeFile } from '../../diagnostics/diagnostic.ts';
import { isEdited, isGenerated } from '../../print/banner.ts';
import type { ComparedProtocol, Difference } from '../oracle.ts';
import { DeclarationComparison } from './compare-declarations.ts';
import type { Declaration, DeclarationKind, WantedDeclaration } from './declaration.ts';
import { type HeaderFile, supportPart } from './header-folder.ts';
import type { SourceLines } from '../source-lines.ts';
import { wantedBuilders, wantedLayouts, wantedReaders } from './wanted-calls.ts';
import type { WantedContext } from './wanted-context.ts';
import { wantedRecords } from './wanted-records.ts';
import { wantedSchemas } from './wanted-schemas.ts';
import { wantedConstants, wantedEnums, wantedVersion } from './wanted-values.ts';

/** The headers of a protocol, by what their file names end with. Headers of one version need not have more than those that say so. */
const parts: readonly { readonly part: string; readonly always: boolean; wanted(context: WantedContext): readonly WantedDeclaration[] }[] = [
  { part: 'protocol_version', always: true, wanted: wantedVersion },
  { part: 'protocol_schemas', always: true, wanted: wantedSchemas },
  { part: 'protocol_constants', always: false, wanted: wantedConstants },
  { part: 'protocol_enums', always: false, wanted: wantedEnums },
  { part: 'records', always: false, wanted: wantedRecords },
  { part: 'request_builders', always: false, wanted: wantedBuilders },
  { part: 'result_readers', always: false, wanted: wantedReaders },
  { part: 'record_layouts', always: false, wanted: wantedLayouts },
  { part: supportPart, always: false, wanted: () => [] },
];

/** What reports count, in their order. */
const counted: readonly (readonly [kind: DeclarationKind, plural: string])[] = [
  ['schema', 'schemas'],
  ['struct', 'structs'],
  ['request builder', 'request builders'],
  ['result reader', 'result readers'],
  ['enum', 'enums'],
  ['constant', 'constants'],
];

const key = ({ kind, name }: { readonly kind: DeclarationKind; readonly name: string }): string => `${kind} ${name}`;

/** Compares the headers of one protocol. `folder` is what messages call where they are. */
export function compareHeaders(protocol: string, context: WantedContext, files: readonly HeaderFile[], folder: string): { readonly differences: readonly Difference[]; readonly compared: ComparedProtocol } {
  const found = new Map<string, { readonly declaration: Declaration; readonly lines: SourceLines }>();
  const places = new Map<Declaration, SourceLines>();
  const { model } = context.layouts;
  const version = context.version ?? model.protocol.current;
  const versionRange = model.protocol.versions.find((declared) => declared.version === version)?.range ?? model.protocol.range;
  const comparison = new DeclarationComparison(protocol, (declaration, span) => (places.get(declaration) as SourceLines).range(span));
  const differ = (subject: string, diagnostic: Difference['diagnostic'], of = version): number => comparison.differences.push({ protocol, version: of, subject, diagnostic });
  const peer = `${protocol} ${version}`;

  for (const { part, lines, header } of files) {
    if (header === undefined) {
      if (!isGenerated(lines.text) || isEdited(lines.text)) differ(part, createDiagnostic('cpp-support-edited', wholeFile(lines.file), {}));
      continue;
    }
    for (const { problem, ...span } of header.problems) differ(part, createDiagnostic('cpp-unreadable', lines.range(span), { problem }));
    for (const { text, ...span } of header.namespaces) {
      const { namespace } = context.options;
      if (text !== namespace) differ('namespace', createDiagnostic('cpp-value-differs', lines.range(span), { part: 'the namespace', found: `\`${text}\``, wanted: `\`${namespace}\``, peer }));
    }
    for (const declaration of header.declarations) {
      places.set(declaration, lines);
      const first = found.get(key({ kind: declaration.kind, name: declaration.name.text }));
      if (first === undefined) found.set(key({ kind: declaration.kind, name: declaration.name.text }), { declaration, lines });
      else differ(declaration.name.text, createDiagnostic('cpp-declared-twice', lines.range(declaration.name), { kind: declaration.kind, name: declaration.name.text }, { related: [{ label: 'the first one', range: first.lines.range(first.declaration.name) }] }));
    }
  }

  const known = new Set<string>();
  const counts = new Map<DeclarationKind, number>();
  for (const { part, always, wanted } of parts) {
    const file = files.find((candidate) => candidate.part === part);
    if (file === undefined) {
      if (always || context.version === undefined) differ(part, createDiagnostic('cpp-header-missing', wholeFile(folder), { name: `${context.options.filePrefix}${part}.hpp` }));
      continue;
    }
    for (const due of wanted(context)) {
      known.add(key(due));
      const own = found.get(key(due));
      if (own === undefined) {
        const diagnostic = createDiagnostic('cpp-declaration-missing', wholeFile(file.lines.file), { kind: due.kind, name: due.name, peer: `${protocol} ${due.version}` }, { related: [{ label: 'the definition', range: due.range }] });
        differ(due.name, diagnostic, due.version);
        continue;
      }
      counts.set(due.kind, (counts.get(due.kind) ?? 0) + 1);
      comparison.compare(own.declaration, due);
    }
  }
  for (const [name, { declaration, lines }] of found) {
    if (known.has(name)) continue;
    const diagnostic = createDiagnostic('cpp-declaration-unexpected', lines.range(declaration.name), { kind: declaration.kind, name: declaration.name.text, peer }, { related: [{ label: 'the version', range: versionRange }] });
    differ(declaration.name.text, diagnostic);
  }
  const versions = context.version === undefined ? model.protocol.versions.filter(({ served }) => served).map((declared) => declared.version) : [version];
  const summary = counted.flatMap(([kind, plural]) => (counts.has(kind) ? [[plural, counts.get(kind) as number] as const] : []));
  return { differences: comparison.differences, compared: { protocol, versions, counts: { headers: files.length, ...Object.fromEntries(summary) } } };
}
