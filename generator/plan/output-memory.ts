import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProtocolConfig } from '../config/load-config.ts';
import { isModulePath } from '../emit/own-target.ts';
import { historyFolder } from '../history/history-text.ts';
import type { FileSystem } from '../load/file-system.ts';
import { isGenerated } from '../print/banner.ts';
import type { OutputFolder } from './output-folder.ts';
import type { GeneratedFile } from './plan.ts';
import { isTemporary } from './temporary.ts';

/** What one protocol of a project is generated from, apart from its definition. */
export interface OutputSettings {
  readonly protocol: ProtocolConfig;
  readonly runtimeImport: string;
  /** Folder of templates that replace those of targets. */
  readonly templates?: string;
}

interface Remembered {
  /** Hash of everything that the files follow from. */
  readonly inputs: string;
  /** Files that the definition consists of, also those that were looked for and not there. */
  readonly read: readonly string[];
  /** Hashes of the generated files by path. */
  readonly files: Readonly<Record<string, string>>;
}

const hash = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('base64');

/**
 * What definitions gave, kept in `node_modules/.cache/vgi-gen` between runs, so that `check` and `generate` need not compile again what
 * follows from the same files, settings and compiler. That is a statement about inputs and outputs only: whether the outputs are on disk is looked up
 * each time, byte by byte. Anything unusual is not remembered: targets of the project, and definitions about which anything is to be said.
 */
export class OutputMemory {
  readonly #root: string;
  readonly #file: string;
  readonly #compiler: string;
  readonly #known: Record<string, Remembered>;
  #changed = false;

  /** `compiler` tells one build of the compiler from another. */
  private constructor(root: string, file: string, compiler: string) {
    this.#root = root;
    this.#file = file;
    this.#compiler = compiler;
    this.#known = readMemory(file);
  }

  /** The memory of a project; `undefined` if it has no place for one, or if the compiler runs from its sources. */
  static of(root: string, compiler: string | undefined): OutputMemory | undefined {
    if (compiler === undefined || !existsSync(join(root, 'node_modules'))) return undefined;
    return new OutputMemory(root, join(root, 'node_modules/.cache/vgi-gen/outputs.json'), compiler);
  }

  /** Paths of the generated files of a protocol if they are all as they should be and there are no others; `undefined` if that has to be found out. */
  upToDate(settings: OutputSettings, sources: FileSystem, disk: OutputFolder): readonly string[] | undefined {
    try {
      return this.#lookUp(settings, sources, disk);
    } catch {
      // What cannot be read is for those to report who need it.
      return undefined;
    }
  }

  #lookUp(settings: OutputSettings, sources: FileSystem, disk: OutputFolder): readonly string[] | undefined {
    const known = this.#known[settings.protocol.definition];
    if (known === undefined || !isMemorable(settings) || known.inputs !== this.#inputs(settings, known.read, sources, disk)) return undefined;
    for (const [path, expected] of Object.entries(known.files)) {
      const text = disk.read(path);
      if (text === undefined || hash(text) !== expected) return undefined;
    }
    const others = disk.list(settings.protocol.output).filter((path) => !Object.hasOwn(known.files, path) && !isTemporary(path));
    return others.some((path) => isGenerated(disk.read(path) ?? '')) ? undefined : Object.keys(known.files);
  }

  /** Notes what a definition of which `read` was read gives. */
  note(settings: OutputSettings, read: ReadonlySet<string>, files: readonly GeneratedFile[], sources: FileSystem, disk: OutputFolder): void {
    if (!isMemorable(settings)) return;
    const paths = [...read];
    this.#known[settings.protocol.definition] = {
      inputs: this.#inputs(settings, paths, sources, disk),
      read: paths,
      files: Object.fromEntries(files.map(({ path, text }) => [path, hash(text)])),
    };
    this.#changed = true;
  }

  /** Writes down what was noted. That it cannot be written is no harm. */
  save(): void {
    if (!this.#changed) return;
    const temporary = `${this.#file}.${process.pid}`;
    try {
      mkdirSync(join(this.#file, '..'), { recursive: true });
      writeFileSync(temporary, JSON.stringify(this.#known));
      renameSync(temporary, this.#file);
    } catch {
      // The next run compiles, as this one did.
    }
  }

  #inputs({ protocol, runtimeImport, templates }: OutputSettings, read: readonly string[], sources: FileSystem, disk: OutputFolder): string {
    const { definition, output, targets, adaptersImport, cpp } = protocol;
    const replaced = templates === undefined ? [] : filesIn(join(this.#root, templates));
    const released = disk.list(historyFolder).map((path) => [path, disk.read(path)]);
    const texts = [...read].map((path) => [path, hash(sources.read(path) ?? 'none')]);
    return hash(JSON.stringify([this.#compiler, definition, output, targets.map(({ name }) => name), adaptersImport, cpp, runtimeImport, templates, replaced, released, texts]));
  }
}

const isMemorable = ({ protocol }: OutputSettings): boolean => !protocol.targets.some(({ name }) => isModulePath(name));

function filesIn(folder: string): readonly (readonly [path: string, text: string])[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name)).sort().map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]);
}

function readMemory(file: string): Record<string, Remembered> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Remembered>;
  } catch {
    return {};
  }
}
