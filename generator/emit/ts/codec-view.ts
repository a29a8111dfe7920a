import { recordPrefix } from '../../../runtime/codec/record-prefix.ts';
import { knownDictionaries, layoutSchema } from '../../layout/arrow-schema.ts';
import type { Column } from '../../layout/columns.ts';
import type { Layout } from '../../layout/layouts.ts';
import type { Field, RecordType } from '../../model/model.ts';
import { readConverted, writeConverted } from './conversions.ts';
import { fieldDefault } from './literal.ts';
import { notExpressible, quote, type TsModule } from './ts-module.ts';
import { columnExpression } from './value-expressions.ts';

/** What all codecs show: the constant part of a `recordCodec` call. */
interface CodecHead {
  readonly doc: readonly string[];
  readonly name: string;
  readonly type: string;
  /** What errors call the record. */
  readonly record: string;
  readonly contract: string;
  /** Expression of the constant start of every record. */
  readonly prefix: string;
  readonly codecType: string;
  readonly make: string;
}

/** A codec of a record as an object. */
export interface RecordCodecView extends CodecHead {
  readonly single: false;
  /** Neither the layout nor the record has anything in it. */
  readonly empty: boolean;
  readonly columns: readonly { readonly property: string; readonly codec: string; readonly written: string }[];
  /** Properties of today's record and what they are read from. */
  readonly properties: readonly { readonly name: string; readonly read: string }[];
  /** Hand-written conversion between the fields of today and those that only earlier versions have. */
  readonly adapter: { readonly name: string; readonly earlier: readonly { readonly name: string; readonly read: string }[] } | null;
}

/** A codec of a record of one column as the bare value of that column. */
export interface SingleCodecView extends CodecHead {
  readonly single: true;
  readonly property: string;
  readonly codec: string;
}

interface CodecNaming {
  readonly name: string;
  readonly type: string;
  readonly record: string;
  readonly doc: readonly string[];
}

/** Base64 of what every record of the layout starts with. */
const layoutPrefix = (module: TsModule, layout: Layout): string =>
  Buffer.from(recordPrefix(layoutSchema(module.layouts, layout), knownDictionaries(module.layouts, layout))).toString('base64');

function codecHead(module: TsModule, layout: Layout, naming: CodecNaming): CodecHead {
  return {
    ...naming,
    record: quote(naming.record),
    contract: quote(module.layouts.model.protocol.requestContract),
    prefix: quote(layoutPrefix(module, layout)),
    codecType: module.runtimeType('RecordCodec'),
    make: module.runtimeValue('recordCodec'),
  };
}

/** The codec of a layout. Whatever the version, it takes and gives the record of today; `type` is given for declared types, which may have an adapter. */
export function recordCodecView(module: TsModule, layout: Layout, newest: Layout, naming: CodecNaming, type?: RecordType): RecordCodecView {
  const current = new Set(newest.columns.map(({ field }) => field));
  const adapterName = layout.newest || type?.adapt === undefined ? undefined : importAdapter(module, type, type.adapt);
  const written = (column: Column): string => {
    const { field } = column;
    if (current.has(field)) return writeConverted(module, column, `v.${module.names.property(field)}`);
    return adapterName === undefined ? fieldDefault(module, field) : `earlier.${module.names.property(field)}`;
  };
  const read = (field: Field): string => {
    const column = layout.columns.find((candidate) => candidate.field === field);
    return column === undefined ? fieldDefault(module, field) : readConverted(module, column, `c.${columnProperty(module, column)}.read(r)`);
  };
  return {
    ...codecHead(module, layout, naming),
    single: false,
    empty: layout.columns.length + newest.columns.length === 0,
    columns: layout.columns.map((column) => ({
      property: columnProperty(module, column),
      codec: columnExpression(module, column, layout.last),
      written: written(column),
    })),
    properties: newest.columns.map(({ field }) => ({ name: module.names.property(field), read: read(field) })),
    adapter:
      adapterName === undefined
        ? null
        : {
            name: adapterName,
            earlier: layout.columns
              .filter(({ field }) => !current.has(field))
              .map((column) => ({ name: module.names.property(column.field), read: `c.${columnProperty(module, column)}.read(r)` })),
          },
  };
}

/** The codec of a record of one column. */
export function singleCodecView(module: TsModule, layout: Layout, naming: CodecNaming): SingleCodecView {
  const [column] = layout.columns as [Column];
  return {
    ...codecHead(module, layout, naming),
    single: true,
    property: columnProperty(module, column),
    codec: columnExpression(module, column, layout.last),
  };
}

/** Property of a column inside the codec: an earlier form keeps the name it had. */
const columnProperty = (module: TsModule, { field, name }: Column): string => module.names.property(field, name);

function importAdapter(module: TsModule, { name, range }: RecordType, adapt: string): string {
  const { adaptersImport } = module.context;
  if (adaptersImport === undefined) {
    throw notExpressible(range, `\`${name}\``, `the adapter \`${adapt}\` without a module to import it from`, 'name the module with `adapters_import` in the configuration.');
  }
  return module.imports.value(adapt, adaptersImport);
}
