import { columnFrom, type DataType, field, int64, RecordBatch, Schema, SubprocessConnection, structOf, utf8 } from 'vgi-gen/runtime/v1';
import { type BindRequest, type BindRequestInit, newBindRequest, newCatalogAttachRequest, newInitRequest, newTableBufferingCombineRequest, newTableBufferingProcessRequest, VgiClient, vgiProtocol } from 'vgi-gen/vgi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FilterWriter } from '../filters/filter-documents.ts';
import { fixtureWorkerCommand } from '../sql/fixture-worker-command.ts';

/** One process for clients of all versions: each request says its own. */
let worker: SubprocessConnection;
beforeAll(() => {
  const [node = '', ...args] = fixtureWorkerCommand().split(' ');
  worker = SubprocessConnection.start(node, args);
});
afterAll(() => worker.close());

const isBefore = (version: string, other: string): boolean => vgiProtocol.versions.indexOf(version) < vgiProtocol.versions.indexOf(other);

function argumentsOf(...values: readonly (readonly [DataType, unknown])[]): RecordBatch {
  const type = structOf(values.map(([type], index) => field(`positional_${index}`, type, true)));
  const row = Object.fromEntries(values.map(([, value], index) => [`positional_${index}`, value]));
  return RecordBatch.of(new Schema([field('args', type, true)]), [columnFrom(type, [row])], { numRows: 1 });
}

const inputSchema = new Schema([field('i', int64, true)]);
const rows = (...values: readonly (bigint | null)[]): RecordBatch => RecordBatch.of(inputSchema, [columnFrom(int64, values)]);

