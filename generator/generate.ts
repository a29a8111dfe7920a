import { join, posix } from 'node:path';
import { checkHistory } from './breaking/check-history.ts';
import { compile } from './compile.ts';
import type { Config, ProtocolConfig } from './config/load-config.ts';
import { createDiagnostic, hasErrors, sortDiagnostics, wholeFile, type Diagnostic } from './diagnostics/diagnostic.ts';
import { closest } from './diagnostics/suggest.ts';
import { EmitError } from './emit/emit-error.ts';
import { isModulePath, loadOwnTarget } from './emit/own-target.ts';
import { targets, type Target, type TargetOptions } from './emit/targets.ts';
import { recordingFileSystem, type FileSystem } from './load/file-system.ts';
import { ParseCache } from './load/parse-cache.ts';
import type { SourceFile } from './load/source.ts';
import type { Model } from './model/model.ts';
import type { EarlierRuns } from './watch/earlier-runs.ts';
import { firstDifference } from './plan/diff.ts';
import type { OutputFolder } from './plan/output-folder.ts';
import type { OutputMemory } from './plan/output-memory.ts';
import { joinPlans, planOutput, type GeneratedFile, type Plan } from './plan/plan.ts';
import { isEdited, isGenerated, withBanner } from './print/banner.ts';

/** Everything generation depends on. */
export interface Project {
  /** Absolute folder that paths of the configuration count from; needed for targets and templates of the project. */
  readonly folder?: string;
  readonly fileSystem: FileSystem;
  readonly config: Config;
  readonly output: OutputFolder;
  readonly generatorVersion: string;
  /** What earlier runs gave; left out = everything is compiled. */
  readonly memory?: OutputMemory;
  /** Targets that the configuration may name; left out = the built-in ones. */
  readonly targets?: Readonly<Record<string, () => Promise<Target>>>;
}

