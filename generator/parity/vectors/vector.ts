/** One line of a vector file; docs/vectors.md says what it means. */
export interface Vector {
  readonly record: string;
  readonly kind: string;
  readonly versions: readonly string[];
  readonly case: string;
  readonly values: unknown;
  readonly ipc: string;
}

/** What tells a vector from all others of its protocol. */
export const vectorKey = ({ record, versions, case: name }: Pick<Vector, 'record' | 'versions' | 'case'>): string => `${record} ${versions.at(-1)} ${name}`;

/** Whether a line says only where its file comes from. */
const isComment = (line: object): boolean => Object.keys(line).join() === '$comment';

/** Reads a line; gives nothing for one that is empty or a comment, and text with what is wrong if it is no vector. */
export function parseVector(line: string): Vector | string | undefined {
  if (line.trim() === '') return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (error) {
    return `it is no JSON (${(error as Error).message})`;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'it is no JSON object';
  if (isComment(parsed)) return undefined;
  const entries = parsed as Readonly<Record<string, unknown>>;
  for (const key of ['record', 'kind', 'case', 'ipc']) if (typeof entries[key] !== 'string') return `\`${key}\` is not text`;
  const { versions, values, ipc } = entries;
  if (!Array.isArray(versions) || versions.length === 0 || !versions.every((version) => typeof version === 'string')) return '`versions` is no list of versions';
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return '`values` is no object';
  if ((ipc as string).length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(ipc as string)) return '`ipc` is no Base64';
  return parsed as Vector;
}
