import type { Column, ColumnValues } from '../../runtime/arrow/column.ts';

/**
 * Values of a column for code that does not look at NULLs: the typed array as it lies there, with whatever stands in NULL
 * rows; for types without one an array with a neutral value in NULL rows, so that string and list methods do not fail on them.
 */
export function plainValues(column: Column): ColumnValues {
  if (column.nullCount === 0) return column.values();
  switch (column.type.kind) {
    case 'int':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'duration':
      return column.data as ColumnValues;
    case 'float':
      if (column.type.bits !== 16) return column.data as ColumnValues;
      return filled(column, 0);
    case 'bool':
      return filled(column, false);
    case 'utf8':
    case 'large_utf8':
      return filled(column, '');
    case 'decimal':
      return filled(column, 0n);
    case 'binary':
    case 'large_binary':
    case 'fixed_binary':
      return filled(column, new Uint8Array(0));
    case 'list':
    case 'large_list':
    case 'fixed_list':
      return filled(column, Object.freeze([]));
    case 'map':
      return filled(column, new Map());
    default:
      return column.values();
  }
}

function filled(column: Column, neutral: unknown): readonly unknown[] {
  return Array.from(column.values(), (value) => value ?? neutral);
}
