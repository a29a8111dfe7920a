import { DiagnosticCollector } from '../../diagnostics/diagnostic.ts';
import type { Layout } from '../../layout/layouts.ts';
import type { Declared, Field, Method, Model } from '../../model/model.ts';
import { NameScope } from '../../names/allocate.ts';
import { pascalCase, versionSuffix } from '../../names/case.ts';
import { cppKeywords, cppMacros } from '../../names/reserved/cpp.ts';
import { splitWords } from '../../names/words.ts';
import { EmitError } from '../emit-error.ts';
import type { CppOptions } from './cpp-options.ts';

export const isReserved = (name: string): boolean => cppKeywords.has(name) || cppMacros.has(name);

const unreserved = (name: string): string => (isReserved(name) ? `${name}_` : name);

/** Names that the support header declares beside the generated ones. */
const supportNames: ReadonlySet<string> = new Set(['Bytes', 'RecordLayout', 'RecordReader', 'RecordWriter', 'Interval', 'MonthDayNano', 'DayTime']);

/** The names in the namespace of a protocol; allocated at once, so that a collision is found before anything is compiled. */
export class CppNames {
  readonly #names = new Map<object, string>();
  readonly #diagnostics = new DiagnosticCollector();
  readonly #options: CppOptions;
  /** Stem of what belongs to the protocol as a whole: `Vgi` in `VgiRecordLayouts`. */
  readonly stem: string;

  /** Throws `EmitError` if two declarations would get one name. */
  constructor(model: Model, options: CppOptions) {
    this.#options = options;
    this.stem = pascalCase(model.protocol.name);
    const scope = new NameScope(`the namespace ${options.namespace}`, (name) => isReserved(name) || supportNames.has(name), this.#diagnostics);
    const claim = (declared: Declared, wanted: string): unknown => this.#names.set(declared, scope.claim(wanted, declared));
    for (const type of [...model.enums, ...model.types]) claim(type, type.names?.['cpp'] ?? pascalCase(type.name));
    for (const method of model.methods) {
      const stem = method.names?.['cpp'] ?? pascalCase(method.name);
      this.#names.set(method, stem);
      for (const suffix of ['Params', 'ResultEnvelope', 'Input', 'Output']) scope.claim(stem + suffix, method);
    }
    for (const constant of model.constants) claim(constant, constant.names?.['cpp'] ?? options.constantPrefix + constant.name);
    for (const group of model.metadata) for (const key of group.keys) claim(key, key.names?.['cpp'] ?? this.#keyName(group.name, key.name));
    if (this.#diagnostics.hasErrors) throw new EmitError(this.#diagnostics.sorted());
  }

  /** Name of a type, an enum, a constant or a metadata key; stem of the names of a method. */
  of(declared: object): string {
    const name = this.#names.get(declared);
    if (name === undefined) throw new Error('a declaration without a name');
    return name;
  }

  /** `CatalogTableGet` of a method: what the names of its parts start with. */
  method(method: Method): string {
    return this.of(method);
  }

  /** Member of a field, under its name of now or of an earlier version. */
  member(field: Field, wireName = field.name): string {
    return wireName === field.name && field.names?.['cpp'] !== undefined ? field.names['cpp'] : unreserved(wireName);
  }

  enumerator(member: Declared): string {
    return member.names?.['cpp'] ?? unreserved(member.name);
  }

  #keyName(group: string, key: string): string {
    return `${this.#options.constantPrefix}${[...splitWords(group), ...splitWords(key)].join('_').toUpperCase()}_KEY`;
  }
}

/** What names of a layout end with: nothing for the newest, `V1_3_0` for one whose last version is 1.3.0. */
export const layoutSuffix = ({ newest, last }: Pick<Layout, 'newest' | 'last'>): string => (newest ? '' : versionSuffix(last));
