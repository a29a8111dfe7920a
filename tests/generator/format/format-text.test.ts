import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { formatText } from '../../../generator/format/format-text.ts';
import { fixtures } from '../front/fixtures/all.ts';
import { unmark } from '../front/fixtures/fixture.ts';

const format = (text: string): string => {
  const { text: formatted, diagnostics } = formatText({ file: 'a.yaml', text });
  if (formatted === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  expect(formatText({ file: 'a.yaml', text: formatted }).text).toBe(formatted);
  return formatted;
};

/** Comments wherever one can stand. */
const commented = `# yaml-language-server: $schema=x.json
# What this file is.

types: # of all kinds
  # About T.
  T:
    fields: # in wire order
      # About a.
      a: {type: utf8, doc: One.}   # behind a
      b:
        doc: Two. # behind the doc
        # About the type.
        type: utf8

      # About nothing below.
    # About the doc.
    doc: Something.
  # The end of the types.
# The end.
`;

describe('the canonical layout', () => {
  it('has keys in one order and leaves the order of names, which means something, alone', () => {
    expect(
      format(`methods:
  b: {result: void, kind: unary, params: {z: {doc: Last., type: utf8}, a: {doc: First., default: "", type: utf8}}, doc: Does a thing.}
  a: {kind: unary, operation: {default: no_op, action: a, object: table}, doc: Does another., result: void}
types:
  T: {fields: {}, doc: Something., own_key: 1}
`),
    ).toBe(`types:
  T:
    doc: Something.
    fields: {}
    own_key: 1

methods:
  b:
    doc: Does a thing.
    kind: unary
    params:
      z: {type: utf8, doc: Last.}
      a: {type: utf8, default: "", doc: First.}
    result: void

  a:
    doc: Does another.
    kind: unary
    result: void
    operation: {object: table, action: a, default: no_op}
`);
  });

  it('keeps every comment with what it is about', () => {
    expect(
      format(commented),
    ).toBe(`# yaml-language-server: $schema=x.json
# What this file is.

types: # of all kinds
  # About T.
  T:
    # About the doc.
    doc: Something.
    fields: # in wire order
      # About a.
      a: {type: utf8, doc: One.} # behind a
      b:
        # About the type.
        type: utf8
        doc: Two. # behind the doc

      # About nothing below.
  # The end of the types.
# The end.
`);
  });

  it('writes what is between brackets over several lines if a comment is in it', () => {
    expect(format('types:\n  T:\n    doc: Something.\n    fields: {a: {type: utf8, # text\n      doc: One.}}\n')).toBe('types:\n  T:\n    doc: Something.\n    fields:\n      a:\n        type: utf8 # text\n        doc: One.\n');
  });

  it('folds long texts and unfolds short ones', () => {
    const long = 'word '.repeat(40).trim();
    const text = format(`types:\n  T: {doc: ${long}, fields: {a: {type: utf8, doc: >-\n    ${long}}}}\n`.replace('>-\n    ', ''));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(text).toContain('    doc: >-\n      word word');
    expect(format('types:\n  T:\n    doc: >-\n      A short\n      one.\n    fields: {}\n')).toContain('    doc: A short one.\n');
    expect(format('types:\n  T:\n    doc: |-\n      Two\n      lines.\n    fields: {}\n')).toContain('    doc: |-\n      Two\n      lines.\n');
  });

  it('quotes where YAML needs it and nowhere else', () => {
    const texts = ['plain', 'with: colon', 'a # hash', '- dash', '1.0', '1.0.0', 'true', 'null', '', ' space', 'it\'s', 'say "x"', '"', 'a,b', '{x}', 'tab\there', 'ümläut', '~', '0x1f', '.5', '1e3', '@at', 'end:', '\u2028'];
    const text = format(`constants:\n  A: {type: list<utf8>, value: ${JSON.stringify(texts)}, doc: x}\n`);
    expect((parse(text) as { constants: { A: { value: string[] } } }).constants.A.value).toEqual(texts);
    expect(format('types: {T: {"doc": "plain words", "fields": {}}}\n')).toContain('doc": plain words');
  });

  it('keeps line ends, anchors and the order around aliases', () => {
    expect(format('types:\r\n  T: {doc: x, fields: {}}\r\n')).toBe('types:\r\n  T:\r\n    doc: x\r\n    fields: {}\r\n');
    const anchored = 'methods:\n  a:\n    output: &words\n      w: {type: utf8?, doc: Said.}\n    kind: producer\n    doc: Talks.\n\n  b:\n    kind: producer\n    doc: Talks.\n    output: *words\n';
    expect(format(anchored)).toBe(anchored);
  });
});

describe('whatever the definition', () => {
  const texts = fixtures.flatMap(({ files }) => Object.values(files).flatMap((text) => (typeof text === 'string' ? [unmark(text).text] : [])));
  const pieces = fc.constantFrom('', ' ', '\n', '\n\n', '# note\n', ' # note\n', '\n# note\n', '\n      # note\n', '{', '}', '[', ']', ',', '*a', '&a ', '"', "'", '|\n', '>-\n', '- ', '? ', ': ', '1', '~', '\r\n');
  const edits = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat({ max: 6 }), insert: pieces }), { minLength: 1, maxLength: 6 });

  it('formatting says the same, keeps every comment, and is done after one time, or the text is no YAML', () => {
    let formatted = 0;
    fc.assert(
      fc.property(fc.oneof(fc.constant(commented), fc.constantFrom(...texts)), edits, (text, changes) => {
        let changed = text;
        for (const { at, drop, insert } of changes) {
          const offset = Math.floor(at * changed.length);
          changed = changed.slice(0, offset) + insert + changed.slice(offset + drop);
        }
        // Throws if what the file says would change.
        const first = formatText({ file: 'a.yaml', text: changed });
        if (first.text === undefined) return;
        formatted++;
        expect(formatText({ file: 'a.yaml', text: first.text }).text).toBe(first.text);
      }),
      { numRuns: 1000, seed: 20261124 },
    );
    expect(formatted).toBeGreaterThan(200);
  });
});
