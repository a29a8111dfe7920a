import { CodecError } from './codec-error.ts';

/** Conversion `single_component_path`: the path of one component. */
export function pathFromComponent(component: string): readonly string[];
export function pathFromComponent(component: string | undefined): readonly string[] | undefined;
export function pathFromComponent(component: string | undefined): readonly string[] | undefined {
  return component === undefined ? undefined : [component];
}

/** Conversion `single_component_path`: the only component of a path. Throws `CodecError` `invalid-value` for any other path. */
export function componentFromPath(path: readonly string[]): string;
export function componentFromPath(path: readonly string[] | undefined): string | undefined;
export function componentFromPath(path: readonly string[] | undefined): string | undefined {
  if (path === undefined) return undefined;
  const [component] = path;
  if (component === undefined || path.length > 1) {
    throw new CodecError('invalid-value', `path ${JSON.stringify(path)}`, 'this version of the protocol has room for exactly one component');
  }
  return component;
}
