import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { ModelBuild } from '../model/build-model.ts';
import type { Declared, EnumType, Field } from '../model/model.ts';
import { camelCase } from '../names/case.ts';
import { livesIn } from '../model/versions.ts';
import { fieldGroups, type FieldGroup } from './field-groups.ts';

/** Names that differ here stay different where they are derived, and earlier names are free in the versions that have them. */
export function checkNames(build: ModelBuild, diagnostics: DiagnosticCollector): void {
  const { model } = build;
  for (const group of fieldGroups(model)) {
    checkDerived(build, `\`${group.name}\``, group.fields, diagnostics);
    checkEarlierNames(build, group, diagnostics);
  }
  checkDerived(build, 'the methods', model.methods, diagnostics);
  for (const group of model.metadata) checkDerived(build, `\`${group.name}\``, group.keys, diagnostics);
  for (const type of model.enums) checkAliases(build, type, diagnostics);
}

/** The name in camelCase, as properties and functions have it; a name given for TypeScript wins. */
const derivedName = ({ name, names }: Declared): string => names?.['ts'] ?? camelCase(name);

function checkDerived({ origins }: ModelBuild, owner: string, parts: readonly Declared[], diagnostics: DiagnosticCollector): void {
  const seen = new Map<string, Declared>();
  for (const part of parts) {
    const derived = derivedName(part);
    const other = seen.get(derived);
    if (other === undefined) seen.set(derived, part);
    else diagnostics.report('name-collision', part.range, { name: part.name, other: other.name, owner, derived }, { related: [{ label: 'the other one', range: origins.node(other).keyRange }] });
  }
}

function checkEarlierNames({ model, origins }: ModelBuild, group: FieldGroup, diagnostics: DiagnosticCollector): void {
  const versions = model.protocol.versions.map(({ version }) => version);
  for (const field of group.fields) {
    let since = field.since;
    for (const form of field.was) {
      const during = { since, removed: form.before };
      since = form.before;
      for (const version of versions) {
        if (!livesIn(during, version)) continue;
        const other = group.fields.find((candidate) => candidate !== field && livesIn(candidate, version) && nameIn(candidate, version) === form.name);
        if (other === undefined) continue;
        const related = [{ label: 'the other field', range: other.range }];
        diagnostics.report('earlier-name-collision', origins.range(form, 'name'), { owner: origins.label(field), name: form.name, before: form.before, version }, { related });
        break;
      }
    }
  }
}

/** Wire name of a field in a version that has it. */
function nameIn(field: Field, version: string): string {
  let since = field.since;
  for (const form of field.was) {
    if (livesIn({ since, removed: form.before }, version)) return form.name;
    since = form.before;
  }
  return field.name;
}

/** A spelling that readers accept must mean one member. */
function checkAliases({ origins }: ModelBuild, type: EnumType, diagnostics: DiagnosticCollector): void {
  const meanings = new Map(type.members.map((member) => [member.name, member]));
  for (const member of type.members) {
    if (member.value === undefined) continue;
    const other = meanings.get(member.value);
    if (other === undefined) {
      meanings.set(member.value, member);
    } else if (other !== member) {
      const related = [{ label: 'the other member', range: other.range }];
      diagnostics.report('alias-collision', origins.range(member, 'value'), { value: member.value, owner: origins.label(member), other: other.name }, { related });
    }
  }
}
