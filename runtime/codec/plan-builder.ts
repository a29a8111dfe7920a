import type { Field, Schema } from '../arrow/schema.ts';
import type { DataType } from '../arrow/type.ts';
import { typeEquals } from '../arrow/type-equals.ts';
import { typeName } from '../arrow/type-name.ts';
import { type WireShape, wireShape } from '../arrow/wire-shape.ts';
import { CodecError, type CodecErrorCode } from './codec-error.ts';
import { FORM_DICTIONARY, FORM_LARGE, FORM_PLAIN, type RecordPlan } from './record-plan.ts';

/** What a codec wants to read. */
export interface WantedRecord {
  readonly name: string;
  readonly contract: 'exact' | 'by_name';
  readonly schema: Schema;
  /** Whether the column of that position may be missing under `by_name`. */
  readonly mayBeMissing: readonly boolean[];
}

/** Where a type's nodes, buffers and dictionaries begin on a side. */
interface Start {
  readonly node: number;
  readonly buffer: number;
  readonly dictionary: number;
}

/**
 * Matches a peer's schema with that of a codec and says where its columns lie. `schemaLength` and `version` are those of the peer's schema
 * message. Throws `CodecError` if the contract is broken.
 */
export function buildPlan(wanted: WantedRecord, peer: Schema, schemaLength: number, version: number): RecordPlan {
  if (wanted.contract === 'exact') checkExact(wanted, peer);
  return new PlanBuilder(wanted, version).build(peer, schemaLength);
}

/** Same columns in the same order with the same types and nullability; the first difference is told. */
function checkExact(wanted: WantedRecord, peer: Schema): void {
  const { name, schema } = wanted;
  const missing = schema.fields.find((field) => peer.indexOf(field.name) < 0);
  if (missing !== undefined) throw missingColumn(name, missing.name, peer);
  const unexpected = peer.fields.find((field, i) => schema.indexOf(field.name) < 0 || peer.indexOf(field.name) !== i);
  if (unexpected !== undefined) throw failure('field-unexpected', name, `record has column "${unexpected.name}", which it must not have (expected: ${names(schema)})`);
  schema.fields.forEach((field, i) => {
    const sent = peer.fields[i] as Field;
    if (sent.name !== field.name) throw failure('order-mismatch', name, `column ${i} is "${sent.name}", expected "${field.name}" (expected order: ${names(schema)})`);
    if (!typeEquals(field.type, sent.type)) throw wrongType(name, field.name, field.type, sent.type);
    if (sent.nullable !== field.nullable) {
      throw failure('nullability-mismatch', name, `column "${field.name}" is declared ${sent.nullable ? 'nullable' : 'not null'}, expected ${field.nullable ? 'nullable' : 'not null'}`);
    }
  });
}

class PlanBuilder {
  private readonly wanted: WantedRecord;
  private readonly version: number;
  private readonly node: Int32Array;
  private readonly firstBuffer: Int32Array;
  private readonly bufferCount: Uint8Array;
  private readonly form: Uint8Array;
  private readonly indexBits: Int8Array;
  private readonly dictionary: Int32Array;

  constructor(wanted: WantedRecord, version: number) {
    const nodes = wanted.schema.fields.reduce((sum, field) => sum + wireShape(field.type, version).nodes, 0);
    this.wanted = wanted;
    this.version = version;
    this.node = new Int32Array(nodes).fill(-1);
    this.firstBuffer = new Int32Array(nodes);
    this.bufferCount = new Uint8Array(nodes);
    this.form = new Uint8Array(nodes);
    this.indexBits = new Int8Array(nodes);
    this.dictionary = new Int32Array(nodes).fill(-1);
  }

  build(peer: Schema, schemaLength: number): RecordPlan {
    const starts: Start[] = [];
    let end: Start = { node: 0, buffer: 0, dictionary: 0 };
    for (const field of peer.fields) {
      starts.push(end);
      end = after(end, wireShape(field.type, this.version));
    }
    let node = 0;
    this.wanted.schema.fields.forEach((field, i) => {
      const position = peer.indexOf(field.name);
      if (position >= 0) this.match(field.type, node, (peer.fields[position] as Field).type, starts[position] as Start, field.name);
      else if (!this.wanted.mayBeMissing[i]) throw missingColumn(this.wanted.name, field.name, peer);
      node += wireShape(field.type, this.version).nodes;
    });
    const { firstBuffer, bufferCount, form, indexBits, dictionary } = this;
    const hasDictionaries = dictionary.some((ordinal) => ordinal >= 0);
    return { peer, schemaLength, peerNodes: end.node, peerBuffers: end.buffer, node: this.node, firstBuffer, bufferCount, form, indexBits, dictionary, hasDictionaries, recentDictionaries: [] };
  }

