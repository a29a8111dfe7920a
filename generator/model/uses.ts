import type { Model, Place, TypeRef } from './model.ts';
import { parseType } from './parse-type.ts';

/** One place that uses a declared name. */
export interface Use {
  /** The type, enum or batch shape that is used. */
  readonly name: string;
  readonly by: { readonly kind: 'type' | 'method' | 'batch'; readonly name: string };
  /** What of the user uses it: a field, parameter or column by name, `result`, `request`, `header`. */
  readonly part: string;
}

/** Every use of a type, an enum or a batch shape in a model, in the order of declaration; a part that names something twice is listed once. */
export function usesOf(model: Model): readonly Use[] {
  const uses: Use[] = [];
  const add = (by: Use['by'], part: string, names: Iterable<string>): void => {
    for (const name of new Set(names)) uses.push({ name, by, part });
  };
  for (const type of model.types) for (const field of type.fields) add({ kind: 'type', name: type.name }, field.name, namesInField(field));
  for (const method of model.methods) {
    const by = { kind: 'method', name: method.name } as const;
    for (const field of method.params) add(by, field.name, namesInField(field));
    if (method.result !== undefined) add(by, 'result', namesIn(method.result.type.type));
    if (method.header !== undefined) add(by, 'header', [method.header]);
    for (const stream of [method.input, method.output]) {
      if (stream?.dynamic === false) for (const field of stream.fields) add(by, field.name, namesInField(field));
    }
  }
  const enums = new Set(model.enums.map(({ name }) => name));
  for (const batch of model.batches) {
    for (const column of batch.columns) {
      const parsed = parseType(column.type, (name) => enums.has(name));
      if (parsed.ok && column.type !== 'any') add({ kind: 'batch', name: batch.name }, column.name, namesIn(parsed.place.type));
    }
  }
  return uses;
}

const namesInField = ({ type, was }: { readonly type: Place; readonly was: readonly { readonly type: Place }[] }): string[] => [type, ...was.map((form) => form.type)].flatMap((place) => [...namesIn(place.type)]);

/** The declared names in a type. */
export function* namesIn(type: TypeRef): Generator<string> {
  switch (type.kind) {
    case 'record':
    case 'ipc':
    case 'enum':
      yield type.name;
      break;
    case 'batch':
      if (type.shape !== undefined) yield type.shape;
      break;
    case 'list':
    case 'large_list':
    case 'fixed_list':
      yield* namesIn(type.item.type);
      break;
    case 'map':
      yield* namesIn(type.key.type);
      yield* namesIn(type.value.type);
  }
}
