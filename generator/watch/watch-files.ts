import { readdirSync, watch, type FSWatcher } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

/** How long it has to be quiet before changes are reported, in milliseconds: editors write a file in several steps, within one of them. */
const quietTime = 4;

/**
 * Reports which of some files change, and what changes in some folders. Watches the folders that files are in, because editors replace
 * files instead of writing into them; a folder that is not there is watched in the closest one above it. Node's own watcher is enough for that.
 */
export class FileWatch {
  readonly #root: string;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #changed = new Set<string>();
  #files: ReadonlySet<string> = new Set();
  #folders: readonly string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;

  /** Paths of files are relative to `root`. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Watches these files from now on, and all that these folders and those in them hold. */
  follow(files: ReadonlySet<string>, folders: readonly string[] = []): void {
    this.#files = files;
    this.#folders = folders;
    const watched = new Set([...files].map((file) => posix.dirname(file)));
    for (const folder of folders) for (const inner of this.#foldersIn(folder)) watched.add(inner);
    for (const [folder, watcher] of this.#watchers) {
      if (watched.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of watched) if (!this.#watchers.has(folder)) this.#open(folder);
  }

  /** Whether anything changes within a time, in milliseconds. */
  async changesWithin(time: number): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, time));
    return this.#changed.size > 0;
  }

  /** Waits for changes; gives none once `signal` is aborted. */
  async next(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const stop = (): void => this.#wake?.();
    signal.addEventListener('abort', stop, { once: true });
    while (this.#changed.size === 0 || this.#timer !== undefined) {
      if (signal.aborted) return new Set();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    signal.removeEventListener('abort', stop);
    const changed = new Set(this.#changed);
    this.#changed.clear();
    return changed;
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** The folder and those in it. */
  #foldersIn(folder: string): readonly string[] {
    const top = join(this.#root, folder);
    try {
      const entries = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory());
      return [folder, ...entries.map((entry) => posix.join(folder, relative(top, join(entry.parentPath, entry.name)).split(sep).join('/')))];
    } catch {
      return [folder];
    }
  }

  #open(folder: string): void {
    try {
      const watcher = watch(join(this.#root, folder), (_, name) => this.#notice(name === null ? undefined : posix.normalize(`${folder}/${name}`)));
      watcher.on('error', () => {
        watcher.close();
        this.#watchers.delete(folder);
      });
      this.#watchers.set(folder, watcher);
    } catch {
      const above = dirname(folder);
      if (above !== folder && !this.#watchers.has(above)) this.#open(above);
    }
  }

  /** A folder that comes or goes may hold any of the files. */
  #notice(path: string | undefined): void {
    const reached = [...this.#files, ...this.#folders].filter((file) => path === undefined || file === path || file.startsWith(`${path}/`));
    if (path !== undefined && this.#folders.some((folder) => path.startsWith(`${folder}/`)) && !isScratch(path)) reached.push(path);
    if (reached.length === 0) return;
    for (const file of reached) this.#changed.add(file);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#wake?.();
    }, quietTime);
  }
}

/** What editors put beside a file while they write it. */
const isScratch = (path: string): boolean => /^\.|~$/.test(posix.basename(path));
