import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { packageFolder } from '../../package-folder.ts';
import { compareVersions } from '../../model/versions.ts';
import { rpcKeys } from '../../../runtime/rpc/metadata-keys.ts';
import type { EnginePackage } from './engine-package.ts';
import { EngineSession } from './engine-session.ts';
import { recordedCalls } from './recorded-calls.ts';
import { type Statement, statements } from './statements.ts';

/** A statement that did not do what it should. */
export interface FailedStatement {
  readonly sql: string;
  readonly problem: string;
}

export interface Recording {
  /** What the requests say in `vgi_rpc.protocol_version`; `undefined` if there was none. */
  readonly version: string | undefined;
  readonly ran: number;
  readonly failed: readonly FailedStatement[];
}

export interface RecordingOptions {
  readonly engine: EnginePackage;
  readonly extension: string;
  /** An empty folder for what is recorded. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Runs the statements in an engine with the extension against the recording worker. Throws if either of the two cannot be run. */
export async function record({ engine, extension, folder, signal }: RecordingOptions): Promise<Recording> {
  const worker = await startWorker(folder, signal);
  try {
    const session = await EngineSession.start({ script: join(packageFolder(), 'dist', 'parity-engine.js'), packageFolder: engine.folder, extension, signal });
    try {
      return await runStatements(session, worker.location, folder);
    } finally {
      await session.close();
    }
  } finally {
    worker.stop();
  }
}

async function runStatements(session: EngineSession, location: string, folder: string): Promise<Recording> {
  const failed: FailedStatement[] = [];
  let version: string | undefined;
  let ran = 0;
  for (const statement of statements) {
    if (!isFor(statement, version)) continue;
    const error = await session.run(statement.sql.replace('$LOCATION', location));
    ran++;
    const problem = error === undefined ? (statement.refused ? 'it succeeded, but DuckDB should refuse it' : undefined) : statement.refused ? undefined : error;
    if (problem !== undefined) failed.push({ sql: statement.sql, problem });
    version ??= [...recordedCalls(folder)][0]?.metadata.get(rpcKeys.protocolVersion);
    // Without a first call there is nothing to go on with.
    if (version === undefined) break;
  }
  return { version, ran, failed };
}

function isFor({ since }: Statement, version: string | undefined): boolean {
  return since === undefined || (version !== undefined && compareVersions(version, since) >= 0);
}

async function startWorker(folder: string, signal: AbortSignal): Promise<{ readonly location: string; stop(): void }> {
  const socket = join(folder, 'worker.sock');
  const child = spawn(process.execPath, [join(packageFolder(), 'dist', 'recording-worker.js'), '--unix', socket, '--record', folder], { stdio: ['pipe', 'pipe', 'pipe'], signal });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-2000)));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', () => resolve());
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`the recording worker ended with ${status}: ${stderr.trim()}`)));
  });
  return { location: `unix://${socket}`, stop: () => child.stdin.end() };
}
