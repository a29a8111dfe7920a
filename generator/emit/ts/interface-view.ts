import type { Layout } from '../../layout/layouts.ts';
import type { Field } from '../../model/model.ts';
import { declaredComment } from './doc-comment.ts';
import { isOptional, type TsModule } from './ts-module.ts';

/** An interface of plain properties; without properties a type that only `{}` has. */
export interface InterfaceView {
  readonly doc: readonly string[];
  readonly name: string;
  readonly properties: readonly PropertyView[];
}

export interface PropertyView {
  readonly doc: readonly string[];
  readonly name: string;
  /** `?` or nothing. */
  readonly mark: string;
  readonly type: string;
}

/** The interface of a record as the newest version has it. */
export function interfaceView(module: TsModule, name: string, doc: readonly string[], newest: Layout): InterfaceView {
  return { doc, name, properties: newest.columns.map(({ field }) => propertyView(module, field)) };
}

export function propertyView(module: TsModule, field: Field): PropertyView {
  const optional = isOptional(field);
  const type = module.type(field.type.type);
  return {
    doc: declaredComment(field, oldestVersion(module)),
    name: module.names.property(field),
    mark: optional ? '?' : '',
    type: optional ? `${type} | undefined` : type,
  };
}

export const oldestVersion = (module: TsModule): string => module.layouts.model.protocol.versions[0]?.version ?? '';
