import { describe, expect, it } from 'vitest';
import { compilerErrors, implemented, modulesOf, shopDefinition } from './shop.ts';

const imports = `import type { CallContext, ExchangeStream, MaybePromise, ProducerStream } from 'vgi-gen/runtime/v1';
import { methodNotImplemented } from 'vgi-gen/runtime/v1';
import { type AskParams, type HaggleInput, type HaggleOutput, type HaggleParams, type ListOutput, type ListParams, type Order, type Receipt, ShopHandlers } from '../generated/shop/ts/index.ts';
`;
const ask = '  override ask({ item }: AskParams): bigint {\n    return BigInt(item.length);\n  }\n';
const list = '  override *list(): Generator<ListOutput> {\n    yield { item: ["a"] };\n  }\n';
const haggle = '  override async *haggle(_: HaggleParams, input: AsyncIterable<HaggleInput>): AsyncGenerator<HaggleOutput> {\n    for await (const { offer } of input) yield { price: offer };\n  }\n';
const buy = "  override buy(request: Order): Receipt {\n    return { number: BigInt(request.item.length), mood: 'GLAD' };\n  }\n";
const missingBuy = `  /**
   * Takes one thing from the shelf.
   *
   * @returns Keep it.
   */
  override buy(request: Order, context: CallContext): MaybePromise<Receipt> {
    throw methodNotImplemented('buy');
  }
`;

const whole = `${buy}${ask}${list}${haggle}`;

const slugs = (found: readonly { readonly slug: string; readonly range: { readonly start: { readonly line: number; readonly column: number } } }[]): string[] =>
  found.map(({ slug, range }) => `${range.start.line}:${range.start.column} ${slug}`);

/** The file is changed to exactly `after`, which the compiler accepts, and implementing it again changes nothing. */
function expectChange(before: string, after: string, others: Readonly<Record<string, string>> = {}): void {
  const result = implemented(before, undefined, others);
  expect(result.text).toBe(after);
  expect(result.diagnostics).toEqual([]);
  expect(compilerErrors(result.text, undefined, others)).toEqual([]);
  const again = implemented(result.text, undefined, others);
  expect(again.text).toBe(after);
  expect(again.changes).toEqual([]);
}

