import type { Model } from '../model/model.ts';
import type { ModelUse } from '../model/same-model.ts';
import type { CppSettings } from './cpp/cpp-options.ts';
import type { TemplateOverrides } from './templates.ts';

/** Turns the model into the files of one target. */
export interface Target {
  readonly name: string;
  /** `wire`: the files do not follow from docs, deprecations, names in targets or positions; then `--watch` keeps them where only those change. */
  readonly reads?: 'wire';
  /** Paths are relative to the target's own folder, `<output>/<target name>`, with forward slashes; texts come without banner. Throws `EmitError` for what the target has no form for. */
  emit(model: Model, options: TargetOptions): readonly { readonly path: string; readonly text: string }[];
}

export interface TargetOptions {
  /** Module that generated code imports the runtime from. */
  readonly runtimeImport: string;
  /** Root file of the definition, as a reader of the generated files would look for it: relative to the project folder. */
  readonly sourceRoot: string;
  /** Module that generated code imports the adapters from that types name with `adapt`. */
  readonly adaptersImport?: string;
  /** Templates of the project that replace those of targets. */
  readonly templates?: TemplateOverrides;
  /** Settings of the target `cpp`. */
  readonly cpp?: CppSettings;
  /** What the target emitted for the definition as it was before; present while the compiler watches, and nothing has to be made of it. */
  readonly earlier?: EarlierOutput;
}

/** What a target emitted last. */
export interface EarlierOutput {
  /** Texts by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Whether the definition is still the same for what makes that use of it. */
  sameFor(use: ModelUse): boolean;
}

/** Targets by name; loaded only when asked for. */
export const targets: Readonly<Record<string, () => Promise<Target>>> = {
  ts: async () => (await import('./ts/ts-target.ts')).tsTarget,
  docs: async () => (await import('./docs/docs-target.ts')).docsTarget,
  html: async () => (await import('./html/html-target.ts')).htmlTarget,
  vectors: async () => (await import('./vectors/vectors-target.ts')).vectorsTarget,
  cpp: async () => (await import('./cpp/cpp-target.ts')).cppTarget,
};
