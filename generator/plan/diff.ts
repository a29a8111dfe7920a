import type { Plan } from './plan.ts';

/** Edits beyond which the two texts are shown as replaced as a whole; bounds the work on texts that have nothing in common. */
const mostEdits = 500;
const contextLines = 3;

interface Line {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** Number of the first line (from 1) in which two texts differ. */
export function firstDifference(before: string, after: string): number {
  const old = before.split('\n');
  const fresh = after.split('\n');
  const at = old.findIndex((line, index) => line !== fresh[index]);
  return (at < 0 ? old.length : at) + 1;
}

/** All changes of a plan as one unified diff. */
export const planDiff = ({ write, delete: deletions }: Plan): string =>
  [...write.map(({ path, text, previous }) => unifiedDiff(path, previous, text)), ...deletions.map(({ path, previous }) => unifiedDiff(path, previous, undefined))].join('');

/** The change from one text to another in unified diff form; `undefined` stands for a file that is not there. */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  const lines = compareLines(toLines(before), toLines(after));
  const header = `--- ${before === undefined ? '/dev/null' : `a/${path}`}\n+++ ${after === undefined ? '/dev/null' : `b/${path}`}\n`;
  return header + hunks(lines).join('');
}

const toLines = (text: string | undefined): readonly string[] => (text === undefined || text === '' ? [] : text.replace(/\n$/, '').split('\n'));

function compareLines(old: readonly string[], fresh: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end++;
  const same = (text: string): Line => ({ mark: ' ', text });
  return [
    ...old.slice(0, start).map(same),
    ...shortestEdit(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...old.slice(old.length - end).map(same),
  ];
}

/** Shortest edit script after Myers, "An O(ND) difference algorithm and its variations" (1986). */
function shortestEdit(old: readonly string[], fresh: readonly string[]): readonly Line[] {
  const most = Math.min(old.length + fresh.length, mostEdits);
  const reach = new Map<number, number>([[1, 0]]);
  const trail: Map<number, number>[] = [];
  for (let edits = 0; edits <= most; edits++) {
    trail.push(new Map(reach));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = stepsDown(reach, diagonal, edits) ? (reach.get(diagonal + 1) ?? 0) : (reach.get(diagonal - 1) ?? 0) + 1;
      while (x < old.length && x - diagonal < fresh.length && old[x] === fresh[x - diagonal]) x++;
      reach.set(diagonal, x);
      if (x >= old.length && x - diagonal >= fresh.length) return retrace(trail, old, fresh);
    }
  }
  return [...old.map((text): Line => ({ mark: '-', text })), ...fresh.map((text): Line => ({ mark: '+', text }))];
}

const stepsDown = (reach: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean =>
  diagonal === -edits || (diagonal !== edits && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1));

function retrace(trail: readonly ReadonlyMap<number, number>[], old: readonly string[], fresh: readonly string[]): readonly Line[] {
  const lines: Line[] = [];
  let x = old.length;
  let y = fresh.length;
  for (let edits = trail.length - 1; edits >= 0; edits--) {
    const reach = trail[edits] as ReadonlyMap<number, number>;
    const down = stepsDown(reach, x - y, edits);
    const previousX = reach.get(x - y + (down ? 1 : -1)) ?? 0;
    const previousY = previousX - (x - y + (down ? 1 : -1));
    while (x > previousX && y > previousY) {
      lines.push({ mark: ' ', text: old[--x] as string });
      y--;
    }
    if (edits === 0) break;
    if (down) lines.push({ mark: '+', text: fresh[--y] as string });
    else lines.push({ mark: '-', text: old[--x] as string });
  }
  return lines.reverse();
}

/** Changed lines with three lines around them; changes that lie close together share a hunk. */
function hunks(lines: readonly Line[]): string[] {
  const found: string[] = [];
  let oldLine = 1;
  let newLine = 1;
  let index = 0;
  const changes = lines.flatMap((line, at) => (line.mark === ' ' ? [] : [at]));
  for (let first = 0; first < changes.length; ) {
    let last = first;
    while (last + 1 < changes.length && (changes[last + 1] as number) - (changes[last] as number) <= 2 * contextLines) last++;
    const from = Math.max(0, (changes[first] as number) - contextLines);
    const to = Math.min(lines.length, (changes[last] as number) + contextLines + 1);
    oldLine += from - index;
    newLine += from - index;
    const part = lines.slice(from, to);
    const oldCount = part.filter(({ mark }) => mark !== '+').length;
    const newCount = part.filter(({ mark }) => mark !== '-').length;
    found.push(`@@ -${oldCount === 0 ? oldLine - 1 : oldLine},${oldCount} +${newCount === 0 ? newLine - 1 : newLine},${newCount} @@\n${part.map(({ mark, text }) => `${mark}${text}\n`).join('')}`);
    oldLine += oldCount;
    newLine += newCount;
    index = to;
    first = last + 1;
  }
  return found;
}
