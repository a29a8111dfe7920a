import { fixtureWorkerCommand } from './fixture-worker-command.ts';
import { runSqlFiles } from './run-sql-files.ts';

runSqlFiles('launch', `launch:${fixtureWorkerCommand()}`, [
  { engine: 'duckdb-1.5.5', threads: 1 },
  { engine: 'duckdb-1.5.5', threads: 8 },
]);
