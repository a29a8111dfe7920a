import { METADATA_V4 } from './message-format.ts';
import type { DataType } from './type.ts';

/** What a column of a type takes up in a record batch message. */
export interface WireShape {
  readonly nodes: number;
  readonly buffers: number;
  /** Dictionary-encoded fields, those under the value type of a dictionary included. */
  readonly dictionaries: number;
}

/** Counts nodes and buffers of a type; `version` is the metadata version of the message. */
export function wireShape(type: DataType, version: number): WireShape {
  switch (type.kind) {
    case 'null':
      return { nodes: 1, buffers: 0, dictionaries: 0 };
    case 'utf8':
    case 'large_utf8':
    case 'binary':
    case 'large_binary':
      return { nodes: 1, buffers: 3, dictionaries: 0 };
    case 'list':
    case 'large_list':
      return sum({ nodes: 1, buffers: 2, dictionaries: 0 }, [type.item.type], version);
    case 'fixed_list':
      return sum({ nodes: 1, buffers: 1, dictionaries: 0 }, [type.item.type], version);
    case 'map':
      // The list and its struct of entries.
      return sum({ nodes: 2, buffers: 3, dictionaries: 0 }, [type.key.type, type.value.type], version);
    case 'struct':
      return sum({ nodes: 1, buffers: 1, dictionaries: 0 }, type.fields.map((field) => field.type), version);
    case 'union': {
      const buffers = (type.mode === 'dense' ? 2 : 1) + (version === METADATA_V4 ? 1 : 0);
      return sum({ nodes: 1, buffers, dictionaries: 0 }, type.fields.map((field) => field.type), version);
    }
    case 'dictionary':
      return { nodes: 1, buffers: 2, dictionaries: 1 + wireShape(type.value, version).dictionaries };
    default:
      return { nodes: 1, buffers: 2, dictionaries: 0 };
  }
}

function sum(own: WireShape, children: readonly DataType[], version: number): WireShape {
  let { nodes, buffers, dictionaries } = own;
  for (const child of children) {
    const shape = wireShape(child, version);
    nodes += shape.nodes;
    buffers += shape.buffers;
    dictionaries += shape.dictionaries;
  }
  return { nodes, buffers, dictionaries };
}

/** Dictionary-encoded types under some types in the order of `Schema.dictionaryIds`. */
export function dictionaryTypes(types: readonly DataType[]): (DataType & { kind: 'dictionary' })[] {
  return types.flatMap((type) => {
    switch (type.kind) {
      case 'list':
      case 'large_list':
      case 'fixed_list':
        return dictionaryTypes([type.item.type]);
      case 'map':
        return dictionaryTypes([type.key.type, type.value.type]);
      case 'struct':
      case 'union':
        return dictionaryTypes(type.fields.map((field) => field.type));
      case 'dictionary':
        return [type, ...dictionaryTypes([type.value])];
      default:
        return [];
    }
  });
}
