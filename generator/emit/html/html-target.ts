import { Layouts } from '../../layout/layouts.ts';
import type { Model } from '../../model/model.ts';
import { defineTarget } from '../define-target.ts';
import { methodGroups } from '../docs/methods-page.ts';
import { ownTemplates } from '../templates.ts';
import type { Article } from './article.ts';
import { ArticleBuilder, type Articles } from './articles.ts';
import { ExampleCalls } from './example-call.ts';
import { pageData } from './page-data.ts';
import { articleIds, escapeHtml, PageLinks } from './page-text.ts';
import { versionPairs } from './version-changes.ts';

/** The reference as one HTML page that loads nothing: search, an article for every declaration, versions side by side, bytes of example calls. */
export const htmlTarget = defineTarget({
  name: 'html',
  templates: ownTemplates('html'),
  view: (model, { sourceRoot }) => [{ path: 'index.html', template: 'page', view: pageView(model, sourceRoot) }],
});

function pageView(model: Model, sourceRoot: string): object {
  const { protocol } = model;
  const layouts = new Layouts(model);
  const links = new PageLinks(model);
  const pairs = versionPairs(model);
  const articles = new ArticleBuilder(model, layouts, links, pairs).all();
  const data = JSON.stringify(pageData(model, pairs, new ExampleCalls(layouts)));
  return {
    title: escapeHtml(protocol.name),
    doc: links.prose(protocol.doc),
    facts: [
      { label: 'Definition', html: `<code>${escapeHtml(sourceRoot)}</code>` },
      { label: 'Routing key', html: `<code>${escapeHtml(protocol.wireName)}</code>${protocol.routingKeySince === undefined ? '' : `, required since ${protocol.routingKeySince}`}` },
      { label: 'Service', html: `<code>${escapeHtml(protocol.service)}</code>` },
      { label: 'Requests', html: protocol.requestContract === 'exact' ? 'compared exactly: names, order, types and nullability' : 'compared by column name' },
    ],
    versions: protocol.versions.map(({ version, served, snapshot, doc }) => ({
      version,
      state: [version === protocol.current ? 'current' : served ? 'served' : 'known, not served', ...(snapshot === undefined ? [] : [`as of ${snapshot}`])].join(', '),
      doc: links.inline(doc),
    })),
    current: protocol.current,
    sections: sections(model, articles),
    articles: Object.values(articles).flat(),
    comparable: pairs.length > 0,
    // `<` would let text end the element; JSON may spell it out.
    data: data.replaceAll('<', '\\u003c'),
    ids: articleIds,
  };
}

/** The table of contents. */
function sections(model: Model, { methods, types, enums, batches, metadata, constants }: Articles): object[] {
  const byName = new Map(methods.map((article) => [article.title, article]));
  const groups = methodGroups(model).map(({ title, methods: own }) => ({ title: /^Methods /.test(title) ? escapeHtml(title) : `${escapeHtml(title)} methods`, articles: own.map(({ name }) => byName.get(name) as Article) }));
  const rest = [
    { title: 'Types', articles: types },
    { title: 'Enums', articles: enums },
    { title: 'Batch shapes', articles: batches },
    { title: 'Metadata keys', articles: metadata },
    { title: 'Constants', articles: constants },
  ];
  return [...groups, ...rest].filter(({ articles }) => articles.length > 0);
}
