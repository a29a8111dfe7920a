import { PostgresConnection } from '../../storage/postgres-connection.ts';
import { PostgresStorage } from '../../storage/postgres-storage.ts';
import type { StoragePlace } from './storage-contract.ts';

/** The address of a server whose database may be emptied. */
export function testPostgres(): string {
  const address = process.env['VGI_TEST_POSTGRES'];
  if (address === undefined) throw new Error('VGI_TEST_POSTGRES is not set: run tools/parity-postgres.sh');
  return address;
}

export const postgresPlace: StoragePlace = {
  open: (options) => new PostgresStorage(testPostgres(), options),
  async reset() {
    const connection = new PostgresConnection(testPostgres());
    await connection.run({ name: 'reset', text: 'DROP SCHEMA vgi_storage_v1 CASCADE' }, []);
    await connection.close();
  },
  shared: true,
};
