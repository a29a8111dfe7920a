import type { Constant } from '../../model/model.ts';
import { declaredComment } from './doc-comment.ts';
import { oldestVersion } from './interface-view.ts';
import { quote, type TsModule } from './ts-module.ts';

/** `constants.ts`: the constants of the protocol. */
export function constantsView(module: TsModule): object {
  const oldest = oldestVersion(module);
  const constants = module.layouts.model.constants.map((constant) => ({
    doc: declaredComment(constant, oldest),
    name: module.names.of(constant),
    // Lists have no literal type that a declaration file could take over.
    annotation: Array.isArray(constant.value) ? ': readonly string[]' : '',
    value: constantLiteral(constant),
  }));
  return { constants };
}

function constantLiteral({ type, value }: Constant): string {
  if (Array.isArray(value)) return `[${value.map((item) => quote(String(item))).join(', ')}]`;
  if (typeof value === 'string') return quote(value);
  return type === 'int64' ? `${String(value)}n` : String(value);
}
