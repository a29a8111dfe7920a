import type { Part } from '../history/snapshot.ts';
import type { SourceRange } from '../load/source.ts';
import type { Declared, Field, MetadataGroup, Method, ProtocolVersion } from '../model/model.ts';
import type { Comparison } from './comparison.ts';
import { pair, type Kept } from './pairing.ts';

/** Something that both versions declare, with what the definitions say of it beyond what versions record. */
export interface DeclaredPart {
  /** What messages call it. */
  readonly label: string;
  readonly before: Statement & { readonly range: SourceRange };
  readonly after: Statement & { readonly range: SourceRange };
}

type Statement = Partial<Declared> & Partial<Pick<Method, 'result'>> & Partial<Pick<ProtocolVersion, 'snapshot'>> & { readonly on?: string; readonly rows?: string };

/** Every part of which both sides are definitions, in the order of the later one. Nothing if one side is a history file. */
export function* declaredParts(comparison: Comparison): Generator<DeclaredPart> {
  const { before, after } = comparison;
  if (before.declared === undefined || after.declared === undefined) return;
  yield { label: 'the protocol', before: { ...before.declared.protocol, range: before.range }, after: { ...after.declared.protocol, range: after.range } };
  const versionParts = (versions: readonly ProtocolVersion[]) => versions.map((version) => ({ name: version.version, range: version.range, declared: version }));
  yield* kept(pair(versionParts(before.declared.protocol.versions), versionParts(after.declared.protocol.versions)).kept, ({ name }) => `version ${name}`);
  for (const { before: old, after: fresh } of comparison.enums.kept) {
    yield* kept(pair(old.members, fresh.members).kept, ({ name }) => `member \`${name}\` of \`${fresh.name}\``);
  }
  yield* kept(comparison.types.kept, ({ name }) => `type \`${name}\``);
  yield* kept(comparison.enums.kept, ({ name }) => `enum \`${name}\``);
  yield* kept(comparison.methods.kept, ({ name }) => `method \`${name}\``);
  const groupParts = (groups: readonly MetadataGroup[]) => groups.map((group) => ({ name: group.name, range: group.range, declared: group }));
  yield* kept(pair(groupParts(before.declared.groups), groupParts(after.declared.groups)).kept, ({ name }) => `metadata group \`${name}\``);
  yield* kept(comparison.metadata.kept, ({ key }) => `metadata key \`${key}\``);
  yield* kept(comparison.constants.kept, ({ name }) => `constant \`${name}\``);
  yield* kept(comparison.batches.kept, ({ name }) => `batch shape \`${name}\``);
  for (const { fields, label } of comparison.records) yield* kept(fields.kept, label);
}

function* kept<T extends Part<Statement | Field>>(parts: readonly Kept<T>[], label: (part: T) => string): Generator<DeclaredPart> {
  for (const { before, after } of parts) {
    if (before.declared === undefined || after.declared === undefined) continue;
    yield { label: label(after), before: { ...before.declared, range: before.range }, after: { ...after.declared, range: after.range } };
  }
}
