import { fixtureWorkerCommand } from './fixture-worker-command.ts';
import { runSqlFiles } from './run-sql-files.ts';

const location = fixtureWorkerCommand();
for (const engine of ['duckdb-1.5.4', 'haybarn-1.5.3'] as const) runSqlFiles({ engine, transport: 'stdio', location, threads: 8 });
