/** A worker that answers the protocol's methods itself: one schema with one table function. Run it with `node dist/handler-worker.js`. */
import { randomUUID } from 'node:crypto';
import * as vgi from 'vgi-gen/vgi';
import { columnFrom, field, int64, RecordBatch, RpcError, Schema, type ServerStream } from 'vgi-gen/runtime/v1';
import { runWorker } from 'vgi-gen/worker';

const attachOpaqueData = new TextEncoder().encode('numbers');
const squares = new Schema([field('n', int64, true), field('square', int64, true)]);

/** The arguments of a call are one row of one struct; `positional_0` is the first of them. */
function rowsWanted({ arguments: given }: vgi.BindRequest): bigint {
  const { positional_0: count } = given.column('args')?.get(0) as { readonly positional_0: bigint | null };
  if (count === null || count < 0n) throw new RpcError('squares: give the number of rows, 0 or more', { type: 'ValueError' });
  return count;
}

class NumbersHandlers extends vgi.VgiHandlers {
  override catalogCatalogs(): vgi.CatalogsResponse {
    return { items: [vgi.newCatalogInfo({ name: 'numbers' })] };
  }

  override catalogAttach(): vgi.CatalogAttachResult {
    return vgi.newCatalogAttachResult({ attachOpaqueData, supportsTransactions: false, supportsTimeTravel: false, catalogVersionFrozen: true, catalogVersion: 1n });
  }

  override catalogSchemas(): vgi.SchemasResponse {
    return { items: [vgi.newSchemaInfo({ path: ['main'], tags: new Map(), attachOpaqueData })] };
  }

  override catalogSchemaContentsFunctions({ type }: vgi.CatalogSchemaContentsFunctionsParams): vgi.FunctionsResponse {
    if (type !== vgi.SchemaObjectType.TABLE_FUNCTION) return { items: [] };
    const argument = field('count', int64, true);
    const shared = { schemaPath: ['main'], arguments: new Schema([argument]), functionType: vgi.FunctionType.TABLE };
    return { items: [vgi.newFunctionInfo({ ...shared, name: 'squares', description: 'The first square numbers.', outputSchema: squares })] };
  }

  override bind(request: vgi.BindRequest): vgi.BindResponse {
    rowsWanted(request); // wrong arguments fail here, while the query is planned
    return vgi.newBindResponse({ outputSchema: squares });
  }

  override init({ bindCall, executionId }: vgi.InitRequest): ServerStream<vgi.GlobalInitResponse> {
    const header = vgi.newGlobalInitResponse({ executionId: executionId ?? new TextEncoder().encode(randomUUID()), maxWorkers: 1n });
    return { kind: 'producer', header, output: squares, stream: batches(rowsWanted(bindCall)) };
  }
}

function* batches(count: bigint): Generator<RecordBatch> {
  for (let from = 0n; from < count; from += 2048n) {
    const left = count - from;
    const n = BigInt64Array.from({ length: Number(left < 2048n ? left : 2048n) }, (_, row) => from + BigInt(row));
    yield RecordBatch.of(squares, [columnFrom(int64, n), columnFrom(int64, n.map((each) => each * each))]);
  }
}

await runWorker(new NumbersHandlers());
