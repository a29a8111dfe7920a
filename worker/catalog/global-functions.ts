import type { FunctionInfo } from '../../generated/vgi/ts/index.ts';
import type { Catalog } from './catalog.ts';

/**
 * What the attach answer tells of functions to publish: name and schema are those by which they are called, without the prefix. Throws for
 * a prefix that is no identifier and for a function that is not in exactly one schema: mistakes of the author.
 */
export function globalFunctions({ name, globalFunctions: declared, schemas }: Catalog): FunctionInfo[] {
  if (!declared) return [];
  const { prefix = '', functions } = declared;
  if (!/^([a-z_][a-z0-9_]*)?$/.test(prefix)) throw new Error(`catalog ${name}: "${prefix}" is no prefix for functions; it takes small letters, digits and _`);
  return functions.map((each) => {
    const [path, another] = Object.entries(schemas).filter(([, schema]) => schema.functions?.includes(each));
    if (!path || another) throw new Error(`catalog ${name}: global function ${each.name} has to be in one schema, is in ${another ? 'several' : 'none'}`);
    return each.info([path[0]]);
  });
}
