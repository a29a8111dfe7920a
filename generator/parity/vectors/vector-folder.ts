import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ParityProtocol } from '../oracle.ts';
import { SourceLines, type Span } from '../source-lines.ts';
import { parseVector, type Vector } from './vector.ts';

/** A line of a vector file. */
export interface VectorLine extends Span {
  readonly lines: SourceLines;
  readonly vector: Vector;
}

export interface VectorFiles {
  readonly vectors: readonly VectorLine[];
  readonly problems: readonly (Span & { readonly lines: SourceLines; readonly problem: string })[];
  /** How ranges name the folder. */
  readonly folder: string;
}

/** Finds and reads the vectors of each protocol: in the folder itself, in `<protocol>/` or in `<protocol>/vectors/` of it. Throws what the file system says. */
export function readVectorFolder(path: string, protocols: readonly ParityProtocol[], shown: string): ReadonlyMap<ParityProtocol, VectorFiles> {
  const own = vectorFiles(path);
  if (own.length > 0) {
    const owner = ownerOf(own, protocols);
    return new Map(owner === undefined ? [] : [[owner, readFiles(path, own, shown)]]);
  }
  return new Map(
    protocols.flatMap((protocol): (readonly [ParityProtocol, VectorFiles])[] => {
      const { name } = protocol.build.model.protocol;
      const inside = [`${name}/vectors`, name].find((folder) => existsSync(join(path, folder)) && vectorFiles(join(path, folder)).length > 0);
      if (inside === undefined) return [];
      return [[protocol, readFiles(join(path, inside), vectorFiles(join(path, inside)), shown === '' ? inside : `${shown}/${inside}`)]];
    }),
  );
}

const vectorFiles = (path: string): readonly string[] => (statSync(path).isDirectory() ? readdirSync(path).filter((name) => name.endsWith('.jsonl')).sort() : readdirSync(path));

/** The protocol that most files are named after; `undefined` if that is none, or several are as likely. */
function ownerOf(files: readonly string[], protocols: readonly ParityProtocol[]): ParityProtocol | undefined {
  if (protocols.length === 1) return protocols[0];
  const shares = protocols.map((protocol) => {
    const { types, methods } = protocol.build.model;
    const names = new Set([...types, ...methods].map(({ name }) => `${name}.jsonl`));
    return { protocol, share: files.filter((name) => names.has(name)).length };
  });
  const [best, second] = shares.sort((a, b) => b.share - a.share);
  return best === undefined || best.share === 0 || best.share === second?.share ? undefined : best.protocol;
}

function readFiles(path: string, names: readonly string[], shown: string): VectorFiles {
  const vectors: VectorLine[] = [];
  const problems: VectorFiles['problems'][number][] = [];
  for (const name of names) {
    const lines = new SourceLines(shown === '' ? name : `${shown}/${name}`, readFileSync(join(path, name), 'utf8'));
    let start = 0;
    for (const line of lines.text.split('\n')) {
      const span = { start, end: start + line.length };
      const vector = parseVector(line);
      if (typeof vector === 'string') problems.push({ ...span, lines, problem: vector });
      else if (vector !== undefined) vectors.push({ ...span, lines, vector });
      start = span.end + 1;
    }
  }
  return { vectors, problems, folder: shown };
}
