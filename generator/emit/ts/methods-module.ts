import { type Layout, nestedLayout } from '../../layout/layouts.ts';
import { typeRecord } from '../../layout/wire-record.ts';
import type { Field, Method, StreamSchema, Version } from '../../model/model.ts';
import { livesIn } from '../../model/versions.ts';
import { protocolHash } from '../protocol-hash.ts';
import { paramsType } from './method-signature.ts';
import { servedMethods, type ServedMethod } from '../served-records.ts';
import { streamSchemaName } from './streams-module.ts';
import { codecName, layoutSuffix, lowerFirst } from './ts-names.ts';
import { DeferredLayouts } from './deferred-layouts.ts';
import { propertyKey, quote, type TsModule } from './ts-module.ts';

/** A property of an object literal. */
interface Entry {
  readonly key: string;
  readonly value: string;
}

/** A function that finds the codec of a version, for records with more than one layout. */
interface LookupView {
  readonly name: string;
  readonly codecType: string;
  readonly type: string;
  readonly cases: readonly { readonly versions: readonly string[]; readonly codec: string }[];
  readonly newest: string;
}

/** What the methods' entries refer to. */
interface Codecs {
  readonly lookups: Map<string, LookupView>;
  readonly deferred: DeferredLayouts;
}

/** `methods.ts`: the descriptor of the protocol. */
export function methodsView(module: TsModule): object {
  const { protocol } = module.layouts.model;
  const codecs: Codecs = { lookups: new Map(), deferred: new DeferredLayouts(module) };
  const methods = servedMethods(module.layouts).map((served) => ({ name: served.method.name, entries: methodEntries(module, served, codecs) }));
  const served = protocol.versions.filter((version) => version.served).map(({ version }) => version);
  const head: Entry[] = [
    { key: 'name', value: quote(protocol.name) },
    { key: 'wireName', value: quote(protocol.wireName) },
    { key: 'service', value: quote(protocol.service) },
    { key: 'requestContract', value: quote(protocol.requestContract) },
    { key: 'versions', value: `[${served.map(quote).join(', ')}]` },
    { key: 'currentVersion', value: quote(protocol.current) },
    ...(protocol.routingKeySince === undefined ? [] : [{ key: 'routingKeySince', value: quote(protocol.routingKeySince) }]),
    { key: 'hash', value: quote(protocolHash(module.layouts.model)) },
  ];
  return { name: `${lowerFirst(module.names.stem)}Protocol`, type: module.runtimeType('ProtocolDescriptor'), protocol: protocol.name, head, methods, lookups: [...codecs.lookups.values()], layouts: codecs.deferred.view(served) };
}

function methodEntries(module: TsModule, { method, params, result }: ServedMethod, codecs: Codecs): Entry[] {
  const names = module.names.method(method);
  const entries: Entry[] = [
    { key: 'name', value: quote(method.name) },
    { key: 'handler', value: quote(names.method) },
    { key: 'kind', value: quote(method.kind) },
    { key: 'since', value: quote(method.since) },
  ];
  const add = (key: string, value: string | undefined): unknown => value !== undefined && entries.push({ key, value });
  const lookup = (stem: string, type: string, layouts: readonly Layout[], from: string): string => codecLookup(module, stem, type, layouts, from, codecs);
  add('removed', method.removed === undefined ? undefined : quote(method.removed));
  add('params', lookup(names.params, params.length > 1 ? paramsType(module, method) : '', params, './calls.ts'));
  if (result !== undefined) add('result', lookup(names.result, result.layouts.length > 1 ? module.placeType(result.type.type) : '', result.layouts, './calls.ts'));
  if (method.header !== undefined) {
    const layouts = headerLayouts(module, method, method.header);
    add('header', lookup(module.names.of(module.layouts.type(method.header)), layouts.length > 1 ? module.recordType(method.header) : '', layouts, './codecs.ts'));
  }
  add('input', streamEntry(module, method.input, names.input));
  add('output', streamEntry(module, method.output, names.output));
  const marks = markedProperties(module, method);
  if (marks.secret.length > 0) add('secret', `[${marks.secret.map(quote).join(', ')}]`);
  if (marks.opaque.length > 0) add('opaque', `{ ${marks.opaque.map(({ key, value }) => `${key}: ${value}`).join(', ')} }`);
  const { operation } = method;
  if (operation !== undefined) add('operation', `{ object: ${quote(operation.object)}, action: ${quote(operation.action)}, required: ${operation.required} }`);
  return entries;
}

/** Layouts of the header in the versions that have the method. */
function headerLayouts(module: TsModule, method: Method, header: string): Layout[] {
  const versions = module.layouts.of(typeRecord(module.layouts.type(header))).flatMap((layout) => layout.versions);
  return [...new Set(versions.filter((version) => livesIn(method, version)).map((version) => nestedLayout(module.layouts, header, version)))];
}

/** A function from version to codec, as an expression; records with more than one layout get a function of their own. */
function codecLookup(module: TsModule, stem: string, type: string, layouts: readonly Layout[], from: string, { lookups, deferred }: Codecs): string {
  const codec = (layout: Layout): string => {
    const name = codecName(stem, layoutSuffix(layout));
    return layout.current ? module.localValue(name, from) : deferred.value(name, layout);
  };
  const [newest, ...older] = [...layouts].reverse() as [Layout, ...Layout[]];
  if (older.length === 0) return `() => ${codec(newest)}`;
  const name = `${codecName(stem)}For`;
  const cases = older.reverse().map((layout) => ({ versions: layout.versions.map(quote), codec: codec(layout) }));
  lookups.set(name, { name, codecType: module.runtimeType('RecordCodec'), type, cases, newest: codec(newest) });
  return name;
}

function streamEntry(module: TsModule, schema: StreamSchema | undefined, columns: string): string | undefined {
  if (schema === undefined) return undefined;
  return schema.dynamic ? quote('dynamic') : `() => ${module.localValue(streamSchemaName(columns), './streams.ts')}`;
}

/** Properties of the parameters object that must not be logged or hold opaque bytes; those of nested records as dotted paths. */
function markedProperties(module: TsModule, method: Method): { secret: string[]; opaque: Entry[] } {
  const { layouts, names } = module;
  const secret: string[] = [];
  const opaque: Entry[] = [];
  const visit = (fields: readonly Field[], path: string, above: ReadonlySet<string>, version: Version): void => {
    for (const field of fields.filter((candidate) => livesIn(candidate, version))) {
      const { type } = field.type;
      if (!field.secret && field.opaque === undefined && type.kind !== 'ipc') continue;
      const own = `${path}${names.property(field)}`;
      if (field.secret) secret.push(own);
      if (field.opaque !== undefined) opaque.push({ key: propertyKey(own), value: quote(field.opaque) });
      if (type.kind === 'ipc' && !above.has(type.name)) visit(layouts.type(type.name).fields, `${own}.`, new Set([...above, type.name]), version);
    }
  };
  const { current } = layouts.model.protocol;
  const fields = method.request === undefined ? method.params : layouts.type(method.request).fields;
  visit(fields, '', new Set(), current);
  return { secret, opaque };
}
