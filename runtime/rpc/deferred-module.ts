/** A module that is loaded when it is first needed, and used without waiting from then on. */
export interface DeferredModule<T> {
  /** Throws an Error before `load` has ended. */
  readonly module: T;
  /** Nothing to wait for: `undefined`. A load that failed is tried again. */
  load(): Promise<void> | undefined;
}

/** A module that `load` imports, e.g. `() => import('./layouts-1.0.0.ts')`. */
export function deferredModule<T>(load: () => Promise<T>): DeferredModule<T> {
  let loaded: T | undefined;
  return {
    get module() {
      if (loaded === undefined) throw new Error('the layouts of this version are not loaded yet: await loadLayouts(protocol, version) before its codecs are asked for');
      return loaded;
    },
    load() {
      if (loaded !== undefined) return undefined;
      return load().then((module) => {
        loaded = module;
      });
    },
  };
}
