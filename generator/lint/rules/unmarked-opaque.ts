import type { OpaqueKind, TypeRef } from '../../model/model.ts';
import { splitWords } from '../../names/words.ts';
import { fieldGroups } from '../../passes/field-groups.ts';
import { insertEntry } from '../edit-mapping.ts';
import { defineRule } from '../rule.ts';

export const unmarkedOpaque = defineRule({
  code: 'VGI5015',
  slug: 'unmarked-opaque',
  tier: 'wire',
  purpose: 'Bytes that belong to one side are sealed on shared transports and left alone by the other side only where `opaque` says so; one place without the mark leaks them.',
  message: '{owner} carries bytes that are opaque {why}, but does not say so.',
  check({ model, origins }, report) {
    const kinds = new Map<string, Set<OpaqueKind>>();
    const groups = [...fieldGroups(model)];
    for (const { fields } of groups) for (const { name, opaque } of fields) if (opaque !== undefined) kinds.set(name, (kinds.get(name) ?? new Set()).add(opaque));
    for (const { fields } of groups) {
      for (const field of fields) {
        if (field.opaque !== undefined || !isBytes(field.type.type)) continue;
        const known = [...(kinds.get(field.name) ?? [])];
        if (known.length === 0 && !splitWords(field.name).includes('opaque')) continue;
        const why = known.length === 0 ? 'by name' : 'elsewhere under this name';
        const [kind] = known;
        const fix = known.length === 1 && kind !== undefined ? insertEntry(origins.node(field), 'type', `opaque: ${kind}`) : undefined;
        report(field.range, { owner: origins.label(field), why }, { hint: `add \`opaque: ${known.join(' | ') || '...'}\`.`, fix });
      }
    }
  },
});

const isBytes = (type: TypeRef): boolean =>
  type.kind === 'binary' || type.kind === 'large_binary' || type.kind === 'fixed_binary' || ((type.kind === 'list' || type.kind === 'large_list') && isBytes(type.item.type));
