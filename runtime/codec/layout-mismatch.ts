import type { DataType } from '../arrow/type.ts';
import { typeName } from '../arrow/type-name.ts';
import type { Place } from './value-codec.ts';

/** Generated code whose values do not fit its own prefix: the two were not generated together. */
export function layoutMismatch(place: Place, codec: string): Error {
  return new Error(`record ${place.record}: column "${place.path}" is ${typeName(place.type)} in the prefix, its codec is for ${codec}; generate the code again`);
}

/** Throws unless the prefix has one of these kinds of type in the place. */
export function expectKind(place: Place, kinds: readonly DataType['kind'][], codec: string): void {
  if (!kinds.includes(place.type.kind)) throw layoutMismatch(place, codec);
}
