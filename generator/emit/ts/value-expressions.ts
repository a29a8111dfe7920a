import { nestedLayout } from '../../layout/layouts.ts';
import type { Column } from '../../layout/columns.ts';
import type { Place, TypeRef, Version } from '../../model/model.ts';
import { enumLayout } from '../enum-layout.ts';
import { codecName, layoutSuffix, valueName } from './ts-names.ts';
import { layoutModule, notExpressible, type TsModule } from './ts-module.ts';

/** A call that bundlers may drop if its value is not used. */
export const pureCall = (name: string, ...args: readonly string[]): string => `/* @__PURE__ */ ${name}(${args.join(', ')})`;

/** The column codec of a column in a version: `required(utf8Value)`. */
export function columnExpression(module: TsModule, column: Column, version: Version): string {
  const wrapper = column.place.nullable ? 'optional' : column.carriesNull ? 'carriesNull' : 'required';
  return pureCall(module.runtimeValue(wrapper), valueExpression(module, column.place.type, version, column));
}

/** The value codec of a type in a version. `column` is what errors point to. */
function valueExpression(module: TsModule, type: TypeRef, version: Version, column: Column): string {
  const plain = (name: string): string => module.runtimeValue(`${name}Value`);
  const call = (name: string, ...args: readonly string[]): string => pureCall(plain(name), ...args);
  const item = (place: Place): string => {
    const value = valueExpression(module, place.type, version, column);
    return place.nullable ? pureCall(module.runtimeValue('nullable'), value) : value;
  };
  switch (type.kind) {
    case 'bool':
    case 'utf8':
    case 'binary':
    case 'timestamp':
    case 'duration':
    case 'schema':
    case 'dictionary':
      return plain(type.kind);
    case 'int':
      return plain(`${type.signed ? 'int' : 'uint'}${type.bits}`);
    case 'float':
      return plain(`float${type.bits}`);
    case 'large_utf8':
      return plain('largeUtf8');
    case 'large_binary':
      return plain('largeBinary');
    case 'fixed_binary':
      return call('fixedBinary', String(type.width));
    case 'decimal':
      return plain(`decimal${type.bits}`);
    case 'date':
      return plain(type.unit === 'day' ? 'date32' : 'date64');
    case 'time':
      return plain(`time${type.bits}`);
    case 'interval':
      return plain({ year_month: 'yearMonth', day_time: 'dayTime', month_day_nano: 'monthDayNano' }[type.unit]);
    case 'list':
      return call('list', item(type.item));
    case 'large_list':
      return call('largeList', item(type.item));
    case 'fixed_list':
      return call('fixedList', item(type.item), String(type.size));
    case 'map':
      return call('map', item(type.key), item(type.value));
    case 'enum': {
      const layout = enumLayout(module.layouts, type.name, version);
      return module.localValue(valueName(module.names.of(module.layouts.enum(type.name)), layoutSuffix(layout)), layoutModule(layout));
    }
    case 'record': {
      const layout = nestedLayout(module.layouts, type.name, version);
      return module.localValue(valueName(module.names.of(module.layouts.type(type.name)), layoutSuffix(layout)), layoutModule(layout));
    }
    case 'ipc': {
      const layout = nestedLayout(module.layouts, type.name, version);
      const codec = module.localValue(codecName(module.names.of(module.layouts.type(type.name)), layoutSuffix(layout)), layoutModule(layout));
      return call('ipc', `() => ${codec}`);
    }
    case 'batch':
      return plain(type.large ? 'largeBatch' : 'batch');
    case 'null':
      throw notExpressible(column.field.range, `\`${column.name}\``, type);
  }
}
