import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { SourceRange } from '../load/source.ts';
import type { ModelBuild } from '../model/build-model.ts';
import type { Field, Place, TypeRef } from '../model/model.ts';
import { parseType } from '../model/parse-type.ts';
import { placeText } from '../model/type-text.ts';
import { fieldGroups, type FieldGroup } from './field-groups.ts';
import { ValueFit, type Misfit } from './value-fit.ts';

/** Defaults and constants fit their types, and whatever a peer may not send has a value to stand for it. */
export function checkValues(build: ModelBuild, diagnostics: DiagnosticCollector): void {
  const { model, origins } = build;
  const fit = new ValueFit(model);
  const report = (misfit: Misfit | undefined, owner: string, part: object, key: string): void => {
    if (misfit !== undefined) diagnostics.report('default-mismatch', valueRange(build, part, key, misfit), { owner, type: misfit.expected, actual: misfit.actual }, misfit.actual === '`null`' ? { hint: 'give another value, or let null in with a `?` after the type.' } : {});
  };
  for (const group of fieldGroups(model)) {
    for (const field of group.fields) {
      const label = origins.label(field);
      if (field.default !== undefined) report(fit.misfit(field.default.value, nullableIf(field.type, field.carriesNull)), `the default of ${label}`, field, 'default');
      else checkNeedsDefault(build, group, field, diagnostics);
    }
  }
  for (const constant of model.constants) {
    const parsed = parseType(constant.type, () => false);
    if (parsed.ok) report(fit.misfit(constant.value, parsed.place), origins.label(constant), constant, 'value');
  }
}

const nullableIf = (place: Place, nullable: boolean): Place => (nullable ? { ...place, nullable } : place);

/** The part of the value that does not fit. */
function valueRange({ origins }: ModelBuild, part: object, key: string, misfit: Misfit): SourceRange {
  let node = origins.node(part).get(key);
  for (const step of misfit.path) node = node?.get(step) ?? node;
  return node?.range ?? origins.node(part).keyRange;
}

/** Stream columns are not filled in for anyone, so only records and parameters need defaults. */
function checkNeedsDefault({ origins }: ModelBuild, group: FieldGroup, field: Field, diagnostics: DiagnosticCollector): void {
  if (group.kind === 'input' || group.kind === 'output' || field.type.nullable || field.carriesNull) return;
  const removed = field.removed !== undefined && field.removed !== group.lifetime.removed && !group.adapted;
  const partial = field.since !== group.lifetime.since || removed;
  const wasNullable = field.was.find((form) => form.type.nullable);
  const lack = partial ? 'is not there in every version' : wasNullable === undefined ? undefined : `could be null before ${wasNullable.before}`;
  if (lack !== undefined) diagnostics.report('missing-default', field.range, { owner: origins.label(field), lack });
}

/** What a field says of its bytes and nulls must suit its type. */
export function checkMarks({ model, origins }: ModelBuild, diagnostics: DiagnosticCollector): void {
  for (const { fields } of fieldGroups(model)) {
    for (const field of fields) {
      const owner = origins.label(field);
      if (field.carriesNull && field.type.nullable) diagnostics.report('null-contradiction', origins.range(field, 'carries_null'), { owner });
      if (field.opaque !== undefined && !isBytes(field.type.type)) diagnostics.report('opaque-not-binary', origins.range(field, 'opaque'), { owner, type: `\`${placeText(field.type)}\`` });
    }
  }
}

const isBytes = (type: TypeRef): boolean =>
  type.kind === 'binary' || type.kind === 'large_binary' || type.kind === 'fixed_binary' || ((type.kind === 'list' || type.kind === 'large_list') && isBytes(type.item.type));
