import { describe, expect, it } from 'vitest';
import { runInFolder } from '../run-in-folder.ts';
import { projectFolder, shopTypes } from './project-folder.ts';

const broken = shopTypes.replace('int64', 'int46');

describe('the text of stdin', () => {
  it.each(['check', 'generate', 'lint'])('takes the place of a file for %s, also of one that others include', async (command) => {
    const folder = projectFolder();
    const { status, err } = await runInFolder(folder, [command, '-', '--stdin-filename', 'schema/types.yaml'], { stdin: broken });
    expect(status).toBe(1);
    expect(err).toMatch(/^schema\/types\.yaml:2:\d+ - error VGI3002 unknown-type: field `price` of `Item` uses `int46`/);
    expect(err).toContain('1 error in 1 file');
  });

  it('is named from the working folder', async () => {
    const folder = projectFolder();
    const { err } = await runInFolder(`${folder}/schema`, ['lint', '-', '--stdin-filename', 'types.yaml'], { stdin: broken });
    expect(err).toMatch(/^schema\/types\.yaml:2:/);
  });

  it.each(['check', 'generate'])('needs a name for %s', async (command) => {
    const { status, err } = await runInFolder(projectFolder(), [command, '-'], { stdin: broken });
    expect([status, err]).toEqual([2, 'stdin - error VGI1026 stdin-without-name: nothing says which file the text of stdin stands for.\n  hint: add `--stdin-filename <path>`.\n\n1 error in 1 file\n']);
  });

  it('is formatted to stdout, and fixed there too', async () => {
    const folder = projectFolder();
    const formatted = await runInFolder(folder, ['format', '-', '--stdin-filename', 'schema/types.yaml'], { stdin: shopTypes });
    expect(formatted).toMatchObject({ status: 0, err: '' });
    expect(formatted.out).toBe('types:\n  Item:\n    doc: One of the things that are sold.\n    fields:\n      price: {type: int64, doc: In cents.}\n      label: {type: utf8?, since: 2.0.0, doc: Null if it has none.}\n');
    const fixed = await runInFolder(folder, ['lint', '--fix', '-', '--stdin-filename', 'schema/types.yaml'], { stdin: shopTypes.replace('In cents.', 'In cents') });
    expect(fixed).toMatchObject({ status: 0, out: shopTypes });
  });
});
