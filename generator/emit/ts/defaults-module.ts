import type { Layout } from '../../layout/layouts.ts';
import type { Field } from '../../model/model.ts';
import { fieldDefault } from './literal.ts';
import { servedMethods, servedTypes } from '../served-records.ts';
import { factoryName } from './ts-names.ts';
import { isOptional, quote, type TsModule } from './ts-module.ts';

interface FactoryView {
  readonly record: string;
  readonly name: string;
  /** Properties that the author must give, as a union of their names; null if nothing else may be left out than what is optional anyway. */
  readonly init: { readonly name: string; readonly required: string } | null;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
}

/** `defaults.ts`: a function for every record with defaults that fills them in. */
export function defaultsView(module: TsModule): object {
  const types = servedTypes(module.layouts).map(({ type, newest }) => ({ name: module.names.of(type), from: './types.ts', newest }));
  const params = servedMethods(module.layouts)
    .filter(({ method }) => method.request === undefined)
    .map(({ method, newestParams }) => ({ name: module.names.method(method).params, from: './params.ts', newest: newestParams }));
  const factories = [...types, ...params]
    .filter(({ newest }) => hasDefaults(newest))
    .map(({ name, from, newest }) => factoryView(module, module.localType(name, from), newest));
  return { factories };
}

function factoryView(module: TsModule, record: string, newest: Layout): FactoryView {
  const required = newest.columns.filter(({ field }) => mustBeGiven(field)).map(({ field }) => quote(module.names.property(field)));
  return {
    record,
    name: factoryName(record),
    init: needsInit(newest) ? { name: `${record}Init`, required: required.join(' | ') } : null,
    properties: newest.columns.map(({ field }) => {
      const name = module.names.property(field);
      const standIn = fieldDefault(module, field);
      return { name, value: standIn === 'undefined' ? `init.${name}` : `init.${name} ?? ${standIn}` };
    }),
  };
}

const mustBeGiven = (field: Field): boolean => !isOptional(field) && field.default === undefined;

export const hasDefaults = ({ columns }: Layout): boolean => columns.some(({ field }) => field.default !== undefined);

/** Whether authors may leave out more than the properties that are optional in the record itself. */
export const needsInit = ({ columns }: Layout): boolean => columns.some(({ field }) => field.default !== undefined && !isOptional(field));
