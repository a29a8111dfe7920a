import type { RecordAdapter } from 'vgi-gen/runtime/v1';
import type { WriteResultMode } from '../../generated/vgi/ts/enums.ts';
import type { EarlierTableInfo, TableInfo } from '../../generated/vgi/ts/types.ts';

const returnsRows = (mode: WriteResultMode): boolean => mode !== 'count';

/**
 * Before 2.0.0 a table says with one flag for each kind of write whether it works, and with one for all of them whether RETURNING
 * does. Before 1.1.0 it cannot offer a choice of columns to filter: groups with more than one path ask for nothing there.
 */
export const tableInfoAdapter: RecordAdapter<TableInfo, EarlierTableInfo> = {
  toEarlier({ writeResultModes, requiredFilters }) {
    const modes = [...writeResultModes.values()];
    return {
      supportsInsert: writeResultModes.has('insert'),
      supportsUpdate: writeResultModes.has('update'),
      supportsDelete: writeResultModes.has('delete'),
      // One write without rows would fail under RETURNING, so all of them have to give rows.
      supportsReturning: modes.length > 0 && modes.every(returnsRows),
      requiredFieldFilterPaths: requiredFilters.flatMap((group) => (group.length === 1 ? group : [])),
    };
  },

  fromEarlier(value, { supportsInsert, supportsUpdate, supportsDelete, supportsReturning, requiredFieldFilterPaths }) {
    const mode: WriteResultMode = supportsReturning ? 'rows' : 'count';
    const writeResultModes = new Map<string, WriteResultMode>();
    if (supportsInsert) writeResultModes.set('insert', mode);
    if (supportsUpdate) writeResultModes.set('update', mode);
    if (supportsDelete) writeResultModes.set('delete', mode);
    const requiredFilters = requiredFieldFilterPaths === undefined ? value.requiredFilters : requiredFieldFilterPaths.map((path) => [path]);
    return { ...value, writeResultModes, requiredFilters };
  },
};
