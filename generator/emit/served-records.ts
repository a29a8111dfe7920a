import type { Layout, Layouts } from '../layout/layouts.ts';
import { oncePer } from '../layout/once-per.ts';
import { paramsRecord, resultRecord, typeRecord } from '../layout/wire-record.ts';
import type { Method, Model, RecordType, TypeRef } from '../model/model.ts';
import { fieldGroups } from '../passes/field-groups.ts';

/** A type that some served version has. */
export interface ServedType {
  readonly type: RecordType;
  readonly layouts: readonly Layout[];
  readonly newest: Layout;
}

export const servedTypes = oncePer((layouts: Layouts): readonly ServedType[] =>
  layouts.model.types.flatMap((type) => {
    const own = layouts.of(typeRecord(type));
    const newest = own.at(-1);
    return newest === undefined ? [] : [{ type, layouts: own, newest }];
  }),
);

/** The layout of a type that is in use today. Throws if no served version has it. */
export function newestType(layouts: Layouts, name: string): Layout {
  const newest = layouts.newest(typeRecord(layouts.type(name)));
  if (newest === undefined) throw new Error(`no served version has ${name}`);
  return newest;
}

/** A method that some served version has, with the layouts of its parameters and its answer. */
export interface ServedMethod {
  readonly method: Method;
  readonly params: readonly Layout[];
  readonly newestParams: Layout;
  /** Absent for void methods and streams. */
  readonly result?: { readonly type: NonNullable<Method['result']>; readonly layouts: readonly Layout[] };
}

export const servedMethods = oncePer((layouts: Layouts): readonly ServedMethod[] =>
  layouts.model.methods.flatMap((method) => {
    const params = layouts.of(paramsRecord(method));
    const newestParams = params.at(-1);
    if (newestParams === undefined) return [];
    const result = resultRecord(method);
    return [
      {
        method,
        params,
        newestParams,
        ...(method.result !== undefined && result !== undefined && { result: { type: method.result, layouts: layouts.of(result) } }),
      },
    ];
  }),
);

/** How the types of a model are used: as struct columns, and as records of their own. */
export interface TypeUses {
  readonly structs: ReadonlySet<string>;
  readonly records: ReadonlySet<string>;
}

/** Types that nothing uses count as records of their own: something outside of the definition carries them. */
export const typeUses = oncePer((model: Model): TypeUses => {
  const structs = new Set<string>();
  const records = new Set<string>();
  const visit = (type: TypeRef): void => {
    switch (type.kind) {
      case 'list':
      case 'large_list':
      case 'fixed_list':
        return visit(type.item.type);
      case 'map':
        return visit(type.value.type);
      case 'record':
        structs.add(type.name);
        return;
      case 'ipc':
        records.add(type.name);
        return;
      default:
    }
  };
  for (const { fields } of fieldGroups(model)) {
    for (const field of fields) for (const form of [field, ...field.was]) visit(form.type.type);
  }
  for (const { result, header } of model.methods) {
    if (result !== undefined) visit(result.type.type);
    if (header !== undefined) records.add(header);
  }
  for (const { name } of model.types) if (!structs.has(name)) records.add(name);
  return { structs, records };
});

/** Types that are struct columns, each after those that its own columns hold. */
export function structsInOrder(types: readonly ServedType[], structs: ReadonlySet<string>): ServedType[] {
  const byName = new Map(types.map((served) => [served.type.name, served]));
  const ordered = new Set<ServedType>();
  const visit = (served: ServedType | undefined): void => {
    if (served === undefined || ordered.has(served)) return;
    for (const field of served.type.fields) for (const form of [field, ...field.was]) visit(structIn(form.type.type, byName));
    ordered.add(served);
  };
  for (const served of types) if (structs.has(served.type.name)) visit(served);
  return [...ordered];
}

function structIn(type: TypeRef, byName: ReadonlyMap<string, ServedType>): ServedType | undefined {
  switch (type.kind) {
    case 'list':
    case 'large_list':
    case 'fixed_list':
      return structIn(type.item.type, byName);
    case 'map':
      return structIn(type.value.type, byName);
    case 'record':
      return byName.get(type.name);
    default:
      return undefined;
  }
}
