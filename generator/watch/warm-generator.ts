import { generateProtocol, planGeneration, type EmittedFiles, type Generation, type Project, type ProtocolOutput } from '../generate.ts';
import type { FileSystem } from '../load/file-system.ts';
import { ParseCache } from '../load/parse-cache.ts';

interface Known {
  readonly output: ProtocolOutput;
  /** Every file that was asked for, also those that are not there. */
  readonly read: ReadonlySet<string>;
  readonly emitted: EmittedFiles;
}

/** Generates again and again, doing only what a change of files reaches: protocols that read none of them keep what they gave. */
export class WarmGenerator {
  readonly #project: Project;
  readonly #parsed = new ParseCache();
  readonly #known = new Map<string, Known>();

  constructor(project: Project) {
    this.#project = project;
  }

  /** Everything after the first run is told which files have changed since. */
  async run(changed: ReadonlySet<string>): Promise<Generation> {
    const outputs: ProtocolOutput[] = [];
    for (const protocol of this.#project.config.protocols) {
      const key = protocol.definition;
      let known = this.#known.get(key);
      if (known === undefined || [...changed].some((file) => known?.read.has(file))) {
        const read = new Set<string>();
        const emitted: EmittedFiles = known?.emitted ?? new Map();
        const output = await generateProtocol(protocol, this.#project, recording(this.#project.fileSystem, read), this.#parsed, emitted);
        known = { output, read, emitted };
        this.#known.set(key, known);
      }
      outputs.push(known.output);
    }
    return planGeneration(outputs, this.#project);
  }

  /** Files whose change matters. */
  get files(): ReadonlySet<string> {
    return new Set([...this.#known.values()].flatMap(({ read }) => [...read]));
  }
}

const recording = (fileSystem: FileSystem, read: Set<string>): FileSystem => ({
  read(path) {
    read.add(path);
    return fileSystem.read(path);
  },
});
