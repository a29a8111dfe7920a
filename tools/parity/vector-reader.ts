import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compile } from '../../generator/compile.ts';
import { recordValues } from '../../generator/emit/vectors/record-values.ts';
import { layoutSchema } from '../../generator/layout/arrow-schema.ts';
import { type Layout, Layouts } from '../../generator/layout/layouts.ts';
import { wireRecords } from '../../generator/layout/wire-record.ts';
import { diskFileSystem } from '../../generator/load/file-system.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { schemaEquals } from '../../runtime/arrow/schema.ts';
import { typeName } from '../../runtime/arrow/type.ts';

/** One line of a vector file; docs/vectors.md says what it means. */
export interface Vector {
  readonly protocol: string;
  readonly record: string;
  readonly kind: string;
  readonly versions: readonly string[];
  readonly case: string;
  readonly values: unknown;
  readonly bytes: Uint8Array;
}

/** As reports name it. */
export const vectorName = ({ protocol, record, versions, case: name }: Vector): string => `${protocol} ${record} ${versions.at(-1)} ${name}`;

export const vectorProtocols = ['vgi', 'vgi-secret', 'conformance'];

/** Every vector below the project folder `root`. */
export function* readVectors(root: string): Generator<Vector> {
  for (const protocol of vectorProtocols) {
    const folder = join(root, 'generated', protocol, 'vectors');
    for (const file of readdirSync(folder).sort()) {
      for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
        if (line === '' || line.startsWith('{"$comment"')) continue;
        const { ipc, ...vector } = JSON.parse(line) as Omit<Vector, 'protocol' | 'bytes'> & { readonly ipc: string };
        yield { ...vector, protocol, bytes: Buffer.from(ipc, 'base64') };
      }
    }
  }
}

/** Compares what somebody wrote with vectors: schema and values, independent of how dictionaries and buffers are laid out. */
export class VectorReader {
  readonly #layouts = new Map<string, Layouts>();
  readonly #records = new Map<string, readonly Layout[]>();

  constructor(root: string) {
    for (const protocol of vectorProtocols) {
      const { model } = compile(diskFileSystem(root), `schema/${protocol}/protocol.yaml`);
      if (model === undefined) throw new Error(`schema/${protocol} has errors`);
      const layouts = new Layouts(model);
      this.#layouts.set(protocol, layouts);
      for (const record of wireRecords(model)) this.#records.set(`${protocol} ${record.name}`, layouts.of(record));
    }
  }

  layoutOf({ protocol, record, versions }: Vector): Layout {
    const layout = this.#records.get(`${protocol} ${record}`)?.find(({ last }) => last === versions.at(-1));
    if (layout === undefined) throw new Error(`protocol ${protocol} has no record ${record} in ${versions.at(-1)}`);
    return layout;
  }

  layoutsOf(protocol: string): Layouts {
    return this.#layouts.get(protocol) as Layouts;
  }

  /** What is wrong with the bytes of a vector that somebody wrote; `undefined` if nothing is. */
  problem(vector: Vector, bytes: Uint8Array): string | undefined {
    const layout = this.layoutOf(vector);
    const layouts = this.layoutsOf(vector.protocol);
    try {
      const batch = RecordBatch.fromIpc(bytes);
      const wanted = layoutSchema(layouts, layout);
      if (!schemaEquals(batch.schema, wanted)) return `the schema is ${schemaText(batch.schema)}, not ${schemaText(wanted)}`;
      const values = recordValues(layouts, layout, batch);
      return isDeepStrictEqual(values, vector.values) ? undefined : valueDifference(values, vector.values, '');
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

const schemaText = ({ fields }: RecordBatch['schema']): string => fields.map(({ name, type, nullable }) => `${name}: ${typeName(type)}${nullable ? '?' : ''}`).join(', ');

/** The first place in which values differ from what they should be. */
function valueDifference(found: unknown, wanted: unknown, place: string): string {
  if (typeof found === 'object' && found !== null && typeof wanted === 'object' && wanted !== null && Array.isArray(found) === Array.isArray(wanted)) {
    const sides = [found, wanted] as readonly [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];
    const key = Object.keys({ ...sides[0], ...sides[1] }).find((name) => !isDeepStrictEqual(sides[0][name], sides[1][name]));
    if (key !== undefined) return valueDifference(sides[0][key], sides[1][key], `${place}/${key}`);
  }
  return `the value at ${place} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`;
}