  /** Maps the wanted type, whose nodes start at `node`, to a peer's type that starts at `start`. */
  private match(wanted: DataType, node: number, peer: DataType, start: Start, path: string): void {
    this.node[node] = start.node;
    this.firstBuffer[node] = start.buffer;
    const children = { node: start.node + 1, buffer: start.buffer + 2, dictionary: start.dictionary };
    if (isText(wanted) || isTextDictionary(wanted)) {
      if (isTextDictionary(peer) && peer.kind === 'dictionary') {
        this.set(node, FORM_DICTIONARY, 2);
        this.indexBits[node] = peer.index.signed ? -peer.index.bits : peer.index.bits;
        this.dictionary[node] = start.dictionary;
        return;
      }
      if (!isText(peer)) throw this.mismatch(path, wanted, peer);
      this.set(node, peer.kind === 'large_utf8' ? FORM_LARGE : FORM_PLAIN, 3);
    } else if (isBytes(wanted)) {
      if (!isBytes(peer)) throw this.mismatch(path, wanted, peer);
      this.set(node, peer.kind === 'large_binary' ? FORM_LARGE : FORM_PLAIN, 3);
    } else if (wanted.kind === 'list' || wanted.kind === 'large_list') {
      if (peer.kind !== 'list' && peer.kind !== 'large_list') throw this.mismatch(path, wanted, peer);
      this.set(node, peer.kind === 'large_list' ? FORM_LARGE : FORM_PLAIN, 2);
      this.match(wanted.item.type, node + 1, peer.item.type, children, `${path}.${wanted.item.name}`);
    } else if (wanted.kind === 'fixed_list') {
      if (peer.kind !== 'fixed_list' || peer.size !== wanted.size) throw this.mismatch(path, wanted, peer);
      this.set(node, FORM_PLAIN, 1);
      this.match(wanted.item.type, node + 1, peer.item.type, { ...children, buffer: start.buffer + 1 }, `${path}.${wanted.item.name}`);
    } else if (wanted.kind === 'map') {
      if (peer.kind !== 'map') throw this.mismatch(path, wanted, peer);
      this.set(node, FORM_PLAIN, 2);
      // The struct of entries lies between; its validity says nothing.
      this.node[node + 1] = start.node + 1;
      const key = { node: start.node + 2, buffer: start.buffer + 3, dictionary: start.dictionary };
      this.match(wanted.key.type, node + 2, peer.key.type, key, `${path}.${wanted.key.name}`);
      const value = after(key, wireShape(peer.key.type, this.version));
      this.match(wanted.value.type, node + 2 + wireShape(wanted.key.type, this.version).nodes, peer.value.type, value, `${path}.${wanted.value.name}`);
    } else if (wanted.kind === 'struct') {
      if (peer.kind !== 'struct') throw this.mismatch(path, wanted, peer);
      this.set(node, FORM_PLAIN, 1);
      this.matchMembers(wanted.fields, node + 1, peer.fields, { ...children, buffer: start.buffer + 1 }, path);
    } else {
      if (!typeEquals(wanted, peer)) throw this.mismatch(path, wanted, peer);
      this.set(node, FORM_PLAIN, 2);
    }
  }

  /** Members of a struct, by name; one that may be null may be missing. */
  private matchMembers(wanted: readonly Field[], node: number, peer: readonly Field[], start: Start, path: string): void {
    let at = node;
    for (const field of wanted) {
      let from = start;
      const sent = peer.find((candidate) => {
        if (candidate.name === field.name) return true;
        from = after(from, wireShape(candidate.type, this.version));
        return false;
      });
      if (sent !== undefined) this.match(field.type, at, sent.type, from, `${path}.${field.name}`);
      else if (!field.nullable) throw failure('field-missing', this.wanted.name, `struct "${path}" has no member "${field.name}" (got: ${peer.map(({ name }) => name).join(', ')})`);
      at += wireShape(field.type, this.version).nodes;
    }
  }

  private set(node: number, form: number, buffers: number): void {
    this.form[node] = form;
    this.bufferCount[node] = buffers;
  }

  private mismatch(path: string, wanted: DataType, peer: DataType): CodecError {
    return wrongType(this.wanted.name, path, wanted, peer);
  }
}

function after(start: Start, shape: WireShape): Start {
  return { node: start.node + shape.nodes, buffer: start.buffer + shape.buffers, dictionary: start.dictionary + shape.dictionaries };
}

function isText(type: DataType): boolean {
  return type.kind === 'utf8' || type.kind === 'large_utf8';
}

function isTextDictionary(type: DataType): boolean {
  return type.kind === 'dictionary' && isText(type.value);
}

function isBytes(type: DataType): boolean {
  return type.kind === 'binary' || type.kind === 'large_binary';
}

function missingColumn(record: string, column: string, peer: Schema): CodecError {
  return failure('field-missing', record, `record has no column "${column}" (got: ${names(peer)})`);
}

function wrongType(record: string, column: string, wanted: DataType, peer: DataType): CodecError {
  return failure('type-mismatch', record, `column "${column}" is ${typeName(peer)}, expected ${typeName(wanted)}`);
}

function failure(code: CodecErrorCode, record: string, detail: string): CodecError {
  return new CodecError(code, record, detail);
}

function names(schema: Schema): string {
  return schema.fields.map(({ name }) => name).join(', ') || 'no columns';
}
