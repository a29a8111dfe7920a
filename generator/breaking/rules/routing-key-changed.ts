import { rule } from '../change.ts';

const use = (routingKey: boolean): string => (routingKey ? 'sent' : 'left out');

/** The metadata of every request differs. */
export const routingKeyChanged = rule('routing-key-changed', function* ({ before, after }) {
  if (before.routingKey === after.routingKey) return;
  yield { params: { before: use(before.routingKey), after: use(after.routingKey) }, before: before.range, after: after.range, breaks: ['wire'], bump: 'major' };
});
