import type { Version } from '../model/model.ts';

/**
 * Steps of a version. Peers compare major and minor exactly, so either step keeps old and new apart; which one is a promise to people:
 * `major` = something that was there is gone or is another thing, `minor` = only additions, `patch` = the same on the wire and in code.
 */
export type Bump = 'none' | 'patch' | 'minor' | 'major';

const order: readonly Bump[] = ['none', 'patch', 'minor', 'major'];

export const largestBump = (bumps: Iterable<Bump>): Bump => order[Math.max(0, ...[...bumps].map((bump) => order.indexOf(bump)))] as Bump;

/** The smallest version that makes a step: `minor` of 2.0.3 is 2.1.0. */
export function bumped(version: Version, bump: Bump): Version {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (bump === 'major') return `${major + 1}.0.0`;
  if (bump === 'minor') return `${major}.${minor + 1}.0`;
  return bump === 'patch' ? `${major}.${minor}.${patch + 1}` : version;
}
