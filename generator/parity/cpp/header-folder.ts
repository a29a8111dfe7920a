import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cppOptions } from '../../emit/cpp/cpp-options.ts';
import type { ParityProtocol, ParityQuestion } from '../oracle.ts';
import { type Header, readHeader } from './read-header.ts';
import { SourceLines } from '../source-lines.ts';

/** One header of a folder. */
export interface HeaderFile {
  /** As its file name goes on after the prefix of its protocol, without `.hpp`: `protocol_schemas`. */
  readonly part: string;
  readonly lines: SourceLines;
  /** What it declares; left out for the header that has no declarations of the protocol. */
  readonly header?: Header;
}

export interface HeaderFolder {
  /** The headers of each protocol that has some. */
  readonly byProtocol: ReadonlyMap<ParityProtocol, readonly HeaderFile[]>;
  /** Headers of no protocol. */
  readonly strays: readonly SourceLines[];
}

/** What all other headers of our own stand on. It declares nothing of the protocol. */
export const supportPart = 'arrow_support';

/** Reads the headers of a folder. The file name says which protocol one belongs to. Throws what the file system says. */
export function readHeaderFolder(path: string, { protocols, others }: Pick<ParityQuestion, 'protocols' | 'others'>, shown: string): HeaderFolder {
  const byProtocol = new Map<ParityProtocol, HeaderFile[]>();
  const strays: SourceLines[] = [];
  // The longest prefix wins: `vgi_secret_` is not `vgi_`.
  const prefixes = [...protocols.map((protocol) => ({ protocol, name: protocol.build.model.protocol.name, config: protocol.config })), ...others.map((other) => ({ ...other, protocol: undefined }))]
    .map(({ protocol, name, config }) => ({ protocol, prefix: cppOptions(name, config.cpp).filePrefix }))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  const files = readdirSync(path).filter((name) => /\.(hpp|hh|hxx|h)$/.test(name)).sort();
  for (const name of files) {
    const owner = prefixes.find(({ prefix }) => name.startsWith(prefix));
    const protocol = owner?.protocol;
    if (owner !== undefined && protocol === undefined) continue;
    const lines = new SourceLines(shown === '' ? name : `${shown}/${name}`, readFileSync(join(path, name), 'utf8'));
    if (owner === undefined || protocol === undefined) {
      strays.push(lines);
      continue;
    }
    const part = name.slice(owner.prefix.length).replace(/\.\w+$/, '');
    const own = byProtocol.get(protocol) ?? [];
    own.push({ part, lines, ...(part === supportPart ? {} : { header: readHeader(lines.text) }) });
    byProtocol.set(protocol, own);
  }
  return { byProtocol, strays };
}
