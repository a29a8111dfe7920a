/** Lines that go into files of the definition that are there already: behind the first line that begins as `after` says. */
export interface Insertion {
  readonly file: string;
  readonly after: string;
  readonly lines: readonly string[];
}

export const insertions: readonly Insertion[] = [
  { file: 'schema/vgi/protocol.yaml', after: '    2.0.0:', lines: ['    2.1.0: {doc: A client may ask for all that a catalog holds at once.}'] },
  { file: 'schema/vgi/protocol.yaml', after: '  - batches.yaml', lines: ['  - contents.yaml'] },
  {
    file: 'schema/vgi/types/attach.yaml',
    after: '        doc: The one worker version that was chosen.',
    lines: ['      supports_catalog_contents: {type: bool, since: 2.1.0, default: false, doc: True if catalog_contents answers for the catalog.}'],
  },
];

/** A text with the lines of one insertion in it. */
export function insert(text: string, { file, after, lines }: Insertion): string {
  const old = text.split('\n');
  const at = old.findIndex((line) => line.startsWith(after));
  if (at < 0) throw new Error(`${file} has no line that begins with "${after}"`);
  // The entry of a version goes on in the lines that are indented further.
  const indent = /^ */.exec(after)?.[0].length ?? 0;
  let end = at + 1;
  while (/^ *\S/.test(old[end] ?? '') && (/^ */.exec(old[end] ?? '')?.[0].length ?? 0) > indent) end++;
  return [...old.slice(0, end), ...lines, ...old.slice(end)].join('\n');
}
