import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { SourceNode } from './source-node.ts';

/** What a file may declare, in the order of docs/language.md, and what one entry of it is called. */
export const sections = {
  types: 'type',
  enums: 'enum',
  methods: 'method',
  metadata: 'metadata group',
  constants: 'constant',
  batches: 'batch shape',
} as const;

export type Section = keyof typeof sections;

/** Entries of all files together, by section and name, in the order of declaration. */
export type Declarations = Readonly<Record<Section, ReadonlyMap<string, SourceNode>>>;

/** Declarations as far as they could be read. */
export interface KnownDeclarations extends Declarations {
  /** Nothing is missing: what is not among them is declared nowhere. */
  readonly complete: boolean;
}

/** Types and enums are named in the same places, so they share their names. */
const sharesNamesWith: Partial<Record<Section, Section>> = { enums: 'types' };

/** Puts the entries of all files together; a name that is declared again is reported there and left out. */
export function mergeFiles(files: readonly SourceNode[], diagnostics: DiagnosticCollector): Declarations {
  const merged = Object.fromEntries(Object.keys(sections).map((section) => [section, new Map<string, SourceNode>()])) as Record<Section, Map<string, SourceNode>>;
  for (const file of files) {
    for (const section of Object.keys(sections) as Section[]) {
      const shared = sharesNamesWith[section];
      for (const [name, entry] of file.get(section)?.entries() ?? []) {
        const first = merged[section].get(name) ?? (shared === undefined ? undefined : merged[shared].get(name));
        if (first === undefined) merged[section].set(name, entry);
        else diagnostics.report('duplicate-name', entry.keyRange, { kind: sections[section], name }, { related: [{ label: 'the first one', range: first.keyRange }] });
      }
    }
  }
  reportTypesNamedAsEnums(merged, diagnostics);
  return merged;
}

/** A type in a later file may repeat the name of an enum in an earlier one. */
function reportTypesNamedAsEnums(merged: Record<Section, Map<string, SourceNode>>, diagnostics: DiagnosticCollector): void {
  for (const [name, entry] of merged.types) {
    const first = merged.enums.get(name);
    if (first === undefined) continue;
    merged.types.delete(name);
    diagnostics.report('duplicate-name', entry.keyRange, { kind: 'type', name }, { related: [{ label: 'the first one', range: first.keyRange }] });
  }
}
