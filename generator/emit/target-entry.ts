/** What a target of a project's own is made with: the entry `vgi-gen/target`. */
export { defineTarget, type TargetDefinition, type TargetFile } from './define-target.ts';
export type { Target, TargetOptions } from './targets.ts';
export type { TemplateOverrides, TemplateSource } from './templates.ts';
export { EmitError } from './emit-error.ts';
export { Layouts, type Layout } from '../layout/layouts.ts';
export type * from '../model/model.ts';
export { typeText } from '../model/type-text.ts';
export { livesIn } from '../model/versions.ts';
export { camelCase, kebabCase, pascalCase } from '../names/case.ts';
