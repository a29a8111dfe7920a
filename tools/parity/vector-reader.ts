import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../../generator/compile.ts';
import { type Layout, Layouts } from '../../generator/layout/layouts.ts';
import { wireRecords } from '../../generator/layout/wire-record.ts';
import { diskFileSystem } from '../../generator/load/file-system.ts';
import { recordDifference } from '../../generator/parity/vectors/record-difference.ts';
import { parseVector, type Vector as VectorLine } from '../../generator/parity/vectors/vector.ts';

/** One line of a vector file of a protocol. */
export interface Vector extends Omit<VectorLine, 'ipc'> {
  readonly protocol: string;
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
        const vector = parseVector(line);
        if (vector === undefined) continue;
        if (typeof vector === 'string') throw new Error(`${protocol} ${file}: ${vector}`);
        const { ipc, ...rest } = vector;
        yield { ...rest, protocol, bytes: Buffer.from(ipc, 'base64') };
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
    const difference = recordDifference(this.layoutsOf(vector.protocol), this.layoutOf(vector), vector.values, bytes);
    return difference && `${difference.in === 'schema' ? 'the schema: ' : ''}${difference.problem}`;
  }
}
