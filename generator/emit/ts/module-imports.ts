const WIDTH = 140;

interface ImportedModule {
  readonly values: Set<string>;
  readonly types: Set<string>;
}

/** Collects what a generated module uses of others, so that it imports that and nothing else. */
export class ModuleImports {
  readonly #modules = new Map<string, ImportedModule>();

  /** Notes that the module uses a value of another and returns its name. */
  value(name: string, from: string): string {
    this.#module(from).values.add(name);
    return name;
  }

  /** Notes that the module uses a type of another and returns its name. */
  type(name: string, from: string): string {
    this.#module(from).types.add(name);
    return name;
  }

  /** Import statements: packages before files of the same folder, types before values. */
  lines(): string[] {
    const local = (from: string): number => (from.startsWith('.') ? 1 : 0);
    const modules = [...this.#modules].sort(([a], [b]) => local(a) - local(b) || (a < b ? -1 : 1));
    return modules.flatMap(([from, { values, types }]) => [
      // A class or an enum object that is used as a value is imported once, which brings its type along.
      ...statement('import type', [...types].filter((name) => !values.has(name)), from),
      ...statement('import', [...values], from),
    ]);
  }

  #module(from: string): ImportedModule {
    let module = this.#modules.get(from);
    if (module === undefined) {
      module = { values: new Set(), types: new Set() };
      this.#modules.set(from, module);
    }
    return module;
  }
}

function statement(keyword: string, names: readonly string[], from: string): string[] {
  if (names.length === 0) return [];
  const sorted = [...names].sort();
  const line = `${keyword} { ${sorted.join(', ')} } from '${from}';`;
  return line.length <= WIDTH ? [line] : [`${keyword} {`, ...sorted.map((name) => `  ${name},`), `} from '${from}';`];
}
