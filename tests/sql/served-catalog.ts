import { DeclaredHandlers } from 'vgi-gen/worker';
import { example } from '../../fixtures/catalog.ts';
import type { FunctionInfo, MacroInfo, TableInfo, ViewInfo } from '../../generated/vgi/ts/index.ts';
import { newCatalogAttachRequest, SchemaObjectType } from '../../generated/vgi/ts/index.ts';

/** The objects of a schema as clients are told of them. */
export interface ServedSchema {
  readonly functions: readonly FunctionInfo[];
  readonly tables: readonly TableInfo[];
  readonly views: readonly ViewInfo[];
  readonly macros: readonly MacroInfo[];
}

/** What the fixture worker answers when a client asks for the contents of its catalog. */
export function servedCatalog(): { readonly settings: readonly string[]; readonly globalFunctions: readonly string[]; readonly schemas: Readonly<Record<'main' | 'data', ServedSchema>> } {
  const handlers = new DeclaredHandlers([example]);
  const attached = handlers.catalogAttach(newCatalogAttachRequest({ name: 'example' }));
  const { attachOpaqueData } = attached;
  const schema = (name: string): ServedSchema => {
    const place = { attachOpaqueData, path: [name] };
    const functionTypes = [SchemaObjectType.SCALAR_FUNCTION, SchemaObjectType.TABLE_FUNCTION, SchemaObjectType.AGGREGATE_FUNCTION];
    return {
      functions: functionTypes.flatMap((type) => handlers.catalogSchemaContentsFunctions({ ...place, type }).items),
      tables: handlers.catalogSchemaContentsTables(place).items,
      views: handlers.catalogSchemaContentsViews(place).items,
      macros: [SchemaObjectType.SCALAR_MACRO, SchemaObjectType.TABLE_MACRO].flatMap((type) => handlers.catalogSchemaContentsMacros({ ...place, type }).items),
    };
  };
  return {
    settings: attached.settings.map(({ name }) => name),
    globalFunctions: attached.globalFunctions.map(({ name }) => `${attached.globalFunctionPrefix}_${name}`),
    schemas: { main: schema('main'), data: schema('data') },
  };
}
