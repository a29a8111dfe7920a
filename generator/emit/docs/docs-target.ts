import type { Model } from '../../model/model.ts';
import { defineTarget } from '../define-target.ts';
import { ownTemplates } from '../templates.ts';
import { cell, code, link, paragraph } from './markdown.ts';
import { methodGroups, methodsView } from './methods-page.ts';
import { batchesView, constantsView, enumsView, metadataView } from './reference-pages.ts';
import { typesView } from './types-page.ts';

/** Markdown: a reference of the protocol, one page for each kind of thing. */
export const docsTarget = defineTarget({
  name: 'docs',
  templates: ownTemplates('docs'),
  view(model, { sourceRoot }) {
    const pages = [
      { path: 'methods', title: 'Methods', there: model.methods.length > 0, view: methodsView },
      { path: 'types', title: 'Types', there: model.types.length > 0, view: typesView },
      { path: 'enums', title: 'Enums', there: model.enums.length > 0, view: enumsView },
      { path: 'batches', title: 'Batch shapes', there: model.batches.length > 0, view: batchesView },
      { path: 'metadata', title: 'Metadata keys', there: model.metadata.length > 0, view: metadataView },
      { path: 'constants', title: 'Constants', there: model.constants.length > 0, view: constantsView },
    ].filter(({ there }) => there);
    return [
      { path: 'index.md', template: 'index', view: indexView(model, sourceRoot, pages) },
      ...pages.map(({ path, view }) => ({ path: `${path}.md`, template: path, view: view(model) })),
    ];
  },
});

function indexView(model: Model, sourceRoot: string, pages: readonly { readonly path: string; readonly title: string }[]): object {
  const { protocol } = model;
  return {
    protocol: protocol.name,
    doc: paragraph(protocol.doc),
    facts: [
      `Definition: ${code(sourceRoot)}`,
      `Routing key: ${code(protocol.wireName)}${protocol.routingKeySince === undefined ? '' : `, required since ${protocol.routingKeySince}`}`,
      `Service: ${code(protocol.service)}`,
      `Requests are compared ${protocol.requestContract === 'exact' ? 'exactly, in names, order, types and nullability' : 'by column name'}`,
    ],
    versions: protocol.versions.map(({ version, served, snapshot, doc }) => ({
      version: version === protocol.current ? `**${version}**` : version,
      state: [version === protocol.current ? 'current' : served ? 'served' : 'known, not served', ...(snapshot === undefined ? [] : [`as of ${snapshot}`])].join(', '),
      doc: cell(doc),
    })),
    pages,
    groups: methodGroups(model).map(({ title, methods }) => ({ title, methods: methods.map(({ name }) => link(name, 'methods', name)).join(', ') })),
  };
}
