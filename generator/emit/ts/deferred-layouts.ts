import type { Layout } from '../../layout/layouts.ts';
import type { Version } from '../../model/model.ts';
import { layoutModule, quote, type TsModule } from './ts-module.ts';

interface DeferredModuleView {
  readonly name: string;
  readonly load: string;
  /** As a quoted text. */
  readonly path: string;
}

interface LayoutsView {
  readonly modules: readonly DeferredModuleView[];
  /** The modules that each version needs; versions that need none are left out. */
  readonly versions: readonly { readonly version: string; readonly modules: string }[];
}

interface Deferred extends DeferredModuleView {
  readonly versions: Set<Version>;
}

/**
 * The modules with layouts of earlier versions, as a generated module loads them: when a peer speaks such a version. For VGI they are a third of the
 * code, and compiling it is 6 of the 38 ms that a worker takes to start beyond those of Node itself.
 */
export class DeferredLayouts {
  readonly #module: TsModule;
  readonly #modules = new Map<Version, Deferred>();

  constructor(module: TsModule) {
    this.#module = module;
  }

  /** A value of a layout that is not current any more, as an expression that holds once the module is loaded. */
  value(name: string, layout: Layout): string {
    const { last, versions } = layout;
    const found = this.#modules.get(last) ?? {
      name: `layouts${last.replaceAll('.', '_')}`,
      load: this.#module.runtimeValue('deferredModule'),
      path: quote(layoutModule(layout)),
      versions: new Set(),
    };
    this.#modules.set(last, found);
    for (const version of versions) found.versions.add(version);
    return `${found.name}.module.${name}`;
  }

  /** `null` if all layouts are current. */
  view(served: readonly Version[]): LayoutsView | null {
    if (this.#modules.size === 0) return null;
    const modules = [...this.#modules].sort(([a], [b]) => served.indexOf(a) - served.indexOf(b)).map(([, module]) => module);
    const needed = (version: Version): Deferred[] => modules.filter(({ versions }) => versions.has(version));
    return {
      modules,
      versions: served.filter((version) => needed(version).length > 0).map((version) => ({ version: quote(version), modules: needed(version).map(({ name }) => name).join(', ') })),
    };
  }
}
