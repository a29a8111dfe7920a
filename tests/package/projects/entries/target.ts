import { defineTarget, type Model, typeText } from 'vgi-gen/target';

const fieldsOf = ({ types }: Model): string[] => types.flatMap(({ name, fields }) => fields.map((field) => `${name}.${field.name}: ${typeText(field.type.type)}`));

/** Types alone are tested here: that a target can be written in TypeScript. */
export default defineTarget({
  name: 'field-list',
  templates: { list: '{{#each fields}}\n- {{this}}\n{{/each}}\n' },
  view: (model) => [{ path: 'fields.md', template: 'list', view: { fields: fieldsOf(model) } }],
});
