import type { Model } from '../../model/model.ts';
import { defaultText } from './column-rows.ts';
import { cell, code, deprecation, lifetime, paragraph } from './markdown.ts';

const oldestOf = ({ protocol }: Model): string => protocol.versions[0]?.version ?? '';

/** `enums.md`: every enum with its members. */
export function enumsView(model: Model): object {
  const oldest = oldestOf(model);
  const enums = model.enums.map((type) => ({
    name: type.name,
    doc: paragraph([type.doc, deprecation(type)].join(' ')),
    encoding: type.encoding === 'utf8' ? 'As a column plain text.' : 'As a column a dictionary of the names.',
    members: type.members.map((member) => ({
      name: code(member.name),
      value: member.value === undefined ? '' : code(member.value),
      versions: lifetime(member, oldest),
      doc: cell([member.doc, deprecation(member)].join(' ')),
    })),
  }));
  return { protocol: model.protocol.name, enums };
}

/** `batches.md`: the shapes of record batches that travel inside columns. */
export function batchesView(model: Model): object {
  const oldest = oldestOf(model);
  const batches = model.batches.map((shape) => ({
    name: shape.name,
    doc: paragraph(shape.doc),
    rows: shape.rows,
    open: shape.open,
    columns: shape.columns.map((column) => ({
      name: code(column.name),
      type: cell(code(column.type)),
      versions: lifetime({ since: column.since ?? oldest, removed: column.removed }, oldest),
      doc: cell(column.doc),
    })),
  }));
  return { protocol: model.protocol.name, batches };
}

/** `metadata.md`: the metadata keys of every group. */
export function metadataView(model: Model): object {
  const oldest = oldestOf(model);
  const groups = model.metadata.map((group) => ({
    name: group.name,
    doc: paragraph(group.doc),
    keys: group.keys.map((key) => ({ key: code(key.key), on: cell(key.on), versions: lifetime(key, oldest), doc: cell([key.doc, deprecation(key)].join(' ')) })),
  }));
  return { protocol: model.protocol.name, groups };
}

/** `constants.md`: every constant. */
export function constantsView(model: Model): object {
  const oldest = oldestOf(model);
  const constants = model.constants.map((constant) => ({
    name: code(constant.name),
    value: cell(code(defaultText(constant.value))),
    type: cell(code(constant.type)),
    versions: lifetime(constant, oldest),
    doc: cell([constant.doc, deprecation(constant)].join(' ')),
  }));
  return { protocol: model.protocol.name, constants };
}
