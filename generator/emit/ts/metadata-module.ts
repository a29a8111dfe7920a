import { declaredComment, docComment } from './doc-comment.ts';
import { oldestVersion } from './interface-view.ts';
import { quote, type TsModule } from './ts-module.ts';

/** `metadata.ts`: the metadata keys of every group. */
export function metadataView(module: TsModule): object {
  const oldest = oldestVersion(module);
  const groups = module.layouts.model.metadata.map((group) => ({
    doc: docComment(group.doc),
    name: module.names.of(group),
    keys: group.keys.map((key) => ({
      doc: declaredComment(key, oldest, `On: ${key.on}.`),
      name: module.names.key(key),
      text: quote(key.key),
    })),
  }));
  return { groups };
}
