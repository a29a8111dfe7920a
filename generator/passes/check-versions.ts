import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { SourceNode } from '../load/source-node.ts';
import type { Lifetime } from '../model/build-context.ts';
import type { ModelBuild } from '../model/build-model.ts';
import type { Declared, Version } from '../model/model.ts';
import { compareVersions, livesIn } from '../model/versions.ts';
import { fieldGroups } from './field-groups.ts';

/** Versions are listed oldest first, every version named anywhere is listed, and nothing outlives what it belongs to. */
export function checkVersions(build: ModelBuild, diagnostics: DiagnosticCollector): void {
  const { model } = build;
  checkProtocol(build, diagnostics);
  const check = new LifetimeCheck(build, diagnostics);
  for (const part of [...model.types, ...model.enums, ...model.methods, ...model.constants, ...model.batches]) check.part(part, undefined);
  for (const group of fieldGroups(model)) for (const field of group.fields) check.part(field, { name: group.name, ...group.lifetime });
  for (const type of model.enums) for (const member of type.members) check.part(member, type);
  for (const group of model.metadata) for (const key of group.keys) check.part(key, undefined);
  for (const batch of model.batches) for (const column of batch.columns) check.part({ ...column, since: column.since ?? batch.since }, batch, column);
}

function checkProtocol({ model, origins }: ModelBuild, diagnostics: DiagnosticCollector): void {
  const { protocol } = model;
  for (const [index, { version, range }] of protocol.versions.entries()) {
    const previous = protocol.versions[index - 1]?.version;
    if (previous !== undefined && compareVersions(previous, version) >= 0) diagnostics.report('version-order', range, { version, previous });
  }
  if (!protocol.versions.some(({ served }) => served)) diagnostics.report('no-served-version', origins.node(protocol).get('versions')?.keyRange ?? protocol.range, {});
  checkKnown(origins.node(protocol).get('routing_key_since'), protocol.versions.map(({ version }) => version), diagnostics);
}

/** Reports a version that the protocol does not list; tells whether it is listed. */
function checkKnown(node: SourceNode | undefined, versions: readonly Version[], diagnostics: DiagnosticCollector): boolean {
  if (node === undefined) return true;
  const version = String(node.value);
  if (versions.includes(version)) return true;
  diagnostics.report('unknown-version', node.range, { version, declared: versions.join(', ') });
  return false;
}

class LifetimeCheck {
  readonly #origins: ModelBuild['origins'];
  readonly #versions: readonly Version[];
  readonly #served: readonly Version[];
  readonly #diagnostics: DiagnosticCollector;

  constructor({ model, origins }: ModelBuild, diagnostics: DiagnosticCollector) {
    this.#origins = origins;
    this.#versions = model.protocol.versions.map(({ version }) => version);
    this.#served = model.protocol.versions.filter(({ served }) => served).map(({ version }) => version);
    this.#diagnostics = diagnostics;
  }

  /** `key` is the part as the origins know it. */
  part(part: Pick<Declared, 'name' | 'since' | 'removed'>, container: (Lifetime & { readonly name: string }) | undefined, key: object = part): void {
    const node = this.#origins.node(key);
    const owner = this.#origins.label(key);
    const known = [node.get('since'), node.get('removed'), node.get('deprecated')?.get('since')].map((version) => checkKnown(version, this.#versions, this.#diagnostics));
    const containerKnown = container === undefined || [container.since, container.removed ?? container.since].every((version) => this.#versions.includes(version));
    if (known.includes(false) || !containerKnown) return;

    const { since, removed } = part;
    if (removed !== undefined && compareVersions(removed, since) <= 0) {
      this.#diagnostics.report('removed-before-since', this.#origins.range(key, 'removed'), { owner, removed, since });
    } else if (container !== undefined && this.#outlives(part, container, owner, key)) {
      return;
    } else if (this.#served.length > 0 && !this.#served.some((version) => livesIn(part, version) && (container === undefined || livesIn(container, version)))) {
      const containerIsServed = container === undefined || this.#served.some((version) => livesIn(container, version));
      if (containerIsServed) this.#diagnostics.report('never-served', node.keyRange, { owner });
    }
  }

  #outlives(part: Lifetime, container: Lifetime & { readonly name: string }, owner: string, key: object): boolean {
    const report = (name: 'since' | 'removed', version: Version, lifetime: string): true => {
      this.#diagnostics.report('outside-owner', this.#origins.range(key, name), { owner, key: name, version, container: `\`${container.name}\``, lifetime });
      return true;
    };
    if (compareVersions(part.since, container.since) < 0) return report('since', part.since, `is only there since ${container.since}`);
    if (container.removed === undefined) return false;
    if (compareVersions(part.since, container.removed) >= 0) return report('since', part.since, `is removed in ${container.removed}`);
    if (part.removed !== undefined && compareVersions(part.removed, container.removed) > 0) return report('removed', part.removed, `is removed in ${container.removed}`);
    return false;
  }
}
