import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import { closest } from '../diagnostics/suggest.ts';
import type { SourceRange } from '../load/source.ts';
import type { Reference } from '../model/build-context.ts';
import type { ModelBuild } from '../model/build-model.ts';
import { foreignTypeWords, plainTypes, typesWithArguments } from '../model/type-words.ts';

/** Every name that is used must be declared, as the kind of thing that its place takes. Says nothing while a file is missing. */
export function resolveReferences({ references, declarations }: ModelBuild, diagnostics: DiagnosticCollector): void {
  const { types, enums, batches, complete } = declarations;
  if (!complete) return;
  const hintFor = (name: string, candidates: readonly string[]): { hint?: string; meant?: string } => {
    const meant = closest(name, candidates);
    const declared = meant === undefined ? undefined : (types.get(meant) ?? enums.get(meant) ?? batches.get(meant))?.keyRange;
    if (meant === undefined) return {};
    return { meant, hint: `did you mean \`${meant}\`${declared === undefined ? '' : ` (declared at ${at(declared)})`}?` };
  };

  for (const reference of references) {
    const { use, name, range, owner } = reference;
    if (use === 'shape') {
      if (batches.has(name)) continue;
      const { hint = 'declare it under `batches`.', meant } = hintFor(name, [...batches.keys()]);
      diagnostics.report('unknown-shape', range, { owner, name }, { hint, fix: meant === undefined ? undefined : { range, text: meant } });
    } else if (!types.has(name) && !(use === 'inline' && enums.has(name))) {
      reportUnknown(reference);
    }
  }

  function reportUnknown({ use, name, range, owner }: Reference): void {
    const declared = enums.get(name) ?? batches.get(name);
    if (declared !== undefined && use !== 'inline') {
      const actual = enums.has(name) ? 'an enum' : 'a batch shape';
      diagnostics.report('not-a-record', range, { owner, name, actual }, { related: [{ label: 'declared here', range: declared.keyRange }] });
      return;
    }
    const foreign = use === 'inline' ? foreignTypeWords.get(name.toLowerCase()) : undefined;
    const builtIn = use === 'inline' ? [...enums.keys(), ...plainTypes.keys(), ...typesWithArguments.keys()] : [];
    const suggestion = foreign === undefined ? hintFor(name, [...types.keys(), ...builtIn]) : { hint: `write \`${foreign}\`.`, meant: foreign.includes('<') ? undefined : foreign };
    const { hint = batches.has(name) ? `batches travel as \`batch<${name}>\`.` : 'declare it under `types` or `enums`.', meant } = suggestion;
    diagnostics.report('unknown-type', range, { owner, name }, { hint, fix: meant === undefined ? undefined : { range, text: meant } });
  }
}

const at = (range: SourceRange): string => `${range.file}:${range.start.line}:${range.start.column}`;
