import { posix } from 'node:path';
import { isModulePath } from '../emit/own-target.ts';
import { generateProtocol, planGeneration, type Generation, type Project, type ProtocolOutput } from '../generate.ts';
import { recordingFileSystem } from '../load/file-system.ts';
import { historyFolder } from '../history/history-text.ts';
import { ParseCache } from '../load/parse-cache.ts';
import { EarlierRuns } from './earlier-runs.ts';

interface Known {
  readonly output: ProtocolOutput;
  /** Every file that was asked for, also those that are not there. */
  readonly read: ReadonlySet<string>;
  readonly earlier: EarlierRuns;
}

/**
 * Generates again and again, doing only what a change of files reaches: protocols that read none of them keep what they gave. After a
 * change of a template, of a target of the project or of a released version everything is done anew.
 */
export class WarmGenerator {
  readonly #project: Project;
  readonly #parsed = new ParseCache();
  readonly #known = new Map<string, Known>();

  constructor(project: Project) {
    this.#project = project;
  }

  /** Everything after the first run is told which files have changed since. */
  async run(changed: ReadonlySet<string>): Promise<Generation> {
    if ([...changed].some((file) => this.#modules.has(file) || this.#isInFolder(file))) this.#known.clear();
    const outputs: ProtocolOutput[] = [];
    for (const protocol of this.#project.config.protocols) {
      const key = protocol.definition;
      let known = this.#known.get(key);
      if (known === undefined || [...changed].some((file) => known?.read.has(file))) {
        const read = new Set<string>();
        const earlier: EarlierRuns = known?.earlier ?? new EarlierRuns();
        const output = await generateProtocol(protocol, this.#project, recordingFileSystem(this.#project.fileSystem, read), this.#parsed, earlier);
        known = { output, read, earlier };
        this.#known.set(key, known);
      }
      outputs.push(known.output);
    }
    return planGeneration(outputs, this.#project);
  }

  /** Files whose change matters. */
  get files(): ReadonlySet<string> {
    return new Set([...this.#modules, ...[...this.#known.values()].flatMap(({ read }) => [...read])]);
  }

  /** Folders of which everything matters. */
  get folders(): readonly string[] {
    const { templates } = this.#project.config;
    return [historyFolder, ...(templates === undefined ? [] : [templates])];
  }

  /** The targets of the project; what they import in turn is loaded once for good. */
  get #modules(): ReadonlySet<string> {
    const named = this.#project.config.protocols.flatMap(({ targets }) => targets.map(({ name }) => name));
    return new Set(named.filter(isModulePath).map((path) => posix.normalize(path)));
  }

  #isInFolder(file: string): boolean {
    return this.folders.some((folder) => file === folder || file.startsWith(`${folder}/`));
  }
}
