import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: a build script without declarations
import { compileValidator, validatorDeclaration, validators } from '../../../tools/compile-validators.mjs';

const projectFile = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

describe.each(Object.entries(validators as Record<string, string>))('%s', (compiled, source) => {
  it('is what its schema compiles to', async () => {
    expect(projectFile(compiled)).toBe(await compileValidator(source));
    expect(projectFile(compiled.replace(/\.js$/, '.d.ts'))).toBe(validatorDeclaration);
  });

  const schema = JSON.parse(projectFile(source)) as Schema;

  it('has a schema that describes every property for editors and allows no other', () => {
    const findings: string[] = [];
    walk(schema, '#', (part, path) => {
      if (part.properties === undefined || /\/(if|then)$/.test(path)) return;
      if (part['additionalProperties'] !== false) findings.push(`${path} allows other properties`);
      for (const [name, property] of Object.entries(part.properties)) {
        const described = property['description'] ?? resolve(schema, property)['description'];
        if (typeof described !== 'string') findings.push(`${path}/${name} has no description`);
      }
    });
    expect(findings).toEqual([]);
  });

  it('says of everything that can be wrong what is expected', () => {
    const findings: string[] = [];
    walk(schema, '#', (part, path) => {
      const needsTitle = 'type' in part || 'pattern' in part || 'enum' in part;
      if (needsTitle && !/\/if(\/|$)/.test(path) && part['title'] === undefined) findings.push(path);
    });
    expect(findings).toEqual([]);
  });

  it('uses only keywords that messages exist for', () => {
    const known = [
      ...['$schema', '$id', '$ref', '$defs', 'title', 'description', 'if', 'then', 'allOf', 'const', 'properties', 'propertyNames', 'items'],
      ...['additionalProperties', 'required', 'type', 'enum', 'pattern', 'not', 'minItems', 'minProperties', 'maxLength', 'uniqueItems'],
    ];
    const used = new Set<string>();
    walk(schema, '#', (part) => {
      for (const keyword of Object.keys(part)) used.add(keyword);
    });
    expect([...used].filter((keyword) => !known.includes(keyword))).toEqual([]);
  });
});

const resolve = (root: Schema, part: Schema): Schema => {
  const name = /^#\/\$defs\/(\w+)$/.exec(String(part['$ref']))?.[1];
  return name === undefined ? part : ((root['$defs'] as Readonly<Record<string, Schema>>)[name] as Schema);
};

/** Visits every schema inside a schema. */
function walk(part: Schema, path: string, visit: (part: Schema, path: string) => void): void {
  visit(part, path);
  const inner = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null) walk(value as Schema, `${path}/${name}`, visit);
  };
  for (const keyword of ['properties', '$defs']) for (const [name, value] of Object.entries((part[keyword] ?? {}) as object)) inner(`${keyword}/${name}`, value);
  for (const keyword of ['additionalProperties', 'items', 'propertyNames', 'if', 'then', 'not']) inner(keyword, part[keyword]);
  for (const [index, value] of ((part['allOf'] ?? []) as unknown[]).entries()) inner(`allOf/${index}`, value);
}
