import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FunctionInfo } from '../../generated/vgi/ts/index.ts';
import type { Field } from '../../runtime/arrow/schema.ts';
import { pyarrowText } from './pyarrow-text.ts';
import { servedCatalog } from './served-catalog.ts';
import { sqlFiles } from './sql-files.ts';

interface ArgumentFact {
  readonly name: string;
  readonly type: string;
  readonly position?: number;
  readonly named?: true;
  readonly const?: true;
  readonly varargs?: true;
  readonly range?: string;
}

interface FunctionFact {
  readonly name: string;
  readonly kind: string;
  readonly arguments: readonly ArgumentFact[];
  readonly output: 'decided at bind' | readonly string[];
  readonly stability?: string;
  readonly null_handling?: string;
  readonly required_settings?: readonly string[];
  readonly projection_pushdown?: true;
  readonly filter_pushdown?: true;
  readonly has_finalize?: true;
  readonly order_preservation?: string;
  readonly sampling_pushdown?: true;
  readonly late_materialization?: true;
  readonly supports_batch_index?: true;
  readonly partition_kind?: string;
}

interface SchemaFacts {
  readonly functions_by_area: Readonly<Record<string, readonly FunctionFact[]>>;
  readonly tables?: Readonly<Record<string, { readonly columns: readonly string[] }>>;
  readonly views: Readonly<Record<string, { readonly definition: string }>>;
  readonly macros?: Readonly<Record<string, { readonly type: string; readonly parameters: readonly string[]; readonly definition: string }>>;
}

const reference = JSON.parse(readFileSync(new URL('../reference/fixture-worker.json', import.meta.url), 'utf8')) as {
  readonly example: { readonly schemas: Readonly<Record<'main' | 'data', SchemaFacts>>; readonly settings: readonly { readonly name: string }[]; readonly global_functions: readonly string[] };
};

/** COPY formats and aggregates are not among what is served. */
const notServed = (area: string, { kind }: FunctionFact): boolean => area.startsWith('copy_') || kind === 'AGGREGATE';

/** What of the served areas is still to be done. The lists only get shorter: what is on one and there all the same fails. */
const missing: Readonly<Record<'main' | 'data', { readonly functions: readonly string[]; readonly tables: readonly string[]; readonly sql: readonly string[] }>> = {
  main: {
    functions: [],
    tables: [],
    sql: ['hang_on_process', 'slow_cancellable_inout', 'slow_cancellable_buffering'],
  },
  data: {
    functions: [],
    tables: [],
    sql: ['multi_branch_iceberg'],
  },
};
/** An aggregate. */
const missingGlobal = 'vgi_example_global_agg';

const sqlText = sqlFiles.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n');
const served = servedCatalog();

const isNamed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(sqlText);

/** `name:type` and what else the reference says of an argument. */
function argumentText({ name, type, named, const: constant, varargs, range }: Omit<ArgumentFact, 'position'>): string {
  return [`${name}:${type === 'null' ? 'ANY' : type}`, named && 'named', constant && 'const', varargs && 'varargs', range?.replaceAll(' ', '')].filter(Boolean).join(' ');
}

function servedArgument({ name, type, metadata }: Field): ArgumentFact {
  const kind = metadata.get('vgi_type');
  return {
    name,
    type: kind ? kind.toUpperCase() : pyarrowText(type),
    ...(metadata.get('vgi_arg') === 'named' && { named: true }),
    ...(metadata.get('vgi_const') === 'true' && { const: true }),
    ...(metadata.get('vgi_varargs') === 'true' && { varargs: true }),
    ...(metadata.has('vgi_range') && { range: metadata.get('vgi_range') as string }),
  };
}

/** A function by name and arguments: positional ones in their order, named ones by name. */
function signature(name: string, all: readonly ArgumentFact[]): string {
  const positional = all.filter(({ named }) => !named).map(argumentText);
  return `${name}(${[...positional, ...all.filter(({ named }) => named).map(argumentText).sort()].join(', ')})`;
}

const servedSignature = ({ name, arguments: given }: FunctionInfo): string => signature(name, given.fields.map(servedArgument));

