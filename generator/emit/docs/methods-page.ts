import { pascalCase } from '../../names/case.ts';
import type { Method, Model, Operation, StreamSchema } from '../../model/model.ts';
import { columnRows, defaultText, type ColumnRow, typeCell, typeLink } from './column-rows.ts';
import { code, deprecation, lifetime, link, paragraph } from './markdown.ts';

/** Methods about one kind of object; a protocol without operations has one such group. */
export interface MethodGroup {
  readonly title: string;
  readonly methods: readonly Method[];
}

export function methodGroups({ methods, protocol }: Model): MethodGroup[] {
  const groups = new Map<string, Method[]>();
  for (const method of methods) {
    const title = method.operation === undefined ? `Methods of ${protocol.name}` : titleOf(method.operation.object);
    groups.set(title, [...(groups.get(title) ?? []), method]);
  }
  return [...groups].map(([title, own]) => ({ title, methods: own }));
}

/** `table_buffering` as `Table buffering`. */
function titleOf(object: string): string {
  const words = object.replaceAll('_', ' ');
  return pascalCase(words.slice(0, 1)) + words.slice(1);
}

interface ColumnTable {
  readonly title: string;
  readonly rows: readonly ColumnRow[];
}

/** `methods.md`: every method by the object that it is about. */
export function methodsView(model: Model): object {
  const oldest = model.protocol.versions[0]?.version ?? '';
  const groups = methodGroups(model).map(({ title, methods }) => ({
    title,
    methods: methods.map((method) => ({
      name: method.name,
      doc: paragraph(method.doc),
      facts: facts(method, oldest),
      tables: tables(method, oldest),
    })),
  }));
  return { protocol: model.protocol.name, groups };
}

function facts(method: Method, oldest: string): string[] {
  const { kind, operation, result, header, request } = method;
  const versions = lifetime(method, oldest);
  return [
    `Kind: ${kind}`,
    ...(versions === '' ? [] : [`Versions: ${versions}`]),
    ...(operation === undefined ? [] : [`Worker: ${operation.required ? 'has to implement it' : defaultSentence(operation)}`]),
    ...(request === undefined ? [] : [`Request: one column ${code('request')} with a record ${typeLink(request)}`]),
    ...(kind !== 'unary' ? [] : [`Result: ${resultText(result)}`]),
    ...(header === undefined ? [] : [`Header: ${typeLink(header)}`]),
    ...dynamicFact('Input', method.input),
    ...dynamicFact('Output', method.output),
    ...(method.deprecated === undefined ? [] : [deprecation(method)]),
  ];
}

function resultText(result: Method['result']): string {
  if (result === undefined) return 'nothing';
  return result.doc === undefined ? typeCell(result.type) : `${typeCell(result.type)}. ${result.doc.trim().replace(/\s+/g, ' ')}`;
}

const dynamicFact = (title: string, schema: StreamSchema | undefined): string[] => (schema?.dynamic === true ? [`${title}: the columns are chosen per call`] : []);

/** What a worker answers that does not implement a method. */
export function defaultSentence({ default: fallback }: Operation): string {
  switch (fallback?.kind) {
    case 'no_op':
      return 'does nothing by default';
    case 'not_supported':
      return 'answers that it is not supported, by default';
    case 'read_only':
      return 'answers that the catalog is read-only, by default';
    case 'constant':
      return `answers ${code(defaultText(fallback.value))} by default`;
    default:
      return `answers ${code('method_not_implemented')} by default, by which clients find out what it can do`;
  }
}

function tables(method: Method, oldest: string): ColumnTable[] {
  const found: ColumnTable[] = [];
  const add = (title: string, rows: readonly ColumnRow[]): unknown => rows.length > 0 && found.push({ title, rows });
  if (method.request === undefined) add('Parameters', columnRows(method.params, oldest));
  if (method.input?.dynamic === false) add('Input columns', columnRows(method.input.fields, oldest));
  if (method.output?.dynamic === false) add('Output columns', columnRows(method.output.fields, oldest));
  return found;
}

export const methodLink = (name: string): string => link(name, 'methods', name);
