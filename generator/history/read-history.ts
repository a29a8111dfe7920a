import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../load/parse-yaml.ts';
import type { SourceRange } from '../load/source.ts';
import type { SourceNode } from '../load/source-node.ts';
import type { DefaultValue, EnumType, Method, Protocol } from '../model/model.ts';
import validateHistory from '../validate/compiled/history.js';
import { validateShape } from '../validate/validate.ts';
import type { FieldPart, Snapshot, StreamPart } from './snapshot.ts';
import { splitType } from './snapshot-of.ts';

/** Reads a history file, with positions (JSON is YAML too). Reports what is wrong and gives `undefined` if something is. */
export function readHistory(file: string, text: string, diagnostics: DiagnosticCollector): Snapshot | undefined {
  const root = parseYaml(file, text, diagnostics);
  if (root === undefined || validateShape(root, validateHistory, diagnostics).length > 0) return undefined;
  const places = new Map<string, SourceRange>();
  const reader = new Reader(places);
  return {
    protocol: root.text('protocol') as string,
    version: root.text('version') as string,
    wireName: root.text('wire_name') as string,
    service: root.text('service') as string,
    requestContract: root.text('request_contract') as Protocol['requestContract'],
    routingKey: root.get('routing_key')?.value === true,
    types: reader.parts(root.get('types'), (name, node) => ({ fields: reader.columns(node, name) })),
    enums: reader.parts(root.get('enums'), (name, node) => ({ encoding: node.text('encoding') as EnumType['encoding'], members: reader.members(node.get('members'), name) })),
    methods: reader.parts(root.get('methods'), (name, node) => ({
      kind: node.text('kind') as Method['kind'],
      params: reader.columns(node.get('params'), name),
      result: node.text('result'),
      header: node.text('header'),
      input: reader.stream(node.get('input'), `${name}.input`),
      output: reader.stream(node.get('output'), `${name}.output`),
    })),
    metadata: reader.parts(root.get('metadata'), (_, node) => ({ key: String(node.value) })),
    constants: reader.parts(root.get('constants'), (_, node) => ({ type: node.text('type') as string, value: node.get('value')?.value as DefaultValue })),
    batches: reader.parts(root.get('batches'), (name, node) => ({ open: node.get('open')?.value === true, columns: reader.columns(node.get('columns'), name) })),
    range: root.get('version')?.range ?? root.range,
    places,
  };
}

/** Reads the parts of a valid history file and notes where each stands. */
class Reader {
  readonly #places: Map<string, SourceRange>;

  constructor(places: Map<string, SourceRange>) {
    this.#places = places;
  }

  parts<P>(mapping: SourceNode | undefined, build: (name: string, node: SourceNode) => P): readonly (P & { readonly name: string; readonly range: SourceRange })[] {
    return [...(mapping?.entries() ?? [])].map(([name, node]) => ({ ...build(name, node), name, range: this.#note(name, node.keyRange) }));
  }

  columns(list: SourceNode | undefined, owner: string): readonly FieldPart[] {
    return [...(list?.entries() ?? [])].map(([, node]): FieldPart => {
      const name = node.text('name') as string;
      const range = this.#note(`${owner}.${name}`, node.get('name')?.range ?? node.range);
      return { name, range, ...splitType(node.text('type') as string), carriesNull: node.get('carries_null')?.value === true, nameIn: () => name };
    });
  }

  members(list: SourceNode | undefined, owner: string): readonly { readonly name: string; readonly value?: string; readonly range: SourceRange }[] {
    return [...(list?.entries() ?? [])].map(([, node]) => {
      const name = node.text('name') as string;
      return { name, value: node.text('value'), range: this.#note(`${owner}.${name}`, node.get('name')?.range ?? node.range) };
    });
  }

  stream(node: SourceNode | undefined, owner: string): StreamPart | undefined {
    return node === undefined ? undefined : node.value === 'dynamic' ? 'dynamic' : this.columns(node, owner);
  }

  #note(path: string, range: SourceRange): SourceRange {
    this.#places.set(path, range);
    return range;
  }
}
