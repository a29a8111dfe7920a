/** `make bench`: every benchmark, each a process of its own; prints `name ours peer ratio goal` lines. Fails if a goal is missed. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const [wanted] = process.argv.slice(2);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.bench.mjs')).sort()) {
  if (wanted && !file.startsWith(wanted)) continue;
  console.log(`# ${file.replace('.bench.mjs', '')}`);
  const { status } = spawnSync(process.execPath, [folder + file], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
