import { rule } from '../change.ts';

/** Peers of a version that was served are refused. */
export const versionDropped = rule('version-dropped', function* ({ before, after }) {
  if (before.declared === undefined || after.declared === undefined) return;
  const { served } = after.declared;
  for (const version of before.declared.served) {
    if (served.includes(version)) continue;
    const place = after.declared.protocol.versions.find((known) => known.version === version)?.range;
    yield { params: { version }, after: place ?? after.range, breaks: ['wire', 'client'], bump: 'major' };
  }
});
