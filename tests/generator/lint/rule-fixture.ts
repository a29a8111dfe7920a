import { readFileSync } from 'node:fs';
import { protocolHead, unmarkAll, type Mark } from '../front/fixtures/fixture.ts';

/** A definition that a rule has nothing against, one in which it finds the marked ranges, and that one with its fixes applied. */
export interface RuleFixture {
  readonly ok: string;
  readonly bad: { readonly text: string; readonly marks: readonly Mark[]; /** With marks and without the head, as the file has it. */ readonly written: string };
  readonly fixed?: string;
}

/** Reads `fixtures/<slug>.yaml`: parts that begin with `--- # ok`, `--- # bad` and `--- # fixed`. Parts without `protocol` get the usual one. */
export function readRuleFixture(slug: string): RuleFixture {
  const text = readFileSync(new URL(`fixtures/${slug}.yaml`, import.meta.url), 'utf8');
  const parts = new Map(text.split(/^--- # /m).slice(1).map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]));
  const whole = (part: string): string => (part.startsWith('protocol:') ? part : protocolHead + part);
  const ok = parts.get('ok');
  const bad = parts.get('bad');
  if (ok === undefined || bad === undefined) throw new Error(`${slug}.yaml lacks a part`);
  const fixed = parts.get('fixed');
  return { ok: whole(ok), bad: { ...unmarkAll(whole(bad)), written: bad }, ...(fixed === undefined ? {} : { fixed: whole(fixed) }) };
}
