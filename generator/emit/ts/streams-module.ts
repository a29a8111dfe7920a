import { columnsIn } from '../../layout/columns.ts';
import type { Layout } from '../../layout/layouts.ts';
import { streamRecord } from '../../layout/wire-record.ts';
import type { Field, Method, Place, Version } from '../../model/model.ts';
import { arrowExpression } from './arrow-expression.ts';
import { declaredComment, docComment } from './doc-comment.ts';
import { oldestVersion, type PropertyView } from './interface-view.ts';
import { servedMethods } from '../served-records.ts';
import { lowerFirst } from './ts-names.ts';
import { notExpressible, quote, type TsModule } from './ts-module.ts';

interface StreamSchemaView {
  readonly doc: readonly string[];
  readonly name: string;
  readonly properties: readonly PropertyView[];
  readonly schema: string;
  readonly schemaType: string;
  readonly fields: readonly string[];
}

/** Schema of the columns with this interface: `produceNOutputSchema`. */
export const streamSchemaName = (columns: string): string => `${lowerFirst(columns)}Schema`;

/** `streams.ts`: the columns of every stream that declares them, as interface and as Arrow schema. */
export function streamsView(module: TsModule): object {
  const streams = servedMethods(module.layouts).flatMap(({ method }) => [...streamSchema(module, method, 'input'), ...streamSchema(module, method, 'output')]);
  return { streams };
}

function streamSchema(module: TsModule, method: Method, direction: 'input' | 'output'): StreamSchemaView[] {
  const record = streamRecord(method, direction);
  if (record === undefined) return [];
  const layouts = module.layouts.of(record);
  const { last } = layouts.at(-1) as Layout;
  if (layouts.length > 1) throw notExpressible(method.range, `\`${method.name}\``, `an ${direction} whose columns change between versions`);
  const columns = columnsIn(record.fields, last);
  const name = module.names.method(method)[direction];
  return [
    {
      doc: docComment(direction === 'input' ? `Columns that \`${method.name}\` takes in.` : `Columns that \`${method.name}\` sends.`),
      name,
      properties: columns.map(({ field }) => streamColumn(module, field)),
      schema: streamSchemaName(name),
      schemaType: module.runtimeValue('Schema'),
      fields: columns.map(({ name: wireName, place }) => fieldExpression(module, wireName, place, last)),
    },
  ];
}

/** Columns of streams keep their wire names: they are data, and batches of a schema chosen per call have no others. */
function streamColumn(module: TsModule, field: Field): PropertyView {
  const type = `${module.runtimeType('ColumnValuesOf')}<${module.type(field.type.type)}>`;
  return { doc: declaredComment(field, oldestVersion(module)), name: field.name, mark: '', type };
}

function fieldExpression(module: TsModule, name: string, { type, wireNullable }: Place, version: Version): string {
  const args = [quote(name), arrowExpression(module, type, version), ...(wireNullable ? ['true'] : [])];
  return `/* @__PURE__ */ ${module.runtimeValue('field')}(${args.join(', ')})`;
}

/** Whether any stream of the protocol declares columns. */
export const hasStreamSchemas = (methods: readonly Method[]): boolean =>
  methods.some(({ input, output }) => [input, output].some((schema: { readonly dynamic: boolean } | undefined) => schema?.dynamic === false));

