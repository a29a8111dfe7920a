import type { Field } from '../../runtime/arrow/schema.ts';
import type { DataType } from '../../runtime/arrow/type.ts';

/** A type in pyarrow's notation, in which the reference has them. */
export function pyarrowText(type: DataType): string {
  switch (type.kind) {
    case 'int':
      return `${type.signed ? '' : 'u'}int${type.bits}`;
    case 'float':
      return { 16: 'halffloat', 32: 'float', 64: 'double' }[type.bits];
    case 'utf8':
      return 'string';
    case 'large_utf8':
      return 'large_string';
    case 'decimal':
      return `decimal${type.bits}(${type.precision}, ${type.scale})`;
    case 'date':
      return type.unit === 'day' ? 'date32[day]' : 'date64[ms]';
    case 'time':
      return `time${type.bits}[${type.unit}]`;
    case 'timestamp':
      return `timestamp[${type.unit}${type.timezone === undefined ? '' : `, tz=${type.timezone}`}]`;
    case 'duration':
      return `duration[${type.unit}]`;
    case 'interval':
      return `${type.unit}_interval`;
    case 'list':
      return `list<${member(type.item)}>`;
    case 'fixed_list':
      return `fixed_size_list<${member(type.item)}>[${type.size}]`;
    case 'map':
      return `map<${pyarrowText(type.key.type)}, ${pyarrowText(type.value.type)}>`;
    case 'struct':
      return `struct<${type.fields.map(member).join(', ')}>`;
    case 'union':
      return `${type.mode}_union<${type.fields.map((each, index) => `${member(each)}=${type.typeIds[index]}`).join(', ')}>`;
    case 'dictionary':
      return `dictionary<values=${pyarrowText(type.value)}, indices=${pyarrowText(type.index)}, ordered=${type.ordered ? 1 : 0}>`;
    default:
      return type.kind;
  }
}

const member = ({ name, type }: Field): string => `${name}: ${pyarrowText(type)}`;
