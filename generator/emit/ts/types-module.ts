import { declaredComment } from './doc-comment.ts';
import { interfaceView, oldestVersion, propertyView } from './interface-view.ts';
import { servedTypes } from '../served-records.ts';
import { earlierName } from './ts-names.ts';
import type { TsModule } from './ts-module.ts';

/** `types.ts`: the records of today as interfaces, and for adapted ones what only earlier versions have. */
export function typesView(module: TsModule): object {
  const oldest = oldestVersion(module);
  const interfaces = servedTypes(module.layouts).flatMap(({ type, layouts, newest }) => {
    const name = module.names.of(type);
    const own = interfaceView(module, name, declaredComment(type, oldest), newest);
    if (type.adapt === undefined) return [own];
    const current = new Set(newest.columns.map(({ field }) => field));
    const former = new Set(layouts.flatMap(({ columns }) => columns.map(({ field }) => field)).filter((field) => !current.has(field)));
    const doc = [`/** Fields of \`${name}\` that only earlier versions have; a version need not have all of them. */`];
    return [own, { doc, name: earlierName(name), properties: [...former].map((field) => propertyView(module, field)) }];
  });
  return { interfaces };
}
