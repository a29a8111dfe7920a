import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changelog } from '../../../generator/breaking/changelog.ts';
import { checkHistory } from '../../../generator/breaking/check-history.ts';
import { compile } from '../../../generator/compile.ts';
import { servedVersions } from '../../../generator/history/snapshot-of.ts';
import { diskFileSystem } from '../../../generator/load/file-system.ts';
import type { Model } from '../../../generator/model/model.ts';
import { diskOutputFolder } from '../../../generator/plan/output-folder.ts';

const projectFolder = new URL('../../..', import.meta.url).pathname;
const disk = diskOutputFolder(projectFolder);

function modelOf(definition: string): Model {
  const { model } = compile(diskFileSystem(projectFolder), definition);
  if (model === undefined) throw new Error(`${definition} has errors`);
  return model;
}

describe('the protocols of this project', () => {
  it.each(['vgi', 'vgi-secret', 'conformance'])('%s computes every version that was released', (name) => {
    const model = modelOf(`schema/${name}/protocol.yaml`);
    const released = readdirSync(new URL(`../../../schema/history/${name}/`, import.meta.url));
    expect(released.sort()).toEqual(servedVersions(model).map((version) => `${version}.json`));
    expect(checkHistory(model, disk)).toEqual([]);
  });

  it('have a changelog that is up to date', () => {
    const text = readFileSync(new URL('../../../docs/changelog-vgi.md', import.meta.url), 'utf8');
    // To bring it up to date: `bin/vgi-gen changelog schema/vgi/protocol.yaml --from 1.0.0 --to 2.0.0 > docs/changelog-vgi.md`.
    expect(text).toBe(changelog(modelOf('schema/vgi/protocol.yaml'), '1.0.0', '2.0.0'));
  });
});