/** Columns without their metadata, which the reference puts behind the type. */
const plainColumns = (columns: readonly string[]): string[] => columns.map((column) => column.replace(/ [[{].*$/, ''));
const servedColumns = (fields: readonly Field[]): string[] => fields.map(({ name, type }) => `${name}:${pyarrowText(type)}`);

for (const schema of ['main', 'data'] as const) {
  const facts = reference.example.schemas[schema];
  const functionFacts = Object.entries(facts.functions_by_area).flatMap(([area, functions]) => functions.filter((each) => !notServed(area, each)));
  const { functions, tables, views, macros } = served.schemas[schema];
  const bySignature = new Map(functions.map((each) => [servedSignature(each), each]));

  describe(`schema ${schema} of the fixture worker`, () => {
    it('has the functions of the reference, with their arguments, and no others', () => {
      const wanted = functionFacts.map(({ name, arguments: given }) => signature(name, given));
      const absent = wanted.filter((each) => !bySignature.has(each)).map((each) => each.replace(/\(.*/, ''));
      expect({ absent, beyond: [...bySignature.keys()].filter((each) => !wanted.includes(each)) }).toEqual({ absent: missing[schema].functions, beyond: [] });
    });

    it.each(functionFacts.map((fact) => [signature(fact.name, fact.arguments), fact] as const).filter(([each]) => bySignature.has(each)))('%s is what the reference says', (each, fact) => {
      const info = bySignature.get(each) as FunctionInfo;
      expect({
        kind: info.functionType,
        stability: info.stability ?? 'CONSISTENT',
        nullHandling: info.nullHandling ?? 'DEFAULT',
        requiredSettings: [...info.requiredSettings].sort(),
        hasFinalize: info.functionType === 'SCALAR' ? false : (info.hasFinalize ?? false),
        filterPushdown: info.filterPushdown ?? false,
        samplingPushdown: info.samplingPushdown ?? false,
        lateMaterialization: info.lateMaterialization ?? false,
        batchIndex: info.supportsBatchIndex ?? false,
      }).toEqual({
        kind: fact.kind,
        stability: fact.stability ?? 'CONSISTENT',
        nullHandling: fact.null_handling ?? 'DEFAULT',
        requiredSettings: [...(fact.required_settings ?? [])].sort(),
        hasFinalize: fact.has_finalize ?? false,
        filterPushdown: fact.filter_pushdown ?? false,
        samplingPushdown: fact.sampling_pushdown ?? false,
        lateMaterialization: fact.late_materialization ?? false,
        batchIndex: fact.supports_batch_index ?? false,
      });
      if (fact.output !== 'decided at bind') expect(servedColumns(info.outputSchema.fields)).toEqual(plainColumns(fact.output));
    });

    it('has the tables of the reference, with their columns', () => {
      const wanted = Object.fromEntries(Object.entries(facts.tables ?? {}).map(([name, { columns }]) => [name, plainColumns(columns)]));
      const found = Object.fromEntries(tables.map(({ name, columns }) => [name, servedColumns(columns.fields)]));
      const absent = Object.keys(wanted).filter((name) => !(name in found));
      expect(absent).toEqual(missing[schema].tables);
      for (const name of absent) delete wanted[name];
      expect(found).toEqual(wanted);
    });

    it('has the views and macros of the reference', () => {
      expect(Object.fromEntries(views.map(({ name, definition }) => [name, definition]))).toEqual(Object.fromEntries(Object.entries(facts.views).map(([name, { definition }]) => [name, definition])));
      expect(Object.fromEntries(macros.map(({ name, macroType, parameters, definition }) => [name, [macroType, parameters, definition]]))).toEqual(
        Object.fromEntries(Object.entries(facts.macros ?? {}).map(([name, { type, parameters, definition }]) => [name, [type, parameters, definition]])),
      );
    });

    it('is named in SQL files, all of it', () => {
      const names = [functions, tables, views, macros].flatMap((kind) => kind.map(({ name }) => name));
      expect([...new Set(names)].filter((name) => !isNamed(name))).toEqual(missing[schema].sql);
    });
  });
}

it('registers the settings of the reference, and publishes its functions', () => {
  expect([...served.settings].sort()).toEqual(reference.example.settings.map(({ name }) => name).sort());
  const wanted = reference.example.global_functions.map((name) => `vgi_example_${name}`);
  expect([...served.globalFunctions].sort()).toEqual(wanted.filter((name) => name !== missingGlobal).sort());
});
