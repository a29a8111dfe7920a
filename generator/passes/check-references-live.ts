import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { Lifetime } from '../model/build-context.ts';
import type { ModelBuild } from '../model/build-model.ts';
import { livesIn } from '../model/versions.ts';

/** Whatever uses a type, an enum or a batch shape in a version needs it to be there in that version. */
export function checkReferencesLive({ model, origins, references }: ModelBuild, diagnostics: DiagnosticCollector): void {
  const versions = model.protocol.versions.map(({ version }) => version);
  const types = new Map<string, Lifetime & object>([...model.types, ...model.enums].map((type) => [type.name, type]));
  const shapes = new Map<string, Lifetime & object>(model.batches.map((batch) => [batch.name, batch]));

  for (const { use, name, range, owner, since, until } of references) {
    const target = (use === 'shape' ? shapes : types).get(name);
    if (target === undefined) continue;
    const version = versions.find((candidate) => livesIn({ since, removed: until }, candidate) && !livesIn(target, candidate));
    if (version === undefined) continue;
    const gone = target.removed !== undefined && versions.indexOf(target.removed) <= versions.indexOf(version);
    const lifetime = gone ? `is removed in ${target.removed}` : `is only there since ${target.since}`;
    const related = [{ label: 'declared here', range: origins.node(target).keyRange }];
    diagnostics.report('not-in-version', range, { owner, target: origins.label(target), version, lifetime }, { related });
  }
}
