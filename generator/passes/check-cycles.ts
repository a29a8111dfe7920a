import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { ModelBuild } from '../model/build-model.ts';
import type { Field, RecordType, TypeRef } from '../model/model.ts';

/** A record that contains itself as a struct would be endless; through `ipc<...>` it may, since that is bytes. */
export function checkCycles({ model, origins }: ModelBuild, diagnostics: DiagnosticCollector): void {
  const types = new Map(model.types.map((type) => [type.name, type]));
  const done = new Set<RecordType>();

  const visit = (type: RecordType, path: readonly RecordType[]): void => {
    if (done.has(type)) return;
    for (const field of type.fields) {
      for (const name of structsOf(field)) {
        const inner = types.get(name);
        if (inner === undefined) continue;
        const start = inner === type ? path.length : path.indexOf(inner);
        if (start < 0) {
          visit(inner, [...path, type]);
        } else {
          const chain = [...path.slice(start), type, inner].map((link) => `\`${link.name}\``).join(' -> ');
          diagnostics.report('type-cycle', origins.range(field, 'type'), { chain });
        }
      }
    }
    done.add(type);
  };
  for (const type of model.types) visit(type, []);
}

function structsOf(field: Field): ReadonlySet<string> {
  const found = new Set<string>();
  const collect = (type: TypeRef): void => {
    if (type.kind === 'record') found.add(type.name);
    else if (type.kind === 'list' || type.kind === 'large_list' || type.kind === 'fixed_list') collect(type.item.type);
    else if (type.kind === 'map') {
      collect(type.key.type);
      collect(type.value.type);
    }
  };
  collect(field.type.type);
  for (const form of field.was) collect(form.type.type);
  return found;
}
