import { RecordBatch, Schema, field, int64, utf8 } from 'vgi-gen/runtime/v1';
import type { Layouts } from '../../../generator/layout/layouts.ts';
import type { Field, Place, TypeRef, Version } from '../../../generator/model/model.ts';
import { livesIn } from '../../../generator/model/versions.ts';
import { camelCase } from '../../../generator/names/case.ts';

const schema = new Schema([field('id', int64), field('word', utf8, true)]);

/** Makes records with a different value in every place, so that columns that changed places would show. */
export class SampleRecords {
  readonly #layouts: Layouts;
  readonly #version: Version;
  #count = 0;

  constructor(layouts: Layouts, version: Version) {
    this.#layouts = layouts;
    this.#version = version;
  }

  record(fields: readonly Field[]): Record<string, unknown> {
    const own = fields.filter((candidate) => livesIn(candidate, this.#version));
    return Object.fromEntries(own.map((candidate) => [camelCase(candidate.name), this.#value(candidate.type.type)]));
  }

  #value(type: TypeRef): unknown {
    const count = ++this.#count;
    const item = ({ type: inner }: Place): unknown => this.#value(inner);
    switch (type.kind) {
      case 'bool':
        return count % 2 === 0;
      case 'int':
        return type.bits === 64 ? BigInt(count) : count % 100;
      case 'float':
        return count / 2;
      case 'utf8':
      case 'large_utf8':
      case 'dictionary':
        return `text ${count}`;
      case 'binary':
      case 'large_binary':
        return Buffer.from(`bytes ${count}`);
      case 'fixed_binary':
        return Buffer.alloc(type.width, count);
      case 'date':
        return type.unit === 'day' ? count : BigInt(count) * 86_400_000n;
      case 'time':
        return type.bits === 32 ? count : BigInt(count);
      case 'decimal':
      case 'timestamp':
      case 'duration':
        return BigInt(count);
      case 'interval':
        return { months: count, days: 0, nanoseconds: 0n };
      case 'list':
      case 'large_list':
        // Paths have one component, so that every version has room for them.
        return [item(type.item)];
      case 'fixed_list':
        return Array.from({ length: type.size }, () => item(type.item));
      case 'map':
        return new Map([[item(type.key), item(type.value)]]);
      case 'enum': {
        const { members } = this.#layouts.enum(type.name);
        return members[count % members.length]?.name;
      }
      case 'record':
      case 'ipc':
        return this.record(this.#layouts.type(type.name).fields);
      case 'schema':
        return schema;
      case 'batch':
        return RecordBatch.of(schema, [[BigInt(count)], [`row ${count}`]]);
      case 'null':
        return null;
    }
  }
}
