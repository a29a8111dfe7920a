import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { generate, type Project } from '../generate.ts';
import { packageFolder } from '../package-folder.ts';
import type { SourceFile } from '../load/source.ts';
import type { GeneratedModules } from './handler-contract.ts';

/** The target whose output authors extend. */
const target = 'ts';

export interface ProjectModules {
  readonly modules: readonly GeneratedModules[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

/** What the TypeScript of every protocol of a project should be now, whether it has been written or not. */
export async function projectModules(folder: string, project: Project): Promise<ProjectModules> {
  const protocols = project.config.protocols
    .filter(({ targets }) => targets.some(({ name }) => name === target))
    .map((protocol) => ({ ...protocol, targets: protocol.targets.filter(({ name }) => name === target) }));
  const { plan, diagnostics, sources } = await generate({ ...project, config: { ...project.config, protocols } });
  if (plan === undefined) return { modules: [], diagnostics, sources };
  const texts = new Map([...plan.keep.map((path): [string, string] => [path, project.output.read(path) ?? '']), ...plan.write.map(({ path, text }): [string, string] => [path, text])]);
  const modules = protocols.map(({ definition, output }): GeneratedModules => {
    const inside = posix.join(output, target);
    const files = [...texts].filter(([path]) => posix.dirname(path) === inside).map(([path, text]): [string, string] => [posix.basename(path), text]);
    return { protocol: definition, folder: absolute(folder, inside), files: new Map(files) };
  });
  return { modules, diagnostics, sources };
}

/** The protocol that this package is about, for authors who take its classes from `vgi-gen/vgi`. */
export function packageModules(): GeneratedModules {
  const folder = join(packageFolder(), 'generated/vgi', target);
  const files = readdirSync(folder).map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]);
  return { protocol: 'vgi', folder: absolute(folder), entry: 'vgi-gen/vgi', files: new Map(files) };
}

const absolute = (...parts: readonly string[]): string => join(...parts).split(sep).join('/');