describe('missing methods', () => {
  it('are added to an empty class, with docs, exact signatures and imports', () => {
    expectChange(
      "import { ShopHandlers } from '../generated/shop/ts/index.ts';\n\nexport class Shop extends ShopHandlers {}\n",
      `import { ShopHandlers } from '../generated/shop/ts/index.ts';
import type {
  AskParams,
  HaggleInput,
  HaggleOutput,
  HaggleParams,
  ListOutput,
  ListParams,
  Order,
  Receipt,
} from '../generated/shop/ts/index.ts';
import type { CallContext, ExchangeStream, MaybePromise, ProducerStream } from 'vgi-gen/runtime/v1';
import { methodNotImplemented } from 'vgi-gen/runtime/v1';

export class Shop extends ShopHandlers {
${missingBuy}
  /** Asks for a price. */
  override ask(params: AskParams, context: CallContext): MaybePromise<bigint | undefined> {
    throw methodNotImplemented('ask');
  }

  /** Lists what there is. */
  override list(params: ListParams, context: CallContext): MaybePromise<ProducerStream<ListOutput>> {
    throw methodNotImplemented('list');
  }

  /** Offers and counter-offers. */
  override haggle(params: HaggleParams, input: AsyncIterable<HaggleInput>, context: CallContext): MaybePromise<ExchangeStream<HaggleInput, HaggleOutput>> {
    throw methodNotImplemented('haggle');
  }
}
`,
    );
  });

  it('follow comments, decorators and odd layout, all of which stay', () => {
    const head = `// by hand\n${imports}function tag(_target: unknown, _context?: unknown): void {}\n\n@tag\nexport class Shop\n  extends ShopHandlers\n{ // the shop\n\n`;
    const body = `${ask}  // between two members\n\n\n  /* odd   spacing */   @tag\n${list}  static buy = 1;\n  #buy = 2;\n${haggle}  bought(): number { return this.#buy }\n\n  // last words\n`;
    expectChange(`${head}${body}}\n// after\n`, `${head}${body}\n${missingBuy}}\n// after\n`);
  });

  it('keep carriage returns and tabs', () => {
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n').replaceAll('  ', '\t');
    const start = `\uFEFF${imports}\nexport class Shop extends ShopHandlers {\n${ask}${list}${haggle}`;
    expectChange(crlf(`${start}}\n`), crlf(`${start}\n${missingBuy}}\n`));
  });

  it('are found in every class of a file, also in expressions and without a name', () => {
    const whole = `${ask}${list}${haggle}`;
    expectChange(
      `${imports}export class One extends ShopHandlers {\n${whole}}\nexport const two = class extends ShopHandlers {\n${whole}};\nexport const three = new (class extends ShopHandlers {\n${whole}})();\nexport class Other extends Map {}\nexport default class extends ShopHandlers {\n${buy}${whole}}\n`,
      `${imports}export class One extends ShopHandlers {\n${whole}\n${missingBuy}}\nexport const two = class extends ShopHandlers {\n${whole}\n${missingBuy}};\nexport const three = new (class extends ShopHandlers {\n${whole}\n${missingBuy}})();\nexport class Other extends Map {}\nexport default class extends ShopHandlers {\n${buy}${whole}}\n`,
    );
  });

  it('are those that neither base classes nor mixins nor function properties implement', () => {
    const mixin = 'type Constructor = abstract new (...args: any[]) => ShopHandlers;\nfunction Asking<T extends Constructor>(Base: T) {\n  abstract class Asks extends Base {\n    override ask(): bigint { return 1n; }\n  }\n  return Asks;\n}\n';
    const arrow = '  override list = (): Generator<ListOutput> => Object.assign([].values() as never);\n';
    const abstract = `abstract class Half extends Asking(ShopHandlers) {\n${haggle}}\n`;
    expectChange(`${imports}${mixin}${abstract}export class Shop extends Half {\n${arrow}}\n`, `${imports}${mixin}${abstract}export class Shop extends Half {\n${arrow}\n${missingBuy}}\n`);
  });

  it('do not include what classes in between declare for themselves', () => {
    const half = `abstract class Half extends ShopHandlers {\n${whole}  abstract till(): string;\n}\n`;
    const text = `${imports}${half}export class Shop extends Half {\n  override till(): string {\n    return methodNotImplemented.name;\n  }\n}\n`;
    expect(implemented(text)).toEqual({ text, changes: [], diagnostics: [] });
  });

  it('are looked up in files that are imported by path', () => {
    const others = {
      'half.ts': `import * as shop from '../generated/shop/ts/handlers.ts';\nexport { asking } from './asking.ts';\nexport abstract class Half extends shop.ShopHandlers {\n${list.replace('ListOutput', '{ item: string[] }')}}\n`,
      'asking.ts': 'export const asking = <T extends abstract new (...args: any[]) => object>(Base: T) => { abstract class Asks extends Base { ask(): bigint { return 1n; } } return Asks; };\n',
    };
    const start = "import { Half } from './half.ts';\nimport { asking } from './asking.ts';\n";
    const added = "import type { HaggleInput, HaggleOutput, HaggleParams, Order, Receipt } from '../generated/shop/ts/index.ts';\nimport type { CallContext, ExchangeStream, MaybePromise } from 'vgi-gen/runtime/v1';\nimport { methodNotImplemented } from 'vgi-gen/runtime/v1';\n";
    const { text, diagnostics, changes } = implemented(`${start}export class Shop extends asking(Half) {}\n`, undefined, others);
    expect(diagnostics).toEqual([]);
    expect(changes.map(({ message }) => message)).toEqual(['`Shop` lacks the required method `buy`.', '`Shop` lacks the required method `haggle`.']);
    expect(text.startsWith(`${start.trimEnd()}\n${added}export class Shop extends asking(Half) {\n`)).toBe(true);
  });

  it('are not guessed behind a mixin that cannot be read', () => {
    const text = `import { logged } from 'elsewhere';\n${imports}export class Shop extends logged(ShopHandlers) {\n${ask}}\n`;
    const result = implemented(text);
    expect(result.text).toBe(text);
    expect(result.diagnostics).toMatchObject([{ slug: 'base-not-read', severity: 'warning', message: expect.stringMatching(/`logged` .*`buy`, `list`, `haggle`/) }]);
  });

  it('avoid names that mean something else in the file', () => {
    const start = "import * as rpc from 'vgi-gen/runtime/v1';\nimport { ShopHandlers as Base, type ListOutput, type HaggleInput, type HaggleOutput, type HaggleParams } from '../generated/shop/ts/handlers.ts';\n";
    const [first, second] = [start.split('\n')[0], "import { ShopHandlers as Base } from '../generated/shop/ts/index.ts';"];
    const own = 'class Order {}\nexport const order = new Order();\n';
    const { text } = implemented(`${first}\n${second}\n${own}export class Shop extends Base {\n  ask(): bigint {\n    return 1n;\n  }\n  list = undefined as never;\n  haggle = undefined as never;\n}\n`);
    expect(text).toContain("import { ShopHandlers as Base, type Order as ShopOrder, type Receipt } from '../generated/shop/ts/index.ts';");
    expect(text).toContain("override buy(request: ShopOrder, context: rpc.CallContext): rpc.MaybePromise<Receipt> {\n    throw rpc.methodNotImplemented('buy');");
  });
});

