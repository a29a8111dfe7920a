import { newViewInfo, type ViewInfo } from '../../generated/vgi/ts/index.ts';
import type { View } from './catalog.ts';

/** A view as clients are told of it. */
export function viewInfo(schemaName: string, name: string, view: View): ViewInfo {
  return newViewInfo({
    name,
    schemaPath: [schemaName],
    comment: view.comment,
    definition: view.sql,
    columnComments: new Map(Object.entries(view.columnComments ?? {})),
    tags: new Map(Object.entries(view.tags ?? {})),
  });
}
