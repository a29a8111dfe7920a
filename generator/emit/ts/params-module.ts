import { docComment } from './doc-comment.ts';
import { interfaceView } from './interface-view.ts';
import { servedMethods } from '../served-records.ts';
import type { TsModule } from './ts-module.ts';

/** `params.ts`: the parameters of every method that does not take a request record. */
export function paramsView(module: TsModule): object {
  const interfaces = servedMethods(module.layouts)
    .filter(({ method }) => method.request === undefined)
    .map(({ method, newestParams }) => interfaceView(module, module.names.method(method).params, docComment(`Parameters of \`${method.name}\`.`), newestParams));
  return { interfaces };
}
