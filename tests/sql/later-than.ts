import { engineProtocols } from '../engine/engine-protocols.ts';

const versions: readonly string[] = Object.values(engineProtocols);

/**
 * Whether an engine of a protocol version lacks something that a file needs. The file says so in a comment that names the last such version and what
 * came after it, `# later than protocol 1.0.0: global functions`. Throws for a comment that names no version of an engine, or no reason.
 */
export function isLaterThan(text: string, version: string): boolean {
  const [comment] = /^#\s*later than\b.*$/im.exec(text) ?? [];
  if (comment === undefined) return false;
  const [, last = ''] = /^# later than protocol (\S+): \S/.exec(comment) ?? [];
  if (!versions.slice(0, -1).includes(last)) throw new Error(`${comment}: it has to be "# later than protocol <version>: <what>", of a version before ${versions.at(-1)} that an engine speaks`);
  return versions.indexOf(version) <= versions.indexOf(last);
}
