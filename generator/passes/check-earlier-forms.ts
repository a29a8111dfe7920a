import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { ModelBuild } from '../model/build-model.ts';
import type { EarlierForm, Field, Place, TypeRef } from '../model/model.ts';
import { placeText, typeText } from '../model/type-text.ts';
import { compareVersions } from '../model/versions.ts';
import { fieldGroups } from './field-groups.ts';

/** Earlier forms of a field are in order, differ, and lead to the form of now. */
export function checkEarlierForms(build: ModelBuild, diagnostics: DiagnosticCollector): void {
  const versions = new Set(build.model.protocol.versions.map(({ version }) => version));
  for (const { fields } of fieldGroups(build.model)) {
    for (const field of fields) {
      for (const [index, form] of field.was.entries()) {
        const owner = build.origins.label(field);
        if (!versions.has(form.before)) {
          diagnostics.report('unknown-version', build.origins.range(form, 'before'), { version: form.before, declared: [...versions].join(', ') });
        } else {
          checkOrder(build, field, index, form, diagnostics);
        }
        const next = field.was[index + 1] ?? field;
        if (form.name === next.name && placeText(form.type) === placeText(next.type)) diagnostics.report('earlier-form-same', form.range, { owner });
        checkConversion(build, field, form, diagnostics);
      }
    }
  }
}

function checkOrder({ origins }: ModelBuild, field: Field, index: number, form: EarlierForm, diagnostics: DiagnosticCollector): void {
  const bound = field.was[index - 1]?.before ?? field.since;
  const late = field.removed !== undefined && compareVersions(form.before, field.removed) >= 0;
  if (compareVersions(form.before, bound) > 0 && !late) return;
  const problem = late ? `not before its removal in ${field.removed}` : `not after ${bound}`;
  diagnostics.report('earlier-form-order', origins.range(form, 'before'), { owner: origins.label(field), before: form.before, problem });
}

/** What every conversion does: the types it leads from and to, in either direction. */
const conversions: Readonly<Record<string, readonly [string, string]>> = {
  single_component_path: ['utf8', 'list<utf8>'],
};

function checkConversion({ origins }: ModelBuild, field: Field, form: EarlierForm, diagnostics: DiagnosticCollector): void {
  const before = valueType(form.type);
  const after = valueType(field.type);
  const names = { before: `\`${placeText(form.type)}\``, after: `\`${placeText(field.type)}\`` };
  if (form.convert === undefined) {
    if (before === after) return;
    const usable = Object.keys(conversions).filter((name) => leads(name, before, after));
    const hint = usable.length === 0 ? 'no conversion leads from one to the other; remove the field and add another one.' : `write \`convert: ${usable.join(' | ')}\`.`;
    diagnostics.report('conversion-missing', origins.range(form, 'type'), { owner: origins.label(field), ...names }, { hint });
  } else if (!leads(form.convert, before, after)) {
    diagnostics.report('conversion-mismatch', origins.range(form, 'convert'), { name: form.convert, ...names });
  }
}

function leads(conversion: string, before: string, after: string): boolean {
  const [one, other] = conversions[conversion] ?? [];
  return (before === one && after === other) || (before === other && after === one);
}

/** The type as far as its values differ: nullability and the shape of a batch do not change what a value is. */
function valueType(place: Place): string {
  const bare = (type: TypeRef): TypeRef => {
    switch (type.kind) {
      case 'list':
      case 'large_list':
      case 'fixed_list':
        return { ...type, item: always(type.item) };
      case 'map':
        return { ...type, key: always(type.key), value: always(type.value) };
      case 'batch':
        return { kind: 'batch', large: type.large };
      default:
        return type;
    }
  };
  const always = (inner: Place): Place => ({ type: bare(inner.type), nullable: false, wireNullable: true });
  return typeText(bare(place.type));
}
