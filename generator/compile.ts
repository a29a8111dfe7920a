import { DiagnosticCollector, hasErrors, wholeFile, type Diagnostic } from './diagnostics/diagnostic.ts';
import { Suppressions, suppressionsIn } from './diagnostics/suppressions.ts';
import type { FileSystem } from './load/file-system.ts';
import { loadSources } from './load/load-sources.ts';
import { mergeFiles, sections } from './load/merge-files.ts';
import { ParseCache } from './load/parse-cache.ts';
import type { SourceFile, SourceRange } from './load/source.ts';
import type { SourceNode } from './load/source-node.ts';
import { buildModel, type ModelBuild } from './model/build-model.ts';
import type { Model } from './model/model.ts';
import { runPasses } from './passes/run-passes.ts';
import validateProtocol from './validate/compiled/protocol.js';
import { validateShape } from './validate/validate.ts';

/** A definition by its root file, and the place that names it, if some file does. */
export interface NamedDefinition {
  readonly root: string;
  readonly from?: SourceRange;
}

export interface Compilation {
  /** Present if nothing that was found is an error. */
  readonly model?: Model;
  /** The model with its origins; present if the model is. */
  readonly build?: ModelBuild;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
  /** Comments that suppress findings; the diagnostics are without what they suppress. */
  readonly suppressions: Suppressions;
}

/**
 * Compiles the definition with the root file `root`. `from` is the place that names the root file, if some file does; `parsed` holds
 * what is known of the files from earlier runs.
 */
export function compile(fileSystem: FileSystem, root: string, from: SourceRange = wholeFile(root), parsed: ParseCache = new ParseCache()): Compilation {
  const collector = new DiagnosticCollector();
  const { files, sources, complete } = loadSources(fileSystem, root, parsed, collector, from);
  const build = files.length === 0 ? undefined : checkFiles(files, complete, parsed, collector);
  const suppressions = new Suppressions(files.flatMap((file) => parsed.derive(file, 'suppressions', () => suppressionsIn({ file: file.file, text: file.fileText }), collector)));
  const diagnostics = suppressions.apply(collector.sorted());
  return { ...(hasErrors(diagnostics) || build === undefined ? {} : { model: build.model, build }), diagnostics, sources, suppressions };
}

/** Checks parsed files as far as what is wrong in them allows, so that one mistake does not hide the others. */
function checkFiles(files: readonly SourceNode[], complete: boolean, parsed: ParseCache, diagnostics: DiagnosticCollector): ModelBuild | undefined {
  const broken = new Set(files.flatMap((file) => parsed.derive(file, 'shape', (found) => brokenParts(file, found), diagnostics)));
  const [root, ...included] = files as [SourceNode, ...SourceNode[]];
  for (const file of included) {
    const protocol = file.get('protocol');
    if (protocol !== undefined) diagnostics.report('protocol-not-in-root', protocol.keyRange, {});
  }
  const declarations = mergeFiles(files, diagnostics);
  const protocol = root.get('protocol');
  if (protocol === undefined) diagnostics.report('protocol-missing', wholeFile(root.file), {});
  if (protocol === undefined || broken.has(protocol)) return undefined;

  const build = buildModel(root, { ...declarations, complete }, (part) => broken.has(part), diagnostics);
  runPasses(build, diagnostics);
  return build;
}

/** Parts of entries that can be wrong while the rest of the entry is fine. */
const groups = new Set(['fields', 'params', 'input', 'output', 'members', 'keys', 'columns']);

/** What has to be left out of a file because its shape is wrong: a field or the like, an entry such as a type, or `protocol`. */
function brokenParts(file: SourceNode, diagnostics: DiagnosticCollector): readonly SourceNode[] {
  return validateShape(file, validateProtocol, diagnostics).map((pointer) => {
    const [section = '', name = '', group = '', member] = pointer.split('/').slice(1);
    if (!Object.hasOwn(sections, section)) return file.at(`/${section}`);
    return file.at(groups.has(group) && member !== undefined ? `/${section}/${name}/${group}/${member}` : `/${section}/${name}`);
  });
}
