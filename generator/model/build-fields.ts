import type { SourceNode } from '../load/source-node.ts';
import type { BuildContext, Lifetime } from './build-context.ts';
import type { DefaultValue, EarlierForm, Field, OpaqueKind } from './model.ts';

/** Builds fields or parameters in wire order. Those whose type cannot be read are reported and left out. */
export function buildFields(context: BuildContext, nodes: SourceNode | undefined, noun: string, owner: string, lifetime: Lifetime): Field[] {
  const fields: Field[] = [];
  for (const [name, node] of context.entries(nodes)) {
    const field = buildField(context, name, node, `${noun} \`${name}\` of \`${owner}\``, lifetime);
    if (field !== undefined) fields.push(field);
  }
  return fields;
}

function buildField(context: BuildContext, name: string, node: SourceNode, label: string, owner: Lifetime): Field | undefined {
  const declared = context.declared(name, node, owner);
  const forms = [...(node.get('was')?.entries() ?? [])].map(([, form]) => form);
  const lastChange = forms.at(-1)?.text('before') ?? declared.since;
  const type = context.place(node.get('type') as SourceNode, label, { since: lastChange, removed: declared.removed ?? owner.removed });
  if (type === undefined) return undefined;

  const was: EarlierForm[] = [];
  let since = declared.since;
  for (const form of forms) {
    const before = form.text('before') as string;
    const typeNode = form.get('type');
    const formType = typeNode === undefined ? type : context.place(typeNode, `the earlier form of ${label}`, { since, removed: before });
    if (formType === undefined) return undefined;
    const earlier: EarlierForm = { before, name: form.text('name') ?? name, type: formType, convert: form.text('convert'), range: form.range };
    context.origins.set(earlier, form, label);
    was.push(earlier);
    since = before;
  }

  const defaultNode = node.get('default');
  const field: Field = {
    ...declared,
    type,
    was,
    ...(defaultNode === undefined ? {} : { default: { value: defaultNode.value as DefaultValue } }),
    carriesNull: node.get('carries_null')?.value === true,
    opaque: node.text('opaque') as OpaqueKind | undefined,
    secret: node.get('secret')?.value === true,
  };
  context.origins.set(field, node, label);
  return field;
}
