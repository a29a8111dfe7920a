import { posix } from 'node:path';
import type { CppSettings } from '../emit/cpp/cpp-options.ts';
import { DiagnosticCollector, wholeFile, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { FileSystem } from '../load/file-system.ts';
import { readSource } from '../load/load-sources.ts';
import { parseYaml } from '../load/parse-yaml.ts';
import type { SourceFile, SourceRange } from '../load/source.ts';
import type { SourceNode } from '../load/source-node.ts';
import validateConfig from '../validate/compiled/config.js';
import { validateShape } from '../validate/validate.ts';

/** Name of the configuration file; its folder is the project folder. */
export const configName = 'vgi-gen.config.yaml';

export interface Config {
  readonly protocols: readonly ProtocolConfig[];
  readonly runtimeImport: string;
  /** Folder of templates that replace those of targets. */
  readonly templates?: string;
  readonly lint: LintConfig;
  /** Values of flags, by section and key as docs/configuration.md lists them. */
  readonly flags: FlagConfig;
}

export type FlagConfig = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

export interface LintConfig {
  /** Modules of the project's own rules, and where the configuration names them. */
  readonly rules: readonly { readonly path: string; readonly range: SourceRange }[];
  /** Rules that are switched off. */
  readonly off: readonly { readonly slug: string; readonly range: SourceRange }[];
}

export interface ProtocolConfig {
  /** Root file of the definition, and where the configuration names it. */
  readonly definition: string;
  readonly definitionRange: SourceRange;
  /** Folder of the generated files. */
  readonly output: string;
  readonly targets: readonly { readonly name: string; readonly range: SourceRange }[];
  /** Module of the hand-written adapters, as generated code imports it. */
  readonly adaptersImport?: string;
  /** Settings of the target `cpp`. */
  readonly cpp?: CppSettings;
}

export interface LoadedConfig {
  /** Present if nothing is wrong with it. */
  readonly config?: Config;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

/** Reads and checks a configuration file; paths in it are relative to the project folder. */
export function loadConfig(fileSystem: FileSystem, file: string): LoadedConfig {
  const diagnostics = new DiagnosticCollector();
  const source = readSource(fileSystem, file, wholeFile(file), diagnostics);
  const node = source === undefined ? undefined : parseYaml(file, source.text, diagnostics);
  const valid = node !== undefined && validateShape(node, validateConfig, diagnostics).length === 0;
  const config = valid ? readConfig(node) : undefined;
  if (config !== undefined && node !== undefined) checkOutputs(config, node, diagnostics);
  return { config: diagnostics.hasErrors ? undefined : config, diagnostics: diagnostics.sorted(), sources: source === undefined ? [] : [source] };
}

function readConfig(node: SourceNode): Config {
  const protocols = [...(node.get('protocols')?.entries() ?? [])].map(([, entry]): ProtocolConfig => {
    const definition = entry.get('definition') as SourceNode;
    return {
      definition: posix.normalize(String(definition.value)),
      definitionRange: definition.range,
      output: posix.normalize(String(entry.get('output')?.value)).replace(/\/$/, ''),
      targets: [...(entry.get('targets')?.entries() ?? [])].map(([, target]) => ({ name: String(target.value), range: target.range })),
      adaptersImport: entry.text('adapters_import'),
      ...readCpp(entry.get('cpp')),
    };
  });
  const templates = node.text('templates');
  return { protocols, runtimeImport: node.text('runtime_import') ?? 'vgi-gen/runtime/v1', ...(templates !== undefined && { templates: posix.normalize(templates).replace(/\/$/, '') }), lint: readLint(node.get('lint')), flags: node.value as FlagConfig };
}

function readLint(node: SourceNode | undefined): LintConfig {
  const listed = (key: string) => [...(node?.get(key)?.entries() ?? [])].map(([, entry]) => ({ text: String(entry.value), range: entry.range }));
  return {
    rules: listed('rules').map(({ text, range }) => ({ path: posix.normalize(text), range })),
    off: listed('off').map(({ text, range }) => ({ slug: text, range })),
  };
}

function readCpp(node: SourceNode | undefined): { readonly cpp?: CppSettings } {
  if (node === undefined) return {};
  const setting = (key: string, name: keyof CppSettings): CppSettings => (node.text(key) === undefined ? {} : { [name]: node.text(key) });
  return {
    cpp: {
      ...setting('namespace', 'namespace'),
      ...setting('file_prefix', 'filePrefix'),
      ...setting('constant_prefix', 'constantPrefix'),
      ...setting('exception', 'exception'),
      ...setting('exception_header', 'exceptionHeader'),
    },
  };
}

/** Files of an output folder may be deleted, so it must be below the project folder and belong to one protocol. */
function checkOutputs(config: Config, node: SourceNode, diagnostics: DiagnosticCollector): void {
  const rangeOf = (index: number): SourceRange => node.at(`/protocols/${index}/output`).range;
  for (const [index, { output }] of config.protocols.entries()) {
    if (output === '.' || output === '..' || output.startsWith('../')) diagnostics.report('unsafe-output', rangeOf(index), { output });
    const other = config.protocols.slice(0, index).findIndex((earlier) => `${output}/`.startsWith(`${earlier.output}/`) || `${earlier.output}/`.startsWith(`${output}/`));
    if (other < 0) continue;
    const related = [{ label: 'the other one', range: rangeOf(other) }];
    diagnostics.report('overlapping-outputs', rangeOf(index), { output, other: (config.protocols[other] as ProtocolConfig).output }, { related });
  }
}