export interface Generation {
  /** What has to be done; present if nothing that was found is an error. */
  readonly plan?: Plan;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

/** What one protocol of a project gives: independent of the others and of what is in the output folder. */
export interface ProtocolOutput {
  readonly files?: readonly GeneratedFile[];
  /** Paths of files that are known to be as they should, instead of files that have to be compared. */
  readonly kept?: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

/** Compiles every protocol of a project and compares what they generate with what is there. Changes nothing. */
export async function generate(project: Project): Promise<Generation> {
  const parsed = new ParseCache();
  const outputs: ProtocolOutput[] = [];
  const { memory, fileSystem, output: disk } = project;
  const { runtimeImport, templates } = project.config;
  for (const protocol of project.config.protocols) {
    const settings = { protocol, runtimeImport, templates };
    const kept = memory?.upToDate(settings, fileSystem, disk);
    if (kept !== undefined) {
      outputs.push({ kept, diagnostics: [], sources: [] });
      continue;
    }
    const read = new Set<string>();
    const output = await generateProtocol(protocol, project, recordingFileSystem(fileSystem, read), parsed);
    if (output.files !== undefined && output.diagnostics.length === 0) memory?.note(settings, read, output.files, fileSystem, disk);
    outputs.push(output);
  }
  memory?.save();
  return planGeneration(outputs, project);
}

/** Compiles one protocol and emits its files; `earlier` is what earlier runs with the same configuration made of it, and is kept up to date. */
export async function generateProtocol(protocol: ProtocolConfig, project: Project, fileSystem: FileSystem, parsed: ParseCache, earlier?: EarlierRuns): Promise<ProtocolOutput> {
  const { model, diagnostics, sources } = compile(fileSystem, protocol.definition, protocol.definitionRange, parsed);
  const found: Diagnostic[] = [...diagnostics];
  const chosen = await loadTargets(protocol, project, found);
  if (model === undefined) return { diagnostics: found, sources };
  earlier?.start(model);
  const files = emitFiles(model, protocol, chosen, project, earlier, found);
  found.push(...(earlier?.released(project.output, () => checkHistory(model, project.output)) ?? checkHistory(model, project.output)));
  return { files, diagnostics: found, sources };
}

/** Compares what the protocols of a project generate, in their order, with what is there. */
export function planGeneration(outputs: readonly ProtocolOutput[], project: Project): Generation {
  const diagnostics = outputs.flatMap((output) => output.diagnostics);
  const plans = outputs.flatMap(({ files, kept }, index): Plan[] => {
    if (kept !== undefined) return [{ write: [], keep: kept, delete: [] }];
    return files === undefined ? [] : [planOutput(files, (project.config.protocols[index] as ProtocolConfig).output, project.output)];
  });
  const plan = joinPlans(plans);
  for (const { path, previous } of plan.write) {
    if (previous !== undefined && !isGenerated(previous)) diagnostics.push(createDiagnostic('foreign-file', wholeFile(path), {}));
  }
  return { ...(hasErrors(diagnostics) ? {} : { plan }), diagnostics: sortDiagnostics(diagnostics), sources: outputs.flatMap((output) => output.sources) };
}

/** Like `generate`, with every difference between what should be there and what is there as a diagnostic. */
export async function check(project: Project): Promise<Generation> {
  const generation = await generate(project);
  if (generation.plan === undefined) return generation;
  const drift = [
    ...generation.plan.write.map(({ path, text, previous }) => describeWrite(path, text, previous, sourceOf(path, project.config))),
    ...generation.plan.delete.map(({ path }) => createDiagnostic('leftover-output', wholeFile(path), { source: sourceOf(path, project.config) })),
  ];
  return { ...generation, diagnostics: sortDiagnostics([...generation.diagnostics, ...drift]) };
}

function describeWrite(path: string, text: string, previous: string | undefined, source: string): Diagnostic {
  if (previous === undefined) return createDiagnostic('missing-output', wholeFile(path), { source });
  const params = { source, line: firstDifference(previous, text) };
  return isEdited(previous) ? createDiagnostic('edited-output', wholeFile(path), params) : createDiagnostic('stale-output', wholeFile(path), params);
}

const sourceOf = (path: string, config: Config): string => config.protocols.find(({ output }) => path.startsWith(`${output}/`))?.definition ?? 'the definition';

async function loadTargets(protocol: ProtocolConfig, project: Project, diagnostics: Diagnostic[]): Promise<readonly Target[]> {
  const known = project.targets ?? targets;
  const chosen: Target[] = [];
  for (const { name, range } of protocol.targets) {
    const load = Object.hasOwn(known, name) ? known[name] : undefined;
    if (load !== undefined) {
      chosen.push(await load());
      continue;
    }
    if (project.folder !== undefined && isModulePath(name)) {
      const own = await loadOwnTarget(project.folder, name, range).catch((error: unknown) => noteEmitError(error, diagnostics));
      if (own !== undefined && chosen.some((other) => other.name === own.name)) diagnostics.push(createDiagnostic('target-not-loaded', range, { path: name, problem: `there is another target \`${own.name}\`` }));
      else if (own !== undefined) chosen.push(own);
      continue;
    }
    const meant = closest(name, Object.keys(known));
    const hint = meant === undefined ? `there are ${Object.keys(known).join(', ') || 'none'}.` : `did you mean \`${meant}\`?`;
    diagnostics.push(createDiagnostic('unknown-target', range, { name }, { hint }));
  }
  return chosen;
}

function emitFiles(model: Model, protocol: ProtocolConfig, chosen: readonly Target[], project: Project, earlier: EarlierRuns | undefined, diagnostics: Diagnostic[]): readonly GeneratedFile[] {
  const files: GeneratedFile[] = [];
  /** Files by path in lower case: some file systems hold only one of two paths that differ in case. */
  const owners = new Map<string, string>();
  for (const target of chosen) {
    for (const file of emitTarget(target, model, protocol, project, earlier, diagnostics)) {
      const first = owners.get(file.path.toLowerCase());
      if (first !== undefined) diagnostics.push(createDiagnostic('output-conflict', wholeFile(file.path), { path: file.path, other: first, target: target.name }));
      owners.set(file.path.toLowerCase(), file.path);
      files.push(file);
    }
  }
  return files;
}

/** The files of one target with their banners; those of before as far as they would be made from the same. */
function emitTarget(target: Target, model: Model, protocol: ProtocolConfig, project: Project, runs: EarlierRuns | undefined, diagnostics: Diagnostic[]): readonly GeneratedFile[] {
  const earlier = runs?.of(target.name);
  if (earlier !== undefined && target.reads === 'wire' && earlier.sameFor({ docsOf: [], names: false })) return earlier.files;
  const { definition: source, output, adaptersImport } = protocol;
  const options: TargetOptions = { runtimeImport: project.config.runtimeImport, sourceRoot: source, adaptersImport, ...templatesOf(project), ...(protocol.cpp !== undefined && { cpp: protocol.cpp }), ...(earlier !== undefined && { earlier }) };
  const provenance = { source, generatorVersion: project.generatorVersion, protocol: model.protocol.name, protocolVersion: model.protocol.current };
  const before = diagnostics.length;
  const emitted = emit(target, model, options, diagnostics);
  const files = emitted.map(({ path, text }): GeneratedFile => {
    const known = earlier?.fileWith(path, text);
    if (known !== undefined) return known;
    const full = posix.join(output, target.name, path);
    if (!full.startsWith(`${output}/${target.name}/`)) throw new Error(`target ${target.name} emits ${path}, which is outside its folder`);
    return { path: full, text: withBanner(full, text, provenance) };
  });
  if (diagnostics.length === before) runs?.note(target.name, emitted, files);
  return files;
}

/** What a target emits; nothing if the definition has parts that it cannot express. */
function emit(target: Target, model: Model, options: TargetOptions, diagnostics: Diagnostic[]): ReturnType<Target['emit']> {
  try {
    return target.emit(model, options);
  } catch (error) {
    noteEmitError(error, diagnostics);
    return [];
  }
}

function noteEmitError(error: unknown, diagnostics: Diagnostic[]): undefined {
  if (!(error instanceof EmitError)) throw error;
  diagnostics.push(...error.diagnostics);
}

function templatesOf({ folder, config: { templates } }: Project): Pick<TargetOptions, 'templates'> {
  return folder === undefined || templates === undefined ? {} : { templates: { folder: join(folder, templates), path: templates } };
}
