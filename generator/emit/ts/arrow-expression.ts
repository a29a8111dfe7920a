import { columnsIn } from '../../layout/columns.ts';
import type { Place, TypeRef, Version } from '../../model/model.ts';
import { quote, type TsModule } from './ts-module.ts';
import { pureCall } from './value-expressions.ts';

/** The Arrow type of a type expression as an expression of the runtime's constructors. */
export function arrowExpression(module: TsModule, type: TypeRef, version: Version): string {
  const name = (constructor: string): string => module.runtimeValue(constructor);
  const call = (constructor: string, ...args: readonly string[]): string => pureCall(name(constructor), ...args);
  const child = (childName: string, { type: childType, wireNullable }: Place): string =>
    call('field', quote(childName), arrowExpression(module, childType, version), ...(wireNullable ? ['true'] : []));
  switch (type.kind) {
    case 'null':
      return name('nullType');
    case 'bool':
    case 'utf8':
    case 'binary':
      return name(type.kind);
    case 'int':
      return name(`${type.signed ? 'int' : 'uint'}${type.bits}`);
    case 'float':
      return name(`float${type.bits}`);
    case 'large_utf8':
      return name('largeUtf8');
    case 'large_binary':
      return name('largeBinary');
    case 'fixed_binary':
      return call('fixedBinary', String(type.width));
    case 'decimal':
      return call(`decimal${type.bits}`, String(type.precision), String(type.scale));
    case 'date':
      return name(type.unit === 'day' ? 'date32' : 'date64');
    case 'time':
      return call(`time${type.bits}`, quote(type.unit));
    case 'timestamp':
      return call('timestamp', quote(type.unit), ...(type.timezone === undefined ? [] : [quote(type.timezone)]));
    case 'duration':
    case 'interval':
      return call(type.kind, quote(type.unit));
    case 'list':
      return call('listOf', child('item', type.item));
    case 'large_list':
      return call('largeListOf', child('item', type.item));
    case 'fixed_list':
      return call('fixedListOf', child('item', type.item), String(type.size));
    case 'map':
      return call('mapOf', child('key', type.key), child('value', type.value));
    case 'dictionary':
      return call('dictionaryOf', arrowExpression(module, type.index, version), arrowExpression(module, type.value, version));
    case 'enum':
      return module.layouts.enum(type.name).encoding === 'utf8' ? name('utf8') : call('dictionaryOf', name('int16'), name('utf8'));
    case 'record': {
      const fields = columnsIn(module.layouts.type(type.name).fields, version).map((column) => child(column.name, column.place));
      return call('structOf', `[${fields.join(', ')}]`);
    }
    case 'ipc':
    case 'schema':
      return name('binary');
    case 'batch':
      return name(type.large ? 'largeBinary' : 'binary');
  }
}
