import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';

/** Finds a file or folder that an option names: on the command line it counts from the working folder, in the configuration from the project's. */
export const peerPath = (cwd: string, folder: string, path: string): string => [resolve(cwd, path), resolve(folder, path)].find(existsSync) ?? resolve(cwd, path);

/** A path as ranges have it: relative to the project folder, with forward slashes. */
export const shownPath = (folder: string, path: string): string => relative(folder, path).split(sep).join('/');
