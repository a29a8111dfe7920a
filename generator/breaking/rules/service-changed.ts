import { rule } from '../change.ts';

/** `__describe__` answers another name, by which clients tell what they talk to. */
export const serviceChanged = rule('service-changed', function* ({ before, after }) {
  if (before.service === after.service) return;
  yield { params: { before: before.service, after: after.service }, before: before.range, after: after.range, breaks: ['wire', 'client'], bump: 'major' };
});
