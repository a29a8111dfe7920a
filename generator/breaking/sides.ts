import type { FieldPart, MethodPart, Snapshot } from '../history/snapshot.ts';
import { parseType } from '../model/parse-type.ts';

export type Side = 'worker' | 'client';

/** Both sides, in the order of messages. */
export const bothSides: readonly Side[] = ['worker', 'client'];

/** Who writes and who reads what travels in one place. */
export interface Sides {
  readonly writers: readonly Side[];
  readonly readers: readonly Side[];
}

const other = (side: Side): Side => (side === 'client' ? 'worker' : 'client');

export const writtenBy = (...writers: readonly Side[]): Sides => ({
  writers: bothSides.filter((side) => writers.includes(side)),
  readers: bothSides.filter((side) => writers.includes(other(side))),
});

const names = (type: string): readonly string[] => {
  const parsed = parseType(type, () => false);
  return parsed.ok ? parsed.names.map(({ name }) => name) : [];
};

/**
 * Who writes each type, enum and batch shape: clients what requests and stream inputs carry, workers what answers carry. What no method
 * carries (documents inside text, keys of metadata) may be written by both.
 */
export function sidesByName(snapshots: readonly Snapshot[]): (name: string) => Sides {
  const writers = new Map<string, Set<Side>>();
  for (const snapshot of snapshots) {
    const columns = new Map([...snapshot.types.map(({ name, fields }) => [name, fields] as const), ...snapshot.batches.map((batch) => [batch.name, batch.columns] as const)]);
    const visited = new Set<string>();
    const visit = (type: string, side: Side): void => {
      for (const name of names(type)) {
        if (visited.has(`${name} ${side}`)) continue;
        visited.add(`${name} ${side}`);
        writers.set(name, (writers.get(name) ?? new Set()).add(side));
        for (const field of columns.get(name) ?? []) visit(field.type, side);
      }
    };
    for (const method of snapshot.methods) for (const [type, side] of carried(method)) visit(type, side);
  }
  return (name) => writtenBy(...(writers.get(name) ?? bothSides));
}

function* carried({ params, result, header, input, output }: MethodPart): Generator<readonly [type: string, writer: Side]> {
  const types = (fields: 'dynamic' | readonly FieldPart[] | undefined): readonly string[] => (fields === undefined || fields === 'dynamic' ? [] : fields.map(({ type }) => type));
  for (const type of [...types(params), ...types(input)]) yield [type, 'client'];
  for (const type of [result ?? '', header ?? '', ...types(output)]) if (type !== '') yield [type, 'worker'];
}
