import type { SourceNode } from '../load/source-node.ts';
import type { BuildContext, Lifetime } from './build-context.ts';
import { buildFields } from './build-fields.ts';
import type { DefaultValue, Field, Method, Operation, OperationDefault, StreamSchema } from './model.ts';

/** Builds one method; references to types stay names until `resolve-references`. */
export function buildMethod(context: BuildContext, name: string, node: SourceNode, protocol: Lifetime): Method {
  const declared = context.declared(name, node, protocol);
  const request = node.text('request');
  const header = node.text('header');
  const headerNode = node.get('header');
  if (header !== undefined && headerNode !== undefined) context.refer('record', header, headerNode.range, `the header of \`${name}\``, declared);
  const method: Method = {
    ...declared,
    kind: node.text('kind') as Method['kind'],
    params: request === undefined ? buildFields(context, node.get('params'), 'parameter', name, declared) : [wrappedRequest(context, node, name, request, declared)],
    request,
    result: buildResult(context, node.get('result'), name, declared),
    header,
    input: buildStream(context, node.get('input'), 'input column', name, declared),
    output: buildStream(context, node.get('output'), 'output column', name, declared),
    operation: buildOperation(node.get('operation')),
  };
  context.origins.set(method, node, `method \`${name}\``);
  return method;
}

function wrappedRequest(context: BuildContext, method: SourceNode, name: string, type: string, lifetime: Lifetime): Field {
  const node = method.get('request') as SourceNode;
  context.refer('record', type, node.range, `the request of \`${name}\``, lifetime);
  const field: Field = {
    name: 'request',
    doc: `The parameters of \`${name}\`.`,
    since: lifetime.since,
    removed: lifetime.removed,
    range: node.keyRange,
    type: { type: { kind: 'ipc', name: type }, nullable: false, wireNullable: false },
    was: [],
    carriesNull: false,
    secret: false,
  };
  context.origins.set(field, node, `the request of \`${name}\``);
  return field;
}

function buildResult(context: BuildContext, node: SourceNode | undefined, method: string, lifetime: Lifetime): Method['result'] {
  if (node === undefined || node.value === 'void') return undefined;
  const typeNode = node.get('type') ?? node;
  if (typeNode.value === 'void') return undefined;
  const type = context.place(typeNode, `the result of \`${method}\``, lifetime);
  return type === undefined ? undefined : { type, doc: node.text('doc')?.trim() };
}

function buildStream(context: BuildContext, node: SourceNode | undefined, noun: string, method: string, lifetime: Lifetime): StreamSchema | undefined {
  if (node === undefined) return undefined;
  if (node.value === 'dynamic') return { dynamic: true };
  return { dynamic: false, fields: buildFields(context, node, noun, method, lifetime) };
}

function buildOperation(node: SourceNode | undefined): Operation | undefined {
  if (node === undefined) return undefined;
  return {
    object: node.text('object') as string,
    action: node.text('action') as string,
    required: node.get('required')?.value === true,
    default: buildOperationDefault(node.get('default')),
  };
}

function buildOperationDefault(node: SourceNode | undefined): OperationDefault | undefined {
  if (node === undefined) return undefined;
  const constant = node.get('constant');
  if (constant !== undefined) return { kind: 'constant', value: constant.value as DefaultValue };
  return { kind: node.value as Exclude<OperationDefault['kind'], 'constant'> };
}
