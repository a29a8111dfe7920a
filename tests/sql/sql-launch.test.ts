import { fixtureWorkerCommand } from './fixture-worker-command.ts';
import { runSqlFiles } from './run-sql-files.ts';

runSqlFiles('launch', `launch:${fixtureWorkerCommand()}`);
