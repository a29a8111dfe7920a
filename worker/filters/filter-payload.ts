import type { Column } from '../../runtime/arrow/column.ts';
import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import type { Field } from '../../runtime/arrow/schema.ts';
import { filterKeys } from '../../generated/vgi/ts/metadata.ts';
import { filterError } from './filter-error.ts';
import { limits } from './limits.ts';

const ENCODING = 'vgi.filters.v2';
const NO_CONTEXT = 'vgi.none.v1';
const SESSION_CONTEXT = 'vgi.duckdb.session.v1';
const SLOT_NAME = /^(value|type|artifact)_(0|[1-9]\d*)$/;

/** One typed slot of a filter batch. */
export interface Slot {
  readonly field: Field;
  readonly column: Column;
}

/** The Arrow side of a version 2 filter batch: its document's text and the typed slots that the document refers to. */
export class FilterPayload {
  /** Text of the JSON document. */
  readonly document: string;
  private readonly slots = new Map<string, Slot>();

  /** Throws a `FilterError` if the batch breaks a rule of the container. */
  constructor(batch: RecordBatch) {
    checkMetadata(batch);
    if (batch.numRows !== 1) throw filterError(`the batch has ${batch.numRows} rows instead of one`);
    const [first, ...rest] = batch.schema.fields;
    if (first?.name !== 'filter_spec' || first.type.kind !== 'utf8') throw filterError('the first column is not filter_spec of type utf8');
    this.document = specText(batch.column(0));
    let bytes = 0;
    rest.forEach((field, index) => {
      if (!SLOT_NAME.test(field.name)) throw filterError(`column "${field.name}" is none of value_<n>, type_<n>, artifact_<n>`);
      if (this.slots.has(field.name)) throw filterError(`column "${field.name}" stands twice in the batch`);
      const column = batch.column(index + 1);
      bytes += byteSize(column);
      if (bytes > limits.literalBytes) throw filterError(`the literals take more than ${limits.literalBytes} bytes`);
      this.slots.set(field.name, { field, column });
    });
  }

  /** The slot `<kind>_<number>`, which `where` refers to. */
  slot(kind: 'value' | 'type' | 'artifact', number: number, where: string): Slot {
    const found = this.slots.get(`${kind}_${number}`);
    if (!found) throw filterError(`${where} refers to ${kind}_${number}, which the batch does not have`);
    if (kind === 'type' && !found.column.isNull(0)) throw filterError(`${where} refers to type_${number}, which holds a value where only its type counts`);
    return found;
  }
}

function checkMetadata({ schema: { metadata } }: RecordBatch): void {
  const expect = (key: string, value: string): void => {
    const given = metadata.get(key);
    if (given !== value) throw filterError(`the batch says ${key}=${given ?? '(nothing)'}, expected ${value}`);
  };
  expect(filterKeys.encoding, ENCODING);
  expect(filterKeys.version, '2');
  const context = metadata.get(filterKeys.evaluationContext);
  if (context === SESSION_CONTEXT) throw filterError(`they depend on the session (${SESSION_CONTEXT}), which this worker does not advertise`);
  expect(filterKeys.evaluationContext, NO_CONTEXT);
  const { timeZone, calendar, defaultCollation, ieeeFloatingPointOps, integerDivision, contextProviderFingerprint } = filterKeys;
  for (const key of [timeZone, calendar, defaultCollation, ieeeFloatingPointOps, integerDivision, contextProviderFingerprint]) {
    if (metadata.has(key)) throw filterError(`the batch has ${key}, which ${NO_CONTEXT} rules out`);
  }
}

function specText(column: Column): string {
  if (column.isNull(0)) throw filterError('filter_spec is NULL');
  const [start, end] = column.offsets as Int32Array;
  const bytes = (column.data as Uint8Array).subarray(start, end);
  if (bytes.length > limits.jsonBytes) throw filterError(`filter_spec has ${bytes.length} bytes, at most ${limits.jsonBytes} are taken`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw filterError('filter_spec is not UTF-8', error);
  }
}

function byteSize(column: Column): number {
  let size = (column.data?.byteLength ?? 0) + (column.offsets?.byteLength ?? 0);
  for (const child of column.children) size += byteSize(child);
  return size + (column.dictionary ? byteSize(column.dictionary) : 0);
}
