import { fixtureWorkerCommand } from './fixture-worker-command.ts';
import { runSqlFiles } from './run-sql-files.ts';

const location = `launch:${fixtureWorkerCommand()}`;
for (const threads of [1, 8]) runSqlFiles({ engine: 'duckdb-1.5.5', transport: 'launch', location, threads });
