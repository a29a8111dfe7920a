import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Starts a worker, waits for the line by which it says where it accepts, and hands what follows the colon to `use`; then ends it. */
export async function withWorker(command, flags, use, stderr = 'inherit') {
  const child = spawn(command, flags, { stdio: ['ignore', 'pipe', stderr] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    const line = await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('error', reject);
      child.once('exit', (status) => reject(new Error(`${command} ended with ${status} before it accepted`)));
    });
    return await use(line.slice(line.indexOf(':') + 1));
  } finally {
    child.kill();
    await exited;
  }
}
