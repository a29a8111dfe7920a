import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where definitions are read from. Paths have forward slashes and are relative to the project folder. */
export interface FileSystem {
  /** The bytes of a file; `undefined` if there is none. Throws an `Error` with a readable message if it cannot be read. */
  read(path: string): Uint8Array | undefined;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** The files below a folder of this machine. */
export function diskFileSystem(folder: string): FileSystem {
  return {
    read(path) {
      try {
        return new Uint8Array(readFileSync(resolve(folder, path)));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
  };
}

/** Files given as text or bytes by path, in front of another file system if one is given. */
export function memoryFileSystem(files: Readonly<Record<string, string | Uint8Array>>, behind?: FileSystem): FileSystem {
  const encoder = new TextEncoder();
  return {
    read(path) {
      const content = Object.hasOwn(files, path) ? files[path] : undefined;
      if (content === undefined) return behind?.read(path);
      return typeof content === 'string' ? encoder.encode(content) : content;
    },
  };
}

/** A file system that notes which files are asked for, there or not. */
export const recordingFileSystem = (fileSystem: FileSystem, read: Set<string>): FileSystem => ({
  read(path) {
    read.add(path);
    return fileSystem.read(path);
  },
});
