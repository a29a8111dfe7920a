import { createRequire } from 'node:module';

export type YamlPackage = typeof import('yaml');

let loaded: YamlPackage | undefined;

/** The `yaml` package, loaded when first needed: that takes 30 ms, and definitions as a rule are read without it. */
export const yamlPackage = (): YamlPackage => (loaded ??= createRequire(import.meta.url)('yaml') as YamlPackage);
