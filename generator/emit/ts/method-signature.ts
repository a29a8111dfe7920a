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

/** Type of the batches that a stream takes in: columns by name where they are declared. */
export const inputType = (module: TsModule, method: Method): string =>
  isDeclared(method.input) ? module.localType(module.names.method(method).input, './streams.ts') : module.runtimeType('RecordBatch');

/** Type of the batches that a stream sends: columns by name, also where the call decides which. */
export const outputType = (module: TsModule, method: Method): string =>
  isDeclared(method.output) ? module.localType(module.names.method(method).output, './streams.ts') : `Readonly<Record<string, ${module.runtimeType('ColumnValues')}>>`;

const isDeclared = (schema: StreamSchema | undefined): boolean => schema?.dynamic === false;
