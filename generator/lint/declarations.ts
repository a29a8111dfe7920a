import type { LintSubject } from './rule.ts';
import type { Lifetime } from '../model/build-context.ts';
import type { Declared, Field } from '../model/model.ts';
import { fieldGroups } from '../passes/field-groups.ts';

/** A declaration with a lifetime, and what it belongs to. */
export interface Declaration {
  readonly part: Declared;
  /** As old as the oldest version for what stands by itself. */
  readonly owner: Lifetime;
}

/** Everything that has `since`, `removed` and `deprecated`: types, enums, methods, constants, batch shapes, metadata keys, fields and members. */
export function* declarations({ model, origins }: Pick<LintSubject, 'model' | 'origins'>): Generator<Declaration> {
  const always: Lifetime = { since: model.protocol.versions[0]?.version ?? model.protocol.current };
  for (const part of [...model.types, ...model.enums, ...model.methods, ...model.constants, ...model.batches]) yield { part, owner: always };
  for (const group of model.metadata) for (const part of group.keys) yield { part, owner: always };
  for (const { fields, lifetime } of fieldGroups(model)) {
    for (const part of fields) if (!isRequest(part, { origins })) yield { part, owner: lifetime };
  }
  for (const owner of model.enums) for (const part of owner.members) yield { part, owner };
}

/** Whether a field stands for a wrapped request, so that the definition has no entry of its own for it. */
export const isRequest = (field: Field | Declared, { origins }: Pick<LintSubject, 'origins'>): boolean => typeof origins.node(field).value === 'string';

/** Everything with a doc that the definition writes out; results, whose docs may be left out, are not among it. */
export function* documented({ model, origins }: Pick<LintSubject, 'model' | 'origins'>): Generator<{ readonly part: object; readonly doc: string }> {
  yield { part: model.protocol, doc: model.protocol.doc };
  for (const part of model.protocol.versions) yield { part, doc: part.doc };
  for (const { part } of declarations({ model, origins })) yield { part, doc: part.doc };
  for (const part of model.metadata) yield { part, doc: part.doc };
  for (const batch of model.batches) for (const part of batch.columns) yield { part, doc: part.doc };
}
