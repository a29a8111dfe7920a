/** Whether a stream shows colours and its reader wants them: a terminal without NO_COLOR (no-color.org), and not a dumb one. */
export const wantsColour = (stream: { readonly isTTY?: boolean }, environment: Readonly<Record<string, string | undefined>>): boolean =>
  stream.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
