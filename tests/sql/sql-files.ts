import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The SQL files by their path below this folder. */
export const sqlFiles = readdirSync(fileURLToPath(new URL('.', import.meta.url)), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test'))
  .sort();
