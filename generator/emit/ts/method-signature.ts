import type { Method, StreamSchema } from '../../model/model.ts';
import { declaredComment } from './doc-comment.ts';
import { oldestVersion } from './interface-view.ts';
import type { TsModule } from './ts-module.ts';

/** What handlers and clients show of a method. */
export interface MethodSignature {
  readonly doc: readonly string[];
  readonly name: string;
  /** `params`, or `request` for a wrapped request. */
  readonly argument: string;
}

export function methodSignature(module: TsModule, method: Method): MethodSignature {
  return {
    doc: declaredComment(method, oldestVersion(module), resultNote(method)),
    name: module.names.method(method).method,
    argument: method.request === undefined ? 'params' : 'request',
  };
}

/** Type of the parameters of a method. */
export const paramsType = (module: TsModule, method: Method): string =>
  method.request === undefined ? module.localType(module.names.method(method).params, './params.ts') : module.recordType(method.request);

const resultNote = ({ result }: Method): string => (result?.doc === undefined ? '' : `\n\n@returns ${result.doc.trim()}`);

/** Type of the batches of one direction of a stream: columns by name, or whatever the call decides. */
export function batchType(module: TsModule, schema: StreamSchema | undefined, columns: string, dynamic: string): string {
  return schema === undefined || schema.dynamic ? dynamic : module.localType(columns, './streams.ts');
}
