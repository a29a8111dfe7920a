import { readMessages } from '../../../runtime/arrow/ipc-stream.ts';
import { BATCH, DICTIONARY, MESSAGE } from '../../../runtime/arrow/message-format.ts';
import { FlatTable, readSize } from '../../../runtime/arrow/flatbuffer-reader.ts';
import type { Message } from '../../../runtime/arrow/message.ts';
import { Schema } from '../../../runtime/arrow/schema.ts';
import { bufferRoles, type BufferRole } from './buffer-roles.ts';
import type { Column } from '../../layout/columns.ts';
import type { Layouts } from '../../layout/layouts.ts';
import type { Version } from '../../model/model.ts';

/** What a run of bytes is for. */
export const regionKinds = ['framing', 'schema', 'dictionary', 'batch', 'metadata', 'body', 'padding', 'end'] as const;

export type RegionKind = (typeof regionKinds)[number];

/** A run of bytes of an IPC stream. Regions follow each other without gaps. */
export interface Region {
  readonly start: number;
  readonly length: number;
  readonly kind: RegionKind;
  readonly label: string;
  /** 0 for the stream itself, 1 for a stream inside one of its columns, and so on. */
  readonly depth: number;
}

/** What the definition says of a stream: the columns of its record, in the version whose layout it has. */
export interface StreamMeaning {
  readonly layouts: Layouts;
  readonly columns: readonly Column[];
  readonly version: Version;
}

/** Explains every byte of an IPC stream of schema, dictionaries and one batch, and of the streams that its columns carry. */
export function ipcRegions(bytes: Uint8Array, meaning: StreamMeaning | undefined): Region[] {
  const reader = new RegionReader();
  reader.stream(bytes, 0, meaning, 0);
  return reader.regions;
}

class RegionReader {
  readonly regions: Region[] = [];

  #add(start: number, end: number, kind: RegionKind, label: string, depth: number): void {
    if (end > start) this.regions.push({ start, length: end - start, kind, label, depth });
  }

  /** `bytes` is the stream, which starts at `at` of the outermost one. */
  stream(bytes: Uint8Array, at: number, meaning: StreamMeaning | undefined, depth: number): void {
    let roles: readonly BufferRole[] = [];
    let position = at;
    for (const message of readMessages(bytes)) {
      this.#add(position, position + 4, 'framing', 'marks the start of a message', depth);
      this.#add(position + 4, position + 8, 'framing', `${message.metadataEnd - message.metadataStart} bytes of metadata follow`, depth);
      if (message.kind === 'schema') {
        const schema = Schema.fromIpc(message.bytes);
        roles = bufferRoles(schema, meaning);
        this.#add(position + 8, position + message.bytes.length, 'schema', `schema: ${count(schema.fields.length, 'column')}${schema.fields.length === 0 ? '' : ` (${schema.fields.map(({ name }) => name).join(', ')})`}`, depth);
      } else this.#batch(message, position, message.kind === 'dictionary' ? [] : roles, depth);
      position += message.bytes.length;
    }
    this.#add(position, at + bytes.length, 'end', 'end of the stream', depth);
  }

  #batch(message: Message, position: number, roles: readonly BufferRole[], depth: number): void {
    const { bytes, metadataStart, metadataEnd, bodyStart, kind } = message;
    const dictionary = kind === 'dictionary';
    const batch = dictionary ? message.header.table(DICTIONARY.data) : message.header;
    const label = dictionary ? `dictionary ${message.header.int64(DICTIONARY.id)}: header` : `record batch: header, ${count(batch?.size(BATCH.length) ?? 0, 'row')}`;
    this.#header(message, position + metadataStart, position + metadataEnd, dictionary ? 'dictionary' : 'batch', label, depth);
    const buffers = batch?.vector(BATCH.buffers, 16);
    let end = position + bodyStart;
    for (let index = 0; index < (buffers?.length ?? 0); index++) {
      const { view } = message.header;
      const entry = (buffers?.start ?? 0) + index * 16;
      const length = readSize(view, entry + 8);
      if (length === 0) continue;
      const start = position + bodyStart + readSize(view, entry);
      const role = roles[index] ?? { label: `values ${['validity', 'offsets', 'data'][index] ?? index}` };
      this.#add(end, start, 'padding', 'padding', depth);
      if (role.opens === undefined) this.#add(start, start + length, dictionary ? 'dictionary' : 'body', role.label, depth);
      else this.#carried(bytes.subarray(start - position, start - position + length), start, role, offsetsBefore(message, entry, role.wide === true), depth);
      end = start + length;
    }
    this.#add(end, position + bytes.length, 'padding', 'padding', depth);
  }

  /** The flatbuffer of a batch; keys and values of its custom metadata are regions of their own. */
  #header(message: Message, start: number, end: number, kind: RegionKind, label: string, depth: number): void {
    const { bytes, metadataStart, metadataEnd } = message;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const root = FlatTable.root(view, metadataStart, metadataEnd);
    const pairs = root.vector(MESSAGE.customMetadata, 4);
    const texts: { readonly from: number; readonly to: number; readonly label: string }[] = [];
    for (let index = 0; pairs !== undefined && index < pairs.length; index++) {
      const pair = root.element(pairs, index);
      for (const [slot, what] of [[0, 'key'], [1, 'value']] as const) {
        const chars = pair.vector(slot, 1);
        if (chars !== undefined) texts.push({ from: start + chars.start - metadataStart, to: start + chars.start - metadataStart + chars.length, label: slot === 0 ? `metadata ${what} ${pair.string(0)}` : `metadata ${what} of ${pair.string(0)}` });
      }
    }
    let from = start;
    for (const text of texts.sort((a, b) => a.from - b.from)) {
      this.#add(from, text.from, kind, from === start ? label : 'header, continued', depth);
      this.#add(text.from, text.to, 'metadata', text.label, depth);
      from = text.to;
    }
    this.#add(from, end, kind, from === start ? label : 'header, continued', depth);
  }

  /** A buffer of values that are streams themselves, one after the other. */
  #carried(data: Uint8Array, at: number, role: BufferRole, offsets: readonly number[], depth: number): void {
    for (let index = 0; index + 1 < offsets.length; index++) {
      const [from = 0, to = 0] = offsets.slice(index, index + 2);
      if (to > from) this.stream(data.subarray(from, to), at + from, role.opens?.(), depth + 1);
    }
  }
}

/** The offsets in the buffer before the one whose entry is given. */
function offsetsBefore({ bytes, bodyStart, header }: Message, entry: number, wide: boolean): number[] {
  const start = bodyStart + readSize(header.view, entry - 16);
  const length = readSize(header.view, entry - 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, length);
  return Array.from({ length: length / (wide ? 8 : 4) }, (_, index) => (wide ? readSize(view, index * 8) : view.getInt32(index * 4, true)));
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
