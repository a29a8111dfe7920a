import { readUtf8 } from '../arrow/text.ts';
import { expectKind } from './layout-mismatch.ts';
import type { RecordReader } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';
import type { ValueCodec } from './value-codec.ts';
import { VariableValue } from './variable-value.ts';

/** Text of either offset width. */
export const textValue: ValueCodec<string> = {
  bind(place, cursor) {
    expectKind(place, ['utf8', 'large_utf8'], 'text');
    return new TextValue(place, cursor);
  },
};

class TextValue extends VariableValue<string> {
  protected put(w: RecordWriter, value: string): void {
    if (typeof value !== 'string') throw this.invalid(value);
    w.text(value);
  }

  protected take(r: RecordReader, start: number, end: number): string {
    return readUtf8(r.source.bytes, start, end);
  }

  protected override fromText(text: string): string {
    return text;
  }
}
