import type { Lifetime } from '../model/build-context.ts';
import type { Field, Method, Model, RecordType } from '../model/model.ts';

/** Anything that travels as the row of a record batch: a declared type, the parameters or result of a method, a stream's columns. */
export interface WireRecord extends Lifetime {
  readonly kind: 'type' | 'params' | 'result' | 'input' | 'output';
  /** `TableInfo`, `catalog_table_get`, `catalog_table_get.result`. */
  readonly name: string;
  readonly fields: readonly Field[];
}

export const typeRecord = ({ name, fields, since, removed }: RecordType): WireRecord => ({ kind: 'type', name, fields, since, removed });

export const paramsRecord = ({ name, params, since, removed }: Method): WireRecord => ({ kind: 'params', name, fields: params, since, removed });

/** The one-column record in which a unary method answers; `undefined` for void methods and streams. */
export function resultRecord({ name, result, doc, since, removed, range }: Method): WireRecord | undefined {
  if (result === undefined) return undefined;
  const field: Field = { name: 'result', doc: result.doc ?? doc, since, removed, range, type: result.type, was: [], carriesNull: false, secret: false };
  return { kind: 'result', name: `${name}.result`, fields: [field], since, removed };
}

/** The declared columns of one direction of a stream; `undefined` if there is no such direction or the call decides. */
export function streamRecord(method: Method, direction: 'input' | 'output'): WireRecord | undefined {
  const schema = method[direction];
  if (schema === undefined || schema.dynamic) return undefined;
  return { kind: direction, name: `${method.name}.${direction}`, fields: schema.fields, since: method.since, removed: method.removed };
}

/** Every record of a model, types first, in declaration order. */
export function wireRecords(model: Model): WireRecord[] {
  const records = model.types.map(typeRecord);
  for (const method of model.methods) {
    const parts = [paramsRecord(method), resultRecord(method), streamRecord(method, 'input'), streamRecord(method, 'output')];
    records.push(...parts.filter((record) => record !== undefined));
  }
  return records;
}
