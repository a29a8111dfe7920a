/** Kinds of functions with the places at which code of their authors runs; `later` is a batch after the first ones. */
export const places = {
  scalar: ['bind', 'first', 'later'],
  table: ['bind', 'init', 'first', 'later', 'end'],
  table_in_out: ['bind', 'init', 'first', 'later', 'finalize', 'finalize_later'],
  row: ['bind', 'first', 'later'],
  buffered: ['bind', 'first', 'later', 'combine', 'finalize', 'finalize_later'],
} as const;

export type Kind = keyof typeof places;
export type Place = (typeof places)[Kind][number];
export const kinds = Object.keys(places) as Kind[];

/** Ways to fail at a place. */
export const ways = ['throws', 'refuses', 'throws_text', 'rejects', 'lets_reject', 'exits', 'is_killed', 'babbles', 'hangs'] as const;
export type Way = (typeof ways)[number];

/** Places at which no promise is waited for. */
const isSynchronous = (kind: Kind, place: Place): boolean => (kind === 'scalar' && place === 'bind') || (kind === 'table_in_out' && place === 'init');

/** Whether a function fails at a place in a way: in the ways that differ most at every place, in others where it begins and ends. */
function fails(kind: Kind, place: Place, way: Way): boolean {
  if (way === 'throws' || way === 'exits' || way === 'is_killed') return true;
  if (way === 'hangs') return place === 'first';
  if ((way === 'rejects' || way === 'lets_reject') && isSynchronous(kind, place)) return false;
  return place === 'first' || place === places[kind].at(-1);
}

/** Results that are none. */
export const wrongResults = ['text_for_numbers', 'too_few', 'too_many', 'lacks_column', 'other_column', 'nothing', 'number'] as const;
export type WrongResult = (typeof wrongResults)[number];

/** Rows that each function is given or gives, in batches of 2,048; `later` begins with the last of them. */
export const ROWS = 6144;
export const LATER = 4096n;

/** Every function that fails at a place. */
export const failing: readonly { readonly kind: Kind; readonly place: Place; readonly way: Way; readonly name: string }[] = kinds.flatMap((kind) =>
  places[kind].flatMap((place) => ways.filter((way) => fails(kind, place, way)).map((way) => ({ kind, place, way, name: `${kind}_${place}_${way}` }))),
);

/** A query that sums up what a function gives. */
export function querying(kind: Kind, name: string): string {
  switch (kind) {
    case 'scalar':
      return `SELECT count(*), sum(f.${name}(i)) FROM range(${ROWS}) t(i)`;
    case 'table':
      return `SELECT count(*), sum((n + m) // 2) FROM f.${name}()`;
    case 'row':
      return `SELECT count(*), sum((n + m) // 2) FROM range(${ROWS}) t(i), f.${name}(t.i)`;
    default:
      return `SELECT count(*), sum((n + m) // 2) FROM f.${name}((SELECT i FROM range(${ROWS}) t(i)))`;
  }
}

/** What it answers where the function does not fail. */
export const rightAnswer: readonly string[] = [String(ROWS), String((ROWS * (ROWS - 1)) / 2)];
