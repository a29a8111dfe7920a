import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { KnownDeclarations, Section } from '../load/merge-files.ts';
import type { SourceNode } from '../load/source-node.ts';
import { BuildContext, type Lifetime, type Reference } from './build-context.ts';
import { buildFields } from './build-fields.ts';
import { buildMethod } from './build-method.ts';
import type { BatchShape, Constant, DefaultValue, EnumMember, EnumType, MetadataGroup, Model, Protocol, RecordType } from './model.ts';
import { Origins } from './origins.ts';

/** A model with what the passes need beside it. */
export interface ModelBuild {
  readonly model: Model;
  readonly origins: Origins;
  /** Every use of a declared name. */
  readonly references: readonly Reference[];
  /** Every declared name, entries with errors of shape included, so that uses of those are not reported too. */
  readonly declarations: KnownDeclarations;
}

/** Builds the model of what is valid; `isBroken` tells the entries and fields whose shape is wrong, which are left out. */
export function buildModel(root: SourceNode, declarations: KnownDeclarations, isBroken: (part: SourceNode) => boolean, diagnostics: DiagnosticCollector): ModelBuild {
  const origins = new Origins();
  const context = new BuildContext(diagnostics, origins, (name) => declarations.enums.has(name), isBroken);
  const protocol = buildProtocol(root.get('protocol') as SourceNode, origins);
  const lifetime: Lifetime = { since: protocol.versions[0]?.version ?? protocol.current };
  const each = <T>(section: Section, build: (name: string, node: SourceNode) => T): T[] =>
    context.entries(declarations[section]).map(([name, node]) => build(name, node));

  const model: Model = {
    protocol,
    enums: each('enums', (name, node) => buildEnum(context, name, node, lifetime)),
    types: each('types', (name, node) => buildType(context, name, node, lifetime)),
    methods: each('methods', (name, node) => buildMethod(context, name, node, lifetime)),
    metadata: each('metadata', (name, node) => buildMetadata(context, name, node, lifetime)),
    constants: each('constants', (name, node) => buildConstant(context, name, node, lifetime)),
    batches: each('batches', (name, node) => buildBatch(context, name, node, lifetime)),
  };
  return { model, origins, references: context.references, declarations };
}

function buildProtocol(node: SourceNode, origins: Origins): Protocol {
  const versions = [...(node.get('versions')?.entries() ?? [])].map(([version, entry]) => {
    const built = { version, served: entry.text('status') !== 'incomplete', snapshot: entry.text('snapshot'), doc: (entry.text('doc') ?? '').trim(), range: entry.keyRange };
    origins.set(built, entry, `version ${version}`);
    return built;
  });
  const current = versions.findLast((version) => version.served) ?? versions.at(-1);
  const protocol: Protocol = {
    name: node.text('name') as string,
    wireName: node.text('wire_name') as string,
    service: node.text('service') as string,
    routingKeySince: node.text('routing_key_since'),
    requestContract: node.text('request_contract') as Protocol['requestContract'],
    doc: (node.text('doc') ?? '').trim(),
    versions,
    current: current?.version ?? '',
    range: node.keyRange,
  };
  origins.set(protocol, node, 'the protocol');
  return protocol;
}

function buildEnum(context: BuildContext, name: string, node: SourceNode, protocol: Lifetime): EnumType {
  const declared = context.declared(name, node, protocol);
  const members = context.entries(node.get('members')).map(([member, entry]): EnumMember => {
    const built: EnumMember = { ...context.declared(member, entry, declared), value: entry.text('value') };
    context.origins.set(built, entry, `member \`${member}\` of \`${name}\``);
    return built;
  });
  const built: EnumType = { ...declared, encoding: node.text('encoding') === 'utf8' ? 'utf8' : 'dictionary', members };
  context.origins.set(built, node, `enum \`${name}\``);
  return built;
}

function buildType(context: BuildContext, name: string, node: SourceNode, protocol: Lifetime): RecordType {
  const declared = context.declared(name, node, protocol);
  const built: RecordType = { ...declared, fields: buildFields(context, node.get('fields'), 'field', name, declared), adapt: node.text('adapt') };
  context.origins.set(built, node, `type \`${name}\``);
  return built;
}

function buildMetadata(context: BuildContext, name: string, node: SourceNode, protocol: Lifetime): MetadataGroup {
  const keys = context.entries(node.get('keys')).map(([key, entry]) => {
    const built = { ...context.declared(key, entry, protocol), key: entry.text('key') as string, on: entry.text('on') as string };
    context.origins.set(built, entry, `metadata key \`${key}\` of \`${name}\``);
    return built;
  });
  const built: MetadataGroup = { name, doc: (node.text('doc') ?? '').trim(), keys, range: node.keyRange };
  context.origins.set(built, node, `metadata group \`${name}\``);
  return built;
}

function buildConstant(context: BuildContext, name: string, node: SourceNode, protocol: Lifetime): Constant {
  const built: Constant = { ...context.declared(name, node, protocol), type: node.text('type') as string, value: node.get('value')?.value as DefaultValue };
  context.origins.set(built, node, `constant \`${name}\``);
  return built;
}

function buildBatch(context: BuildContext, name: string, node: SourceNode, protocol: Lifetime): BatchShape {
  const declared = context.declared(name, node, protocol);
  const columns = context.entries(node.get('columns')).map(([column, entry]) => {
    const label = `column \`${column}\` of \`${name}\``;
    const lifetime = context.declared(column, entry, declared);
    const type = entry.get('type') as SourceNode;
    if (type.value !== 'any') context.place(type, label, lifetime);
    const built = { name: column, type: String(type.value), doc: lifetime.doc, since: lifetime.since, removed: lifetime.removed, range: lifetime.range };
    context.origins.set(built, entry, label);
    return built;
  });
  const built: BatchShape = { ...declared, rows: node.text('rows') ?? 'any', open: node.get('open')?.value === true, columns };
  context.origins.set(built, node, `batch shape \`${name}\``);
  return built;
}
