import { rule } from '../change.ts';

/** A stricter match refuses requests that were accepted; a looser one accepts all that were, so it only adds. */
export const requestContractChanged = rule('request-contract-changed', function* ({ before, after }) {
  if (before.requestContract === after.requestContract) return;
  const stricter = after.requestContract === 'exact';
  yield {
    params: { before: before.requestContract, after: after.requestContract },
    before: before.range,
    after: after.range,
    breaks: stricter ? ['wire'] : [],
    bump: stricter ? 'major' : 'minor',
  };
});