describe.each(vgiProtocol.versions)('a client of %s', (version) => {
  const client = (): VgiClient => new VgiClient(worker, { version });
  const attach = () => client().catalogAttach(newCatalogAttachRequest({ name: 'example' }));

  async function bound(request: Omit<BindRequestInit, 'attachOpaqueData'>): Promise<{ bindCall: BindRequest; outputSchema: Schema }> {
    const { attachOpaqueData } = await attach();
    const bindCall = newBindRequest({ ...request, attachOpaqueData });
    return { bindCall, outputSchema: (await client().bind(bindCall)).outputSchema };
  }

  it('attaches', async () => {
    const { defaultSchema, settings, globalFunctions, globalFunctionPrefix } = await attach();
    expect(defaultSchema).toBe('main');
    expect(settings.length).toBeGreaterThan(0);
    expect(globalFunctions.length > 0).toBe(!isBefore(version, '1.3.0'));
    expect(globalFunctionPrefix).toBe(isBefore(version, '1.3.0') ? '' : 'vgi_example');
  });

  it('lists what current clients are told, without what its version cannot say', async () => {
    const lists = async (asked: VgiClient) => {
      const { attachOpaqueData } = await asked.catalogAttach(newCatalogAttachRequest({ name: 'example' }));
      const [main, data] = [['main'], ['data']].map((path) => ({ attachOpaqueData, path }));
      const { items: tables } = await asked.catalogSchemaContentsTables(data as NonNullable<typeof data>);
      const { items: functions } = await asked.catalogSchemaContentsFunctions({ ...(main as NonNullable<typeof main>), type: 'TABLE_FUNCTION' });
      return {
        schemas: (await asked.catalogSchemas({ attachOpaqueData })).items.map(({ path }) => path),
        tables: tables.map(({ name, schemaPath, columns }) => [schemaPath, name, columns.fields.map((each) => each.name)]),
        functions: functions.map(({ name, schemaPath, arguments: { fields } }) => [schemaPath, name, fields.map((each) => each.name)]),
        requiredFilters: new Map(tables.map(({ name, requiredFilters }) => [name, requiredFilters])),
      };
    };
    const [told, current] = [await lists(client()), await lists(new VgiClient(worker))];
    expect(told.requiredFilters.get('rff_or')).toEqual(isBefore(version, '1.1.0') ? [] : [['a', 'b']]);
    expect(told.requiredFilters.get('rff_simple')).toEqual([['a']]);
    told.requiredFilters.set('rff_or', current.requiredFilters.get('rff_or') ?? []);
    expect(told).toEqual(current);
    expect(told.tables.length).toBeGreaterThan(10);
  });

  it('binds a scan, and reads it with filters and projection', async () => {
    const call = await bound({ functionName: 'filter_echo', functionType: 'TABLE', schemaPath: ['main'], arguments: argumentsOf([int64, 10n]) });
    expect(call.outputSchema.fields.map(({ name }) => name)).toEqual(['n', 's', 'pushed_filters']);
    const cardinality = await client().tableFunctionCardinality({ bindCall: call.bindCall });
    expect(cardinality).toMatchObject({ estimate: 10n, max: 10n });
    const scan = await client().init(newInitRequest({ ...call, projectionIds: [2n, 0n], pushdownFilters: atLeast(7n, call.outputSchema) }));
    const read: unknown[] = [];
    for (let batch = await scan.tick(); batch; batch = await scan.tick()) for (let row = 0; row < batch.numRows; row++) read.push(batch.columns.map((column) => column.get(row)));
    expect(read).toEqual([7n, 8n, 9n].map((n) => ['n >= 7', n]));
  });

  /** `n >= limit` in the encoding of the version. */
  function atLeast(limit: bigint, schema: Schema): RecordBatch {
    const writer = new FilterWriter(schema);
    if (!isBefore(version, '2.0.0')) return writer.required(writer.compare('ge', writer.column('n'), writer.literal(int64, limit)));
    const filters = [{ column_name: 'n', column_index: 0, type: 'constant', op: 'ge', value_ref: 0 }];
    const fields = [field('filter_spec', utf8, true, new Map([['vgi_filter_version', '1']])), field('_val_0', int64, true)];
    return RecordBatch.of(new Schema(fields), [columnFrom(utf8, [JSON.stringify(filters)]), columnFrom(int64, [limit])]);
  }

  it('calls a scalar function, of its schema if it can name one', async () => {
    const call = bound({ functionName: 'test_same_name_bind', functionType: 'SCALAR', schemaPath: ['data'], arguments: argumentsOf(), inputSchema: new Schema([field('value', int64, true)]) });
    if (isBefore(version, '1.1.0')) return expect(call).rejects.toThrow(/test_same_name_bind is in several schemas; name one/);
    const stream = await client().init(newInitRequest(await call));
    for (const [given, expected] of [[1n, 'data:1'], [null, null], [-2n, 'data:-2']] as const) {
      const answer = await stream.exchange(RecordBatch.of(new Schema([field('value', int64, true)]), [columnFrom(int64, [given])]));
      expect(answer?.columns.map((column) => column.get(0))).toEqual([expected]);
    }
    await stream.close();
  });

  it('maps rows, and reads what follows them', async () => {
    const call = await bound({ functionName: 'substream_partial_sum', functionType: 'TABLE', schemaPath: ['main'], arguments: argumentsOf(), inputSchema });
    const substreamId = new Uint8Array([1, 2, 3]);
    const input = await client().init(newInitRequest({ ...call, phase: 'INPUT', substreamId }));
    for (const batch of [rows(1n, 2n), rows(39n)]) expect((await input.exchange(batch))?.numRows).toBe(0);
    await input.close();
    const rest = await client().init(newInitRequest({ ...call, phase: 'FINALIZE', substreamId, executionId: input.header.executionId }));
    expect((await rest.tick())?.columns.map((column) => [...column.values()])).toEqual([[42n]]);
    expect(await rest.tick()).toBeUndefined();
  });

  // Between 1.1.0 and 1.2.0 only the bind names the schema: the calls after it have to find the function all the same.
  it('buffers rows, in the function of the schema that its bind names if it can', async () => {
    const [functionName, prefix] = isBefore(version, '1.1.0') ? ['buffer_input', ''] : ['test_same_name_buffered', 'data:'];
    const schemaPath = [isBefore(version, '1.1.0') ? 'main' : 'data'];
    const call = await bound({ functionName, functionType: 'TABLE', schemaPath, arguments: argumentsOf(), inputSchema });
    const opened = await client().init(newInitRequest({ ...call, phase: 'TABLE_BUFFERING' }));
    const { executionId } = opened.header;
    await opened.close();
    const request = { functionName, schemaPath, executionId, attachOpaqueData: call.bindCall.attachOpaqueData };
    const { stateId } = await client().tableBufferingProcess(newTableBufferingProcessRequest({ ...request, inputBatch: rows(5n) }));
    const { finalizeStateIds } = await client().tableBufferingCombine(newTableBufferingCombineRequest({ ...request, stateIds: [stateId] }));
    expect(finalizeStateIds).toHaveLength(1);
    const result = await client().init(newInitRequest({ ...call, phase: 'TABLE_BUFFERING_FINALIZE', executionId, finalizeStateId: finalizeStateIds[0] }));
    expect(String((await result.tick())?.columns[0]?.get(0))).toBe(`${prefix}5`);
    await result.close();
    await client().tableBufferingDestructor(request);
  });

  it('can change nothing, and call nothing that its version lacks', async () => {
    const { attachOpaqueData } = await attach();
    await expect(client().catalogTableDrop({ attachOpaqueData, schemaPath: ['data'], name: 'numbers' })).rejects.toThrow(/catalog is read-only/);
    const answer = isBefore(version, '1.1.0') ? `does not exist in protocol vgi ${version}` : 'is not implemented by this worker';
    await expect(client().catalogCopyFromFormats({ attachOpaqueData })).rejects.toThrow(`method catalog_copy_from_formats ${answer}`);
  });
});
