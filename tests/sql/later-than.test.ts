import { expect, it } from 'vitest';
import { isLaterThan } from './later-than.ts';

const file = (mark: string): string => `# name: f.test\n${mark}\n\nstatement ok\nSELECT 1\n`;

it.each([
  ['', [false, false, false]],
  ['# later than protocol 1.0.0: global functions', [true, false, false]],
  ['# later than protocol 1.2.0: global functions', [true, true, false]],
] as const)('%j leaves out engines up to that version', (mark, expected) => {
  expect(['1.0.0', '1.2.0', '2.0.0'].map((version) => isLaterThan(file(mark), version))).toEqual(expected);
});

it.each(['# later than protocol 1.1.0: a version that no engine speaks', '# later than protocol 2.0.0: the newest', '# later than protocol 1.0.0:', '# later than 1.0.0: x', '# Later than protocol 1.0.0: x'])('refuses %j', (mark) => {
  expect(() => isLaterThan(file(mark), '1.0.0')).toThrow(mark);
});
