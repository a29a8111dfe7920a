import { postgresPlace, testPostgres } from './postgres-place.ts';
import { processContract } from './process-contract.ts';
import { storageContract } from './storage-contract.ts';

storageContract('postgres', postgresPlace);
processContract('postgres', testPostgres, () => postgresPlace.reset());
