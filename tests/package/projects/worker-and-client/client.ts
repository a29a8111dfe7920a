/** Calls the worker beside it over stdio and prints what it says as JSON. */
import { fileURLToPath } from 'node:url';
import { columnFrom, field, int64, RecordBatch, Schema, structOf, SubprocessConnection } from 'vgi-gen/runtime/v1';
import { FunctionType, newBindRequest, newCatalogAttachRequest, newInitRequest, VgiClient } from 'vgi-gen/vgi';

const connection = SubprocessConnection.start(process.execPath, [fileURLToPath(new URL('worker.js', import.meta.url))]);
const client = new VgiClient(connection);

const catalogs = await client.catalogCatalogs();
const { attachOpaqueData } = await client.catalogAttach(newCatalogAttachRequest({ name: 'packed' }));
const tables = await client.catalogSchemaContentsTables({ attachOpaqueData, path: ['main'] });

const args = structOf([field('positional_0', int64, true)]);
const bindCall = newBindRequest({
  functionName: 'squares',
  schemaPath: ['main'],
  functionType: FunctionType.TABLE,
  arguments: RecordBatch.of(new Schema([field('args', args, true)]), [columnFrom(args, [{ positional_0: 4n }])]),
  attachOpaqueData,
});
const { outputSchema } = await client.bind(bindCall);
const scan = await client.init(newInitRequest({ bindCall, outputSchema }));
const squares: unknown[] = [];
for (let batch = await scan.tick(); batch !== undefined; batch = await scan.tick()) squares.push(...(batch.column('square')?.values() ?? []));

console.log(JSON.stringify({ catalogs: catalogs.items.map(({ name }) => name), tables: tables.items.map(({ name }) => name), squares: squares.map(String) }));
await client.close();
