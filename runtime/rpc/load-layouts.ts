import type { ProtocolDescriptor } from './descriptor.ts';

/**
 * Loads the layouts of one of the protocol's versions: to be awaited before its codecs are asked for. Those of the newest
 * version are always there. Nothing to wait for: `undefined`.
 */
export function loadLayouts({ layouts }: ProtocolDescriptor, version: string): Promise<void> | undefined {
  if (layouts === undefined || !Object.hasOwn(layouts, version)) return undefined;
  const loading = layouts[version]?.map((module) => module.load()).filter((each) => each !== undefined) ?? [];
  return loading.length === 0 ? undefined : Promise.all(loading).then(() => undefined);
}
