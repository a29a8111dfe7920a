import { nestedLayout, type Layouts } from '../../layout/layouts.ts';
import type { Place, TypeRef, Version } from '../../model/model.ts';
import { type CppNames, layoutSuffix } from './cpp-names.ts';

/** What the views of all headers share. */
export interface CppContext {
  readonly layouts: Layouts;
  readonly names: CppNames;
}

/** The C++ type of the values of a type in a version, null left out. */
export function valueType(context: CppContext, type: TypeRef, version: Version): string {
  switch (type.kind) {
    case 'null':
      return 'std::monostate';
    case 'bool':
      return 'bool';
    case 'int':
      return `${type.signed ? '' : 'u'}int${type.bits}_t`;
    case 'float':
      // Half precision has no type in C++17: its bits.
      return { 16: 'uint16_t', 32: 'float', 64: 'double' }[type.bits];
    case 'utf8':
    case 'large_utf8':
    case 'dictionary':
      return 'std::string';
    case 'binary':
    case 'large_binary':
    case 'fixed_binary':
    case 'ipc':
    case 'schema':
    case 'batch':
      return 'std::vector<uint8_t>';
    case 'decimal':
      return `arrow::Decimal${type.bits}`;
    case 'date':
      return type.unit === 'day' ? 'int32_t' : 'int64_t';
    case 'time':
      return `int${type.bits}_t`;
    case 'timestamp':
    case 'duration':
      return 'int64_t';
    case 'interval':
      return { year_month: 'int32_t', day_time: 'arrow::DayTimeIntervalType::DayMilliseconds', month_day_nano: 'arrow::MonthDayNanoIntervalType::MonthDayNanos' }[type.unit];
    case 'list':
    case 'large_list':
    case 'fixed_list':
      return `std::vector<${placeType(context, type.item, version)}>`;
    case 'map':
      return `std::vector<std::pair<${placeType(context, type.key, version)}, ${placeType(context, type.value, version)}>>`;
    case 'enum':
      return context.names.of(context.layouts.enum(type.name));
    case 'record':
      return structName(context, type.name, version);
  }
}

/** The C++ type of a place: `std::optional` where null means something. */
export function placeType(context: CppContext, { type, nullable }: Place, version: Version): string {
  const value = valueType(context, type, version);
  return nullable ? `std::optional<${value}>` : value;
}

/** The struct of a declared type as a version has it. */
export const structName = ({ layouts, names }: CppContext, name: string, version: Version): string => names.of(layouts.type(name)) + layoutSuffix(nestedLayout(layouts, name, version));
