import { historyFiles } from '../breaking/check-history.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EarlierOutput } from '../emit/targets.ts';
import type { Model } from '../model/model.ts';
import type { OutputFolder } from '../plan/output-folder.ts';
import type { GeneratedFile } from '../plan/plan.ts';
import { compareVersions } from '../model/versions.ts';
import { ModelComparison, type ModelUse } from '../model/same-model.ts';

interface Emitted {
  readonly model: Model;
  /** Texts without banner, by path in the target's folder. */
  readonly texts: ReadonlyMap<string, string>;
  readonly files: readonly GeneratedFile[];
  /** The files by the paths of their texts. */
  readonly fileOf: ReadonlyMap<string, GeneratedFile>;
}

/** What a target made of a definition the last time, with what has changed since. */
export interface KnownOutput extends EarlierOutput {
  readonly files: readonly GeneratedFile[];
  /** The file with its banner, if it is one of those and has the same text. */
  fileWith(path: string, text: string): GeneratedFile | undefined;
}

/** What runs with the same configuration made of one definition, so that the next one does only what a change reaches. */
export class EarlierRuns {
  readonly #emitted = new Map<string, Emitted>();
  #model: Model | undefined;
  /** The model of this run with earlier ones; as a rule there is one. */
  #comparisons = new Map<Model, ModelComparison>();
  /** A model that agrees with what was released, and the released files. */
  #agreed: { readonly model: Model; readonly files: string } | undefined;

  /** Begins a run for a model. */
  start(model: Model): void {
    this.#model = model;
    this.#comparisons = new Map();
  }

  /** What a target made; `undefined` if nothing is known. */
  of(target: string): KnownOutput | undefined {
    const emitted = this.#emitted.get(target);
    const model = this.#model;
    if (emitted === undefined || model === undefined) return undefined;
    const { texts, files } = emitted;
    const comparison = this.#compare(emitted.model);
    return {
      texts,
      files,
      sameFor: (use: ModelUse) => comparison.sameFor(use),
      fileWith(path, text) {
        return texts.get(path) === text && sameProtocol(emitted.model, model) ? emitted.fileOf.get(path) : undefined;
      },
    };
  }

  /** Notes what a target made of the model of this run. */
  note(target: string, emitted: readonly { readonly path: string; readonly text: string }[], files: readonly GeneratedFile[]): void {
    if (this.#model === undefined) return;
    const texts = new Map(emitted.map(({ path, text }) => [path, text]));
    const fileOf = new Map(emitted.map(({ path }, index) => [path, files[index] as GeneratedFile]));
    this.#emitted.set(target, { model: this.#model, texts, files, fileOf });
  }

  /** What `check` says of the released versions; nothing, unasked, if the model agreed with them and neither has changed. */
  released(disk: OutputFolder, check: () => readonly Diagnostic[]): readonly Diagnostic[] {
    const model = this.#model as Model;
    const paths = historyFiles(model, disk);
    const files = paths.map((file) => `${file}\n${disk.read(file)}`).join('\n');
    const until = paths.flatMap((path) => /(\d+\.\d+\.\d+)\.json$/.exec(path)?.[1] ?? []).sort(compareVersions).at(-1);
    // What versions agree on has neither docs nor defaults, and nothing of what came later.
    if (this.#agreed?.files === files && this.#compare(this.#agreed.model).sameFor({ docsOf: [], names: false, defaults: false, until })) return [];
    const found = check();
    this.#agreed = found.length === 0 ? { model, files } : undefined;
    return found;
  }

  #compare(before: Model): ModelComparison {
    let comparison = this.#comparisons.get(before);
    if (comparison === undefined) this.#comparisons.set(before, (comparison = new ModelComparison(before, this.#model as Model)));
    return comparison;
  }
}

/** Whether banners say the same of both. */
const sameProtocol = ({ protocol: a }: Model, { protocol: b }: Model): boolean => a.name === b.name && a.current === b.current;
