import type { Schema } from '../../../runtime/arrow/schema.ts';
import type { DataType } from '../../../runtime/arrow/type.ts';
import { columnsIn } from '../../layout/columns.ts';
import type { Layouts } from '../../layout/layouts.ts';
import type { TypeRef, Version } from '../../model/model.ts';
import type { StreamMeaning } from './ipc-regions.ts';

/** What one buffer of a record batch holds. */
export interface BufferRole {
  readonly label: string;
  /** The values are IPC streams or messages: what the definition says of each. */
  readonly opens?: () => StreamMeaning | undefined;
  /** The offsets of the values are 64-bit. */
  readonly wide?: boolean;
}

/** The buffers of a batch in the order in which Arrow lays them out. */
export function bufferRoles(schema: Schema, meaning: StreamMeaning | undefined): readonly BufferRole[] {
  return schema.fields.flatMap(({ name, type }) => typeRoles(name, type, meaning?.columns.find((column) => column.name === name)?.place.type, meaning));
}

function typeRoles(path: string, type: DataType, ref: TypeRef | undefined, meaning: StreamMeaning | undefined): BufferRole[] {
  const validity: BufferRole = { label: `${path}: which values are not null` };
  const offsets: BufferRole = { label: `${path}: where each value ends` };
  const inner = (name: string, child: DataType, childRef: TypeRef | undefined): BufferRole[] => typeRoles(name, child, childRef, meaning);
  switch (type.kind) {
    case 'null':
      return [];
    case 'utf8':
    case 'large_utf8':
    case 'binary':
    case 'large_binary':
      return [validity, offsets, { label: `${path}: ${type.kind.endsWith('utf8') ? 'text' : 'bytes'}`, ...opening(ref, meaning), wide: type.kind.startsWith('large') }];
    case 'list':
    case 'large_list':
      return [validity, offsets, ...inner(`${path}[]`, type.item.type, itemRef(ref))];
    case 'fixed_list':
      return [validity, ...inner(`${path}[]`, type.item.type, itemRef(ref))];
    case 'map': {
      const [key, value] = ref?.kind === 'map' ? [ref.key.type, ref.value.type] : [];
      return [validity, offsets, { label: `${path}: which entries are not null` }, ...inner(`${path} keys`, type.key.type, key), ...inner(`${path} values`, type.value.type, value)];
    }
    case 'struct': {
      const columns = ref?.kind === 'record' && meaning !== undefined ? columnsIn(meaning.layouts.type(ref.name).fields, meaning.version) : [];
      return [validity, ...type.fields.flatMap((field) => inner(`${path}.${field.name}`, field.type, columns.find(({ name }) => name === field.name)?.place.type))];
    }
    case 'dictionary':
      return [validity, { label: `${path}: positions in the dictionary` }];
    case 'union':
      // The definition language has no unions, so that no record of a protocol holds one.
      throw new Error(`${path}: a union`);
    default:
      return [validity, { label: `${path}: values` }];
  }
}

const itemRef = (ref: TypeRef | undefined): TypeRef | undefined => (ref?.kind === 'list' || ref?.kind === 'large_list' || ref?.kind === 'fixed_list' ? ref.item.type : undefined);

function opening(ref: TypeRef | undefined, meaning: StreamMeaning | undefined): Pick<BufferRole, 'opens'> {
  switch (ref?.kind) {
    case 'ipc':
      return { opens: () => (meaning === undefined ? undefined : nested(meaning.layouts, ref.name, meaning.version)) };
    case 'schema':
    case 'batch':
      return { opens: () => undefined };
    default:
      return {};
  }
}

const nested = (layouts: Layouts, name: string, version: Version): StreamMeaning => ({ layouts, columns: columnsIn(layouts.type(name).fields, version), version });
