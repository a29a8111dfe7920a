import { BoundValue } from './bound-value.ts';
import { FORM_LARGE } from './record-plan.ts';
import { type RecordReader, VALUES } from './record-reader.ts';

/** Values that lie in a range of something else: offsets into data or items, or an index into a dictionary. */
export abstract class OffsetValue<T> extends BoundValue<T> {
  /** Finds the range of a row and leaves it in `r.from` and `r.to`; `limit` is the length of what it is a range of. */
  protected locate(r: RecordReader, row: number, limit: number): void {
    const { view } = r.source;
    const offsets = r.nodes[this.slot + VALUES] as number;
    const large = r.plan.form[this.node] === FORM_LARGE;
    if ((row + 2) * (large ? 8 : 4) > (r.nodes[this.slot + VALUES + 1] as number)) throw this.malformed('its buffer of offsets is too short');
    const from = large ? largeOffset(view, offsets + row * 8) : view.getInt32(offsets + row * 4, true);
    const to = large ? largeOffset(view, offsets + row * 8 + 8) : view.getInt32(offsets + row * 4 + 4, true);
    if (from < 0 || to < from || to > limit) throw this.malformed(`its offsets ${from} to ${to} lie outside the ${limit} there are`);
    r.from = from;
    r.to = to;
  }

  /** Text of a row that is an index into a dictionary. */
  protected dictionaryText(r: RecordReader, row: number): string {
    const index = this.dictionaryIndex(r, row);
    const text = r.dictionaries[this.node]?.[index];
    if (text === undefined) throw this.malformed(`index ${index} is outside its dictionary`);
    return text;
  }

  private dictionaryIndex(r: RecordReader, row: number): number {
    const bits = r.plan.indexBits[this.node] as number;
    const width = Math.abs(bits) >>> 3;
    if ((row + 1) * width > (r.nodes[this.slot + VALUES + 1] as number)) throw this.malformed('its buffer of indices is too short');
    const at = (r.nodes[this.slot + VALUES] as number) + row * width;
    const { view } = r.source;
    switch (bits) {
      case -8:
        return view.getInt8(at);
      case 8:
        return view.getUint8(at);
      case -16:
        return view.getInt16(at, true);
      case 16:
        return view.getUint16(at, true);
      case -32:
        return view.getInt32(at, true);
      case 32:
        return view.getUint32(at, true);
      default:
        return largeOffset(view, at);
    }
  }
}

/** A 64-bit offset or index; past 2^32 it is made too large for anything. */
function largeOffset(view: DataView, at: number): number {
  return view.getInt32(at + 4, true) === 0 ? view.getUint32(at, true) : Number.MAX_SAFE_INTEGER;
}
