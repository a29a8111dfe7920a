import type { Field } from '../../../runtime/arrow/schema.ts';
import type { DataType, TimeUnit } from '../../../runtime/arrow/type.ts';
import { cppText } from './cpp-literal.ts';

const units: Readonly<Record<TimeUnit, string>> = { s: 'SECOND', ms: 'MILLI', us: 'MICRO', ns: 'NANO' };

const unit = (name: TimeUnit): string => `arrow::TimeUnit::${units[name]}`;

/** The field as an expression of Arrow C++. */
export const fieldFactory = ({ name, type, nullable }: Field): string => `arrow::field(${cppText(name)}, ${typeFactory(type)}, ${nullable})`;

/** The type as an expression of Arrow C++. */
export function typeFactory(type: DataType): string {
  switch (type.kind) {
    case 'null':
      return 'arrow::null()';
    case 'bool':
      return 'arrow::boolean()';
    case 'int':
      return `arrow::${type.signed ? '' : 'u'}int${type.bits}()`;
    case 'float':
      return `arrow::float${type.bits}()`;
    case 'utf8':
    case 'large_utf8':
    case 'binary':
    case 'large_binary':
      return `arrow::${type.kind}()`;
    case 'fixed_binary':
      return `arrow::fixed_size_binary(${type.width})`;
    case 'decimal':
      return `arrow::decimal${type.bits}(${type.precision}, ${type.scale})`;
    case 'date':
      return type.unit === 'day' ? 'arrow::date32()' : 'arrow::date64()';
    case 'time':
      return `arrow::time${type.bits}(${unit(type.unit)})`;
    case 'timestamp':
      return type.timezone === undefined ? `arrow::timestamp(${unit(type.unit)})` : `arrow::timestamp(${unit(type.unit)}, ${cppText(type.timezone)})`;
    case 'duration':
      return `arrow::duration(${unit(type.unit)})`;
    case 'interval':
      return { year_month: 'arrow::month_interval()', day_time: 'arrow::day_time_interval()', month_day_nano: 'arrow::month_day_nano_interval()' }[type.unit];
    case 'list':
    case 'large_list':
      return `arrow::${type.kind}(${fieldFactory(type.item)})`;
    case 'fixed_list':
      return `arrow::fixed_size_list(${fieldFactory(type.item)}, ${type.size})`;
    case 'map':
      return `arrow::map(${typeFactory(type.key.type)}, ${fieldFactory(type.value)})`;
    case 'struct':
      return `arrow::struct_({${type.fields.map(fieldFactory).join(', ')}})`;
    case 'dictionary':
      return `arrow::dictionary(${typeFactory(type.index)}, ${typeFactory(type.value)})`;
    case 'union':
      throw new Error('definitions have no unions');
  }
}
