import type { BatchPart, ConstantPart, EnumPart, FieldPart, MetadataPart, MethodPart, Snapshot, StreamPart, TypePart } from '../history/snapshot.ts';
import type { SourceRange } from '../load/source.ts';
import { pair, type Kept, type Pairing } from './pairing.ts';
import { sidesByName, writtenBy, type Sides } from './sides.ts';

/** Two versions with their parts paired: what the rules look at. */
export class Comparison {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly types: Pairing<TypePart>;
  readonly enums: Pairing<EnumPart>;
  readonly methods: Pairing<MethodPart>;
  readonly metadata: Pairing<MetadataPart>;
  readonly constants: Pairing<ConstantPart>;
  readonly batches: Pairing<BatchPart>;
  /** Groups of columns that both versions have. */
  readonly records: readonly RecordPair[];
  /** Who writes and reads a type, an enum or a batch shape. */
  readonly sidesOf: (name: string) => Sides;

  constructor(before: Snapshot, after: Snapshot) {
    this.before = before;
    this.after = after;
    this.types = pair(before.types, after.types);
    this.enums = pair(before.enums, after.enums);
    this.methods = pair(before.methods, after.methods);
    this.metadata = pair(before.metadata, after.metadata);
    this.constants = pair(before.constants, after.constants);
    this.batches = pair(before.batches, after.batches);
    this.sidesOf = sidesByName([before, after]);
    this.records = [...this.#recordPairs()];
  }

  /** Where the later version says that something is gone, or else the place of what contained it. */
  placeOfRemoved(path: string, container: SourceRange = this.after.range): SourceRange {
    return this.after.places.get(path) ?? container;
  }

  *#recordPairs(): Generator<RecordPair> {
    for (const { before, after } of this.types.kept) yield this.#record('field', after.name, before.fields, after.fields, after.range, this.sidesOf(after.name));
    for (const { before, after } of this.methods.kept) {
      yield this.#record('parameter', after.name, before.params, after.params, after.range, writtenBy('client'));
      for (const direction of ['input', 'output'] as const) {
        const columns: Kept<StreamPart | undefined> = { before: before[direction], after: after[direction] };
        if (!areColumns(columns.before) || !areColumns(columns.after)) continue;
        yield this.#record(`${direction} column`, after.name, columns.before, columns.after, after.range, writtenBy(direction === 'input' ? 'client' : 'worker'), `${after.name}.${direction}`);
      }
    }
    for (const { before, after } of this.batches.kept) yield this.#record('column', after.name, before.columns, after.columns, after.range, this.sidesOf(after.name));
  }

  #record(noun: string, owner: string, before: readonly FieldPart[], after: readonly FieldPart[], range: SourceRange, sides: Sides, path = owner): RecordPair {
    const fields = pair(before, after, (field) => field.nameIn(this.before.version));
    return {
      before,
      fields,
      sides,
      label: ({ name }) => `${noun} \`${name}\` of \`${owner}\``,
      placeOfRemoved: ({ name }) => this.placeOfRemoved(`${path}.${name}`, range),
    };
  }
}

const areColumns = (part: StreamPart | undefined): part is readonly FieldPart[] => part !== undefined && part !== 'dynamic';

/** The columns of one record, set of parameters, stream direction or batch shape in both versions. */
export interface RecordPair {
  /** Columns of the earlier version, in its order. */
  readonly before: readonly FieldPart[];
  readonly fields: Pairing<FieldPart>;
  readonly sides: Sides;
  /** What messages call a column. */
  readonly label: (field: FieldPart) => string;
  /** Where the later version speaks of a column that it does not have. */
  readonly placeOfRemoved: (field: FieldPart) => SourceRange;
}
