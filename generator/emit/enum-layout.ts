import type { Layouts } from '../layout/layouts.ts';
import { oncePer } from '../layout/once-per.ts';
import type { EnumMember, Version } from '../model/model.ts';
import { compareVersions } from '../model/versions.ts';

/** The members that an enum has in some versions. */
export interface EnumLayout {
  readonly last: Version;
  readonly newest: boolean;
  readonly current: boolean;
  readonly members: readonly string[];
}

const layoutsByName = oncePer((layouts: Layouts) => new Map(layouts.model.enums.map(({ name }) => [name, distinctLists(layouts, name)])));

/** The distinct member lists of an enum over the served versions, oldest first. */
export const enumLayouts = (layouts: Layouts, name: string): readonly EnumLayout[] => layoutsByName(layouts).get(name) ?? [];

function distinctLists(layouts: Layouts, name: string): readonly EnumLayout[] {
  const served = layouts.model.protocol.versions.filter((version) => version.served).map(({ version }) => version);
  const byMembers = new Map<string, EnumLayout>();
  for (const version of served) {
    const members = layouts.members(name, version);
    const key = members.join(' ');
    // Told anew at each version that has them, so that the last one stays; deleting first keeps the order by that version.
    byMembers.delete(key);
    const current = version === layouts.model.protocol.current;
    byMembers.set(key, { last: version, newest: current, current, members });
  }
  return [...byMembers.values()];
}

/** The members that an enum has in a version. */
export function enumLayout(layouts: Layouts, name: string, version: Version): EnumLayout {
  const key = layouts.members(name, version).join(' ');
  return enumLayouts(layouts, name).find(({ members }) => members.join(' ') === key) as EnumLayout;
}

/** Members of the enum in generated code: those of some version up to the current one; old ones stay for the peers that send them. */
export const knownMembers = (layouts: Layouts, name: string): EnumMember[] =>
  layouts.enum(name).members.filter(({ since }) => compareVersions(since, layouts.model.protocol.current) <= 0);