describe('signatures', () => {
  const classOf = (members: string): string => `${imports}export class Shop extends ShopHandlers {\n${members}}\n`;
  const rest = `${ask}${list}${haggle}`;

  it('that differ in what the compiler accepts are left alone', () => {
    const members = `  override async buy(order: Pick<Order, 'item'>): Promise<Receipt & { readonly till: number }> {\n    return { number: 1n, mood: 'SAD', till: order.item.length };\n  }\n${rest}`;
    expectChange(classOf(members), classOf(members));
  });

  it('get the types of the protocol; names, comments, defaults and bodies stay', () => {
    const before = "  override async buy(/* what */ wish : AskParams /* ! */, _ctx: CallContext): Promise<string> {\n    return { number: 1n, mood: 'SAD' } as never;\n  }\n  override ask = ({ item }: AskParams, context: Receipt = undefined as never): `${bigint}` => item as never ?? context;\n";
    const after = "  override async buy(/* what */ wish : AskParams /* ! */, _ctx: CallContext): Promise<Receipt> {\n    return { number: 1n, mood: 'SAD' } as never;\n  }\n  override ask = ({ item }: AskParams, context: CallContext = undefined as never): MaybePromise<bigint | undefined> => item as never ?? context;\n";
    expectChange(classOf(before + list + haggle), classOf(after + list + haggle));
  });

  it('of generators say what they yield', () => {
    const before = list.replace('ListOutput', 'Receipt') + haggle.replace('<HaggleOutput>', '<HaggleInput>').replace('{ price: offer }', '{ price: offer } as never');
    const after = before.replace('Generator<Receipt>', 'Generator<ListOutput>').replace('Generator<HaggleInput>', 'Generator<HaggleOutput>');
    expectChange(classOf(before.replace('["a"] }', '["a"] } as never') + ask + buy), classOf(after.replace('["a"] }', '["a"] } as never') + ask + buy));
  });

  it('get parameters that were added, and lose those that are gone', () => {
    const before = '  override haggle(p: HaggleParams, c: CallContext): never {\n    throw [p, c];\n  }\n  override list(p: ListParams, more: AsyncIterable<ListOutput>, c: CallContext): never {\n    throw [p, c];\n  }\n';
    const after = '  override haggle(p: HaggleParams, input: AsyncIterable<HaggleInput>, c: CallContext): never {\n    throw [p, c];\n  }\n  override list(p: ListParams, c: CallContext): never {\n    throw [p, c];\n  }\n';
    expectChange(classOf(before + buy + ask), classOf(after + buy + ask));
  });

  it('of overloads are reported, not changed, unless one fits', () => {
    const fits = `  buy(request: Order): Receipt;\n  buy(request: Order, note?: string): Receipt {\n    return { number: BigInt(request.item.length + (note ?? '').length), mood: 'GLAD' };\n  }\n`;
    expectChange(classOf(fits + rest), classOf(fits + rest));
    const unfit = classOf("  buy(request: Order): string;\n  buy(request: Order, note: string): string;\n  buy(request: Order, note = ''): string {\n    return request.item + note;\n  }\n" + rest);
    const result = implemented(unfit);
    expect(result.text).toBe(unfit);
    expect(slugs(result.diagnostics)).toEqual(['7:3 handler-overloads']);
    expect(result.diagnostics[0]?.hint).toContain('`buy(request: Order, context: CallContext): MaybePromise<Receipt>`');
  });

  it('follow a type that was renamed, imports included', () => {
    const renamed = modulesOf(shopDefinition.replace('request: Order', 'request: Wish').replace('  Order:', '  Wish:').replace('result: {type: ipc<Receipt>', 'result: {type: ipc<Slip>').replace('  Receipt:', '  Slip:'));
    const { text, diagnostics } = implemented(classOf(buy + rest), [renamed]);
    expect(diagnostics).toEqual([]);
    expect(text).toBe(classOf(buy.replace('Order', 'Wish').replace('Receipt', 'MaybePromise<Slip>') + rest).replace('type Order, type Receipt,', 'type Wish, type Slip,'));
    expect(compilerErrors(text, renamed)).toEqual([]);
  });
});

describe('findings', () => {
  it('name methods that the protocol has no more, and what they may have become', () => {
    const text = `${imports}export class Shop extends ShopHandlers {\n${whole.replace('override ask', 'override asks')}  sell(order: Order, context: CallContext): void {\n    this.#note(order, context);\n  }\n  own(order: Order): string {\n    return order.item;\n  }\n  #note(_: Order, __: CallContext): void {}\n}\n`;
    const { diagnostics, changes } = implemented(text);
    expect(slugs(diagnostics)).toEqual(['8:12 handler-gone', '17:3 handler-gone']);
    expect(diagnostics.map(({ hint }) => hint)).toEqual(['was it renamed to `ask`? Then rename it here; otherwise remove it.', 'remove it, or make it private if something else calls it.']);
    expect(changes.map(({ message }) => message)).toEqual(['`Shop` lacks the required method `ask`.']);
  });

  it('tell what a check would change, and where', () => {
    const { changes } = implemented(`${imports}export class Shop extends ShopHandlers {\n${whole.replace(': Receipt', ': string').replace(ask, '')}}\n`);
    expect(slugs(changes)).toEqual(['4:14 handler-missing', '5:12 handler-outdated']);
  });

  it('say that a file is no TypeScript, or has no handlers', () => {
    expect(implemented('export class {{\n')).toMatchObject({ text: 'export class {{\n', diagnostics: [{ slug: 'source-syntax', range: { start: { line: 1 } } }] });
    expect(implemented('export class A extends Array {}\n').diagnostics).toMatchObject([{ slug: 'no-handler-class', hint: expect.stringContaining('`ShopHandlers`') }]);
  });
});
