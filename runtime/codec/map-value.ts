import type { MapType } from '../arrow/type.ts';
import type { BoundValue } from './bound-value.ts';
import type { LayoutCursor } from './layout-cursor.ts';
import { layoutMismatch } from './layout-mismatch.ts';
import { childPlace, writeOffsets } from './list-value.ts';
import { OffsetValue } from './offset-value.ts';
import { type RecordReader, ROWS } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';
import type { Place, ValueCodec } from './value-codec.ts';

/** A map. Values may be null only under `nullable`, keys never. Of repeated keys the last one wins. */
export function mapValue<K, V>(key: ValueCodec<K>, value: ValueCodec<V>): ValueCodec<ReadonlyMap<K, V>> {
  return {
    bind(place, cursor) {
      if (place.type.kind !== 'map') throw layoutMismatch(place, 'a map');
      return new MapValue(place, cursor, place.type, key, value);
    },
  };
}

class MapValue<K, V> extends OffsetValue<ReadonlyMap<K, V>> {
  /** The struct of key and value between the map and its columns. */
  private readonly entriesNode: number;
  private readonly entriesBuffer: number;
  private readonly key: BoundValue<K>;
  private readonly value: BoundValue<V>;

  constructor(place: Place, cursor: LayoutCursor, type: MapType, key: ValueCodec<K>, value: ValueCodec<V>) {
    super(place, cursor, 2);
    this.entriesNode = cursor.takeNode();
    this.entriesBuffer = cursor.takeBuffers(1);
    this.key = key.bind(childPlace(place, type.key), cursor);
    this.value = value.bind(childPlace(place, type.value), cursor);
  }

  write(w: RecordWriter, map: ReadonlyMap<K, V>): void {
    if (map === null || map === undefined) {
      this.writeNullRow(w);
      this.writeEntries(w, [0], [], []);
      return;
    }
    if (!(map instanceof Map)) throw this.invalid(map);
    w.setBuffer(this.buffer, w.pos, 0);
    this.writeEntries(w, [map.size], [...map.keys()], [...map.values()]);
  }

  writeRows(w: RecordWriter, values: ArrayLike<ReadonlyMap<K, V> | null | undefined>, lenient: boolean): void {
    this.writeValidity(w, values, lenient);
    const lengths = new Array<number>(values.length);
    const keys: K[] = [];
    const items: V[] = [];
    for (let i = 0; i < values.length; i++) {
      const map = values[i];
      if (map !== null && map !== undefined && !(map instanceof Map)) throw this.invalid(map);
      lengths[i] = map?.size ?? 0;
      for (const [key, item] of map ?? []) {
        keys.push(key);
        items.push(item);
      }
    }
    this.writeEntries(w, lengths, keys, items);
  }

  readRow(r: RecordReader, row: number): ReadonlyMap<K, V> {
    if (this.isNull(r, row)) return this.nullValue();
    this.locate(r, row, Math.min(r.nodes[this.key.slot + ROWS] as number, r.nodes[this.value.slot + ROWS] as number));
    const { from, to } = r;
    const map = new Map<K, V>();
    for (let i = from; i < to; i++) map.set(this.key.readRow(r, i), this.value.readRow(r, i));
    return map;
  }

  private writeEntries(w: RecordWriter, lengths: readonly number[], keys: readonly K[], values: readonly V[]): void {
    writeOffsets(w, this.buffer + 1, lengths, false);
    w.setNode(this.entriesNode, keys.length, 0);
    w.setBuffer(this.entriesBuffer, w.pos, 0);
    this.key.writeRows(w, keys, false);
    this.value.writeRows(w, values, false);
  }
}
