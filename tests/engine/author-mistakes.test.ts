import { constant, DeclaredHandlers, int64, scalarFunction, setting, utf8, varargs } from 'vgi-gen/worker';
import { describe, expect, it } from 'vitest';
import { newCatalogAttachRequest } from '../../generated/vgi/ts/index.ts';
import type { Catalog } from '../../worker/catalog/catalog.ts';

const first = scalarFunction({ name: 'first', arguments: { value: int64 }, returns: int64, evaluate: ({ value }) => value });

/** What a client that attaches the catalog is told, or the error. */
const attach = (catalog: Omit<Catalog, 'name'>) => new DeclaredHandlers([{ name: 'c', ...catalog }]).catalogAttach(newCatalogAttachRequest({ name: 'c' }));

describe('declarations that cannot be meant', () => {
  it('publishes only functions of one schema, under names that SQL can say', () => {
    const schemas = { main: { functions: [first] } };
    const { globalFunctions, globalFunctionPrefix } = attach({ schemas, globalFunctions: { prefix: 'mine', functions: [first] } });
    expect([globalFunctionPrefix, globalFunctions.map(({ name, schemaPath }) => [name, schemaPath])]).toEqual(['mine', [['first', ['main']]]]);
    expect(() => attach({ schemas, globalFunctions: { prefix: 'my-own', functions: [first] } })).toThrow('"my-own" is no prefix');
    expect(() => attach({ schemas: { main: {} }, globalFunctions: { functions: [first] } })).toThrow('global function first has to be in one schema, is in none');
    expect(() => attach({ schemas: { ...schemas, data: { functions: [first] } }, globalFunctions: { functions: [first] } })).toThrow('is in several');
  });

  it('lists a setting under the name that it was declared with', () => {
    const factor = setting('factor', { type: int64, description: 'Factor', default: 1n });
    expect(attach({ schemas: {}, settings: { factor } }).settings.map(({ name }) => name)).toEqual(['factor']);
    expect(() => attach({ schemas: {}, settings: { divisor: factor } })).toThrow('setting factor is listed as divisor');
  });

  it('takes varargs at the end only, and limits that are some', () => {
    const declare = (declared: Parameters<typeof scalarFunction>[0]['arguments']) => () => scalarFunction({ name: 'f', arguments: declared, returns: utf8, evaluate: () => [] });
    expect(declare({ all: varargs(int64), last: utf8 })).toThrow('varargs argument all has to be the last positional one');
    expect(declare({ part: constant(int64, { range: 'from 0 to 1' }) })).toThrow('"from 0 to 1" is no range');
  });
});
