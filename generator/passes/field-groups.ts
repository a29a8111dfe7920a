import type { Lifetime } from '../model/build-context.ts';
import type { Field, Model } from '../model/model.ts';

/** Fields that stand side by side in one schema. */
export interface FieldGroup {
  /** What messages call their owner: `SchemaInfo`, `catalog_tables`. */
  readonly name: string;
  readonly lifetime: Lifetime;
  readonly kind: 'record' | 'params' | 'input' | 'output';
  readonly fields: readonly Field[];
  /** Something hand-written supplies the fields that only earlier versions have. */
  readonly adapted: boolean;
}

/** Every group of fields in a model: records, parameters, columns of streams. */
export function* fieldGroups(model: Model): Generator<FieldGroup> {
  for (const type of model.types) yield { name: type.name, lifetime: type, kind: 'record', fields: type.fields, adapted: type.adapt !== undefined };
  for (const method of model.methods) {
    yield { name: method.name, lifetime: method, kind: 'params', fields: method.params, adapted: false };
    if (method.input?.dynamic === false) yield { name: method.name, lifetime: method, kind: 'input', fields: method.input.fields, adapted: false };
    if (method.output?.dynamic === false) yield { name: method.name, lifetime: method, kind: 'output', fields: method.output.fields, adapted: false };
  }
}
