import { fixtureWorkerCommand } from './fixture-worker-command.ts';
import { runSqlFiles } from './run-sql-files.ts';

runSqlFiles('stdio', fixtureWorkerCommand(), [
  { engine: 'duckdb-1.5.5', threads: 1 },
  { engine: 'duckdb-1.5.5', threads: 8 },
  { engine: 'duckdb-1.5.4', threads: 8 },
  { engine: 'haybarn-1.5.3', threads: 8 },
]);
