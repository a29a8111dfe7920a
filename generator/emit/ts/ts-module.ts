import type { Layout, Layouts } from '../../layout/layouts.ts';
import type { Field, Place, TypeRef } from '../../model/model.ts';
import { typeText } from '../../model/type-text.ts';
import { createDiagnostic } from '../../diagnostics/diagnostic.ts';
import { EmitError } from '../emit-error.ts';
import { ModuleImports } from './module-imports.ts';
import type { TsNames } from './ts-names.ts';

/** What the views of all modules of a protocol share. */
export interface TsContext {
  readonly layouts: Layouts;
  readonly names: TsNames;
  /** Module that the runtime is imported from. */
  readonly runtimeImport: string;
  /** Module with the hand-written adapters that types name with `adapt`. */
  readonly adaptersImport?: string;
}

/** One generated module while its view is built: its imports, and TypeScript for the types of the model. */
export class TsModule {
  readonly context: TsContext;
  /** As the modules beside it import it: `./codecs.ts`. */
  readonly path: string;
  readonly imports = new ModuleImports();

  constructor(context: TsContext, path: string) {
    this.context = context;
    this.path = path;
  }

  get layouts(): Layouts {
    return this.context.layouts;
  }

  get names(): TsNames {
    return this.context.names;
  }

  runtimeValue(name: string): string {
    return this.imports.value(name, this.context.runtimeImport);
  }

  runtimeType(name: string): string {
    return this.imports.type(name, this.context.runtimeImport);
  }

  /** A value that a module of this protocol exports, imported unless it is this one. */
  localValue(name: string, from: string): string {
    return from === this.path ? name : this.imports.value(name, from);
  }

  localType(name: string, from: string): string {
    return from === this.path ? name : this.imports.type(name, from);
  }

  recordType(name: string): string {
    return this.localType(this.names.of(this.layouts.type(name)), './types.ts');
  }

  /** A type of the model in TypeScript, null left out. */
  type(type: TypeRef): string {
    switch (type.kind) {
      case 'bool':
        return 'boolean';
      case 'int':
        return type.bits === 64 ? 'bigint' : 'number';
      case 'float':
        return 'number';
      case 'utf8':
      case 'large_utf8':
      case 'dictionary':
        return 'string';
      case 'binary':
      case 'large_binary':
      case 'fixed_binary':
        return 'Uint8Array';
      case 'date':
        return type.unit === 'day' ? 'number' : 'bigint';
      case 'time':
        return type.bits === 32 ? 'number' : 'bigint';
      case 'decimal':
      case 'timestamp':
      case 'duration':
        return 'bigint';
      case 'interval':
        return this.runtimeType('Interval');
      case 'list':
      case 'large_list':
      case 'fixed_list': {
        const item = this.itemType(type.item);
        return `readonly ${item.includes(' ') ? `(${item})` : item}[]`;
      }
      case 'map':
        return `ReadonlyMap<${this.type(type.key.type)}, ${this.itemType(type.value)}>`;
      case 'enum':
        return this.localType(this.names.of(this.layouts.enum(type.name)), './enums.ts');
      case 'record':
      case 'ipc':
        return this.recordType(type.name);
      case 'schema':
        return this.runtimeType('Schema');
      case 'batch':
        return this.runtimeType('RecordBatch');
      case 'null':
        return 'null';
    }
  }

  /** A place inside a container, where null is `null`. */
  itemType({ type, nullable }: Place): string {
    return nullable ? `${this.type(type)} | null` : this.type(type);
  }

  /** A place of its own, such as a result, where null is `undefined`. */
  placeType({ type, nullable }: Place): string {
    return nullable ? `${this.type(type)} | undefined` : this.type(type);
  }
}

/**
 * The module that holds what a layout needs: that of the current version has one of its own, the others go by the last version that has
 * them. What is nested in a layout lives at least as long, so these modules only import newer ones.
 */
export const layoutModule = ({ current, last }: Pick<Layout, 'current' | 'last'>, currentModule = './codecs.ts'): string =>
  current ? currentModule : `./layouts-${last}.ts`;

/** A TypeScript string literal. */
export const quote = (text: string): string => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** A text as the key of an object literal. */
export const propertyKey = (text: string): string => (/^[A-Za-z_$][\w$]*$/.test(text) ? text : quote(text));

/** Whether records of now have no value for the field: null is `undefined`, and the property may be left out. */
export const isOptional = (field: Field): boolean => field.type.nullable || field.carriesNull;

/** The error for a part of a definition that generated TypeScript has no form for. */
export const notExpressible = (range: Field['range'], owner: string, type: TypeRef | string, hint?: string): EmitError =>
  new EmitError([
    createDiagnostic('not-expressible', range, { owner, what: typeof type === 'string' ? type : `\`${typeText(type)}\``, target: 'ts' }, hint === undefined ? {} : { hint }),
  ]);
