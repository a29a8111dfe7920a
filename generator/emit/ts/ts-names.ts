import { DiagnosticCollector } from '../../diagnostics/diagnostic.ts';
import type { Layout } from '../../layout/layouts.ts';
import { NameScope } from '../../names/allocate.ts';
import { camelCase, pascalCase, versionSuffix } from '../../names/case.ts';
import { typescriptGlobals, typescriptKeywords } from '../../names/reserved/typescript.ts';
import type { Declared, Field, Method, Model } from '../../model/model.ts';
import { EmitError } from '../emit-error.ts';
import { reservedMethodNames, runtimeNames } from './runtime-names.ts';

/** Names of a method in generated code. */
export interface MethodNames {
  /** Of the handler and of the client's method. */
  readonly method: string;
  /** Interface of the parameters; for wrapped requests only the stem of their codec. */
  readonly params: string;
  /** Stem of the codec of the answer. Methods that answer the same record share it. */
  readonly result: string;
  /** Interfaces of the columns of a stream. */
  readonly input: string;
  readonly output: string;
}

/** The names of all that the modules of a protocol export; allocated at once, because one index exports it all again. */
export class TsNames {
  readonly #model: Model;
  readonly #diagnostics = new DiagnosticCollector();
  readonly #exports: NameScope;
  readonly #declared = new Map<object, string>();
  readonly #methods = new Map<Method, MethodNames>();
  readonly #properties = new Map<string, string>();
  /** Stems of result codecs by the type that is answered. */
  readonly #results = new Map<string, string>();
  /** Stem of the names that belong to the protocol as a whole: `Vgi` in `VgiHandlers`. */
  readonly stem: string;

  /** Throws `EmitError` if two declarations would get one name. */
  constructor(model: Model) {
    this.#model = model;
    this.stem = pascalCase(model.protocol.name);
    const reserved = (name: string): boolean => typescriptKeywords.has(name) || typescriptGlobals.has(name) || runtimeNames.has(name);
    this.#exports = new NameScope(`the modules of ${model.protocol.name}`, reserved, this.#diagnostics);
    this.#allocate();
    if (this.#diagnostics.hasErrors) throw new EmitError(this.#diagnostics.sorted());
  }

  /** Name of a type, an enum, a metadata group or a constant. */
  of(declared: object): string {
    const name = this.#declared.get(declared);
    if (name === undefined) throw new Error('a declaration without a name');
    return name;
  }

  method(method: Method): MethodNames {
    const names = this.#methods.get(method);
    if (names === undefined) throw new Error(`method ${method.name} has no names`);
    return names;
  }

  /** Property of a field, under its name of now or of an earlier version. */
  property(field: Field, wireName = field.name): string {
    return (wireName === field.name ? field.names?.['ts'] : undefined) ?? this.#camel(wireName);
  }

  /** Property of a metadata key in its group. */
  key(key: Declared): string {
    return tsName(key, camelCase);
  }

  /** Every property occurs in half a dozen modules. */
  #camel(wireName: string): string {
    let name = this.#properties.get(wireName);
    if (name === undefined) this.#properties.set(wireName, (name = camelCase(wireName)));
    return name;
  }

  #allocate(): void {
    const { protocol, enums, types, methods, metadata, constants } = this.#model;
    for (const suffix of ['Handlers', 'Client']) this.#exports.claim(`${this.stem}${suffix}`, protocol);
    this.#exports.claim(`${lowerFirst(this.stem)}Protocol`, protocol);
    for (const type of enums) this.#claim(type, tsName(type, pascalCase));
    for (const type of types) {
      const name = this.#claim(type, tsName(type, pascalCase));
      if (type.adapt !== undefined) this.#exports.claim(earlierName(name), type);
      this.#claimDefaults(name, type.fields, type);
    }
    const scope = new NameScope('the methods', (name) => reservedMethodNames.has(name), this.#diagnostics);
    for (const method of methods) this.#methods.set(method, this.#methodNames(method, scope));
    for (const group of metadata) this.#declared.set(group, this.#exports.claim(`${camelCase(group.name)}Keys`, group));
    for (const constant of constants) this.#claim(constant, constant.names?.['ts'] ?? constant.name);
  }

  #claim(declared: Declared, wanted: string): string {
    const name = this.#exports.claim(wanted, declared);
    this.#declared.set(declared, name);
    return name;
  }

  /** Names of what `defaults.ts` and `codecs.ts` make of a record. */
  #claimDefaults(name: string, fields: readonly Field[], owner: Declared): void {
    if (fields.some((field) => field.default !== undefined)) {
      this.#exports.claim(`${name}Init`, owner);
      this.#exports.claim(factoryName(name), owner);
    }
    this.#exports.claim(codecName(name), owner);
  }

  #methodNames(method: Method, scope: NameScope): MethodNames {
    const own = scope.claim(tsName(method, camelCase), method);
    const stem = upperFirst(own.replace(/_$/, ''));
    const claim = (suffix: string, used: boolean): string => (used ? this.#exports.claim(`${stem}${suffix}`, method) : `${stem}${suffix}`);
    const params = claim('Params', method.request === undefined);
    if (method.request === undefined) this.#claimDefaults(params, method.params, method);
    else this.#exports.claim(codecName(params), method);
    return {
      method: own,
      params,
      result: this.#resultName(method, stem),
      input: claim('Input', method.input?.dynamic === false),
      output: claim('Output', method.output?.dynamic === false),
    };
  }

  #resultName({ name, range, result, removed }: Method, stem: string): string {
    const answer = result?.type;
    // A method that is gone stays with the layout that it had last, which may not be the newest one of the type.
    const shared = answer?.type.kind === 'ipc' && !answer.nullable && removed === undefined ? answer.type.name : undefined;
    let own = shared === undefined ? undefined : this.#results.get(shared);
    if (own === undefined) {
      own = `${shared === undefined ? stem : pascalCase(shared)}Result`;
      if (result !== undefined) this.#exports.claim(codecName(own), { name, range });
      if (shared !== undefined) this.#results.set(shared, own);
    }
    return own;
  }
}

const tsName = ({ name, names }: Declared, derive: (name: string) => string): string => names?.['ts'] ?? derive(name);

export const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

export const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Function that fills in the defaults of a record: `newTableInfo`. */
export const factoryName = (record: string): string => `new${record}`;

/** Interface of the fields that only earlier versions of a record have. */
export const earlierName = (record: string): string => `Earlier${record}`;

/** What names of a layout end with: nothing for the newest, `V1_3_0` for one whose last version is 1.3.0. */
export const layoutSuffix = ({ newest, last }: Pick<Layout, 'newest' | 'last'>): string => (newest ? '' : versionSuffix(last));

/** Codec of a record: `tableInfoCodec`, `tableInfoV1_3_0Codec`. */
export const codecName = (record: string, suffix = ''): string => `${lowerFirst(record)}${suffix}Codec`;

/** Value codec of an enum or a struct: `functionTypeValue`. */
export const valueName = (name: string, suffix = ''): string => `${lowerFirst(name)}${suffix}Value`;
