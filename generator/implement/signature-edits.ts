import type { AuthorFile, Splice } from './author-file.ts';
import type { AuthorImports } from './author-imports.ts';
import type { ContractMethod, HandlerContract } from './handler-contract.ts';
import { ts } from './typescript.ts';

/** A member of a class that implements a method as a function: a method, or a property that holds a function. */
export interface Implementation {
  readonly name: ts.PropertyName;
  readonly signature: ts.MethodDeclaration | ts.ArrowFunction | ts.FunctionExpression;
}

/** What of a signature differs from what the protocol says, and the text that it should be. */
export interface SignatureEdit {
  readonly part: 'parameter' | 'parameters' | 'return';
  /** Place among the method's parameters in the contract. */
  readonly index: number;
  readonly node: ts.Node;
  /** Made only if the edit is used: it may import names. */
  readonly splice: () => Splice;
}

const spread = (returns: string): string => /^MaybePromise<(.*)>$/s.exec(returns)?.[1] ?? returns;

/** Of a stream without header the type of what it emits, which is what a generator yields: the last type argument. */
function emitted(returns: string): string | undefined {
  const args = /^(?:ProducerStream|ExchangeStream)<(.*)>$/s.exec(spread(returns))?.[1];
  if (args === undefined) return undefined;
  let depth = 0;
  for (let at = args.length - 1; at >= 0; at--) {
    if (args[at] === '>') depth++;
    else if (args[at] === '<') depth--;
    else if (args[at] === ',' && depth === 0) return args.slice(at + 1).trim();
  }
  return args;
}

/** Differences between a signature and the contract, judged by their texts. Parts without a type say nothing wrong. */
export function signatureEdits(file: AuthorFile, imports: AuthorImports, contract: HandlerContract, method: ContractMethod, { signature }: Implementation): SignatureEdit[] {
  const edits: SignatureEdit[] = [];
  const roles = rolesOf(file, imports, contract, method, signature.parameters);
  if (roles.some((role, index) => role !== index)) edits.push(reorder(file, imports, contract, method, signature, roles));
  else {
    for (const [index, { type }] of signature.parameters.entries()) {
      const expected = method.parameters[index]?.type;
      if (type === undefined || expected === undefined || imports.canonical(contract, type) === flat(expected.text)) continue;
      edits.push({ part: 'parameter', index, node: type, splice: () => replace(file, type, imports.typeText(contract, expected)) });
    }
  }
  const { type } = signature;
  if (type !== undefined && !returnFits(imports.canonical(contract, type), method, signature)) {
    edits.push({ part: 'return', index: -1, node: type, splice: () => replace(file, type, returnText(imports, contract, method, signature)) });
  }
  return edits;
}

const flat = (text: string): string => text.replace(/\s+/g, '');

const replace = (file: AuthorFile, node: ts.Node, text: string): Splice => ({ start: node.getStart(file.source), end: node.getEnd(), text });

const isAsync = (signature: Implementation['signature']): boolean => ts.getModifiers(signature)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;

/** A method may give less than the contract allows: the value or a promise of it, and never the `undefined` that it may. */
function returnFits(written: string, { returns }: ContractMethod, signature: Implementation['signature']): boolean {
  if (isGenerator(signature)) {
    const yielded = emitted(returns.text);
    // What can be no generator any more is for the author to rewrite; the compiler names the place.
    return yielded === undefined || ['Generator', 'Iterable', 'AsyncGenerator', 'AsyncIterable'].some((kind) => written === `${kind}<${flat(yielded)}>`);
  }
  const value = flat(spread(returns.text));
  const values = new Set([value, ...(value.endsWith('|undefined') ? [value.slice(0, -'|undefined'.length)] : [])]);
  return [...values].some((each) => written === `Promise<${each}>` || (!isAsync(signature) && (written === each || written === `MaybePromise<${each}>`)));
}

/** An async function has to say `Promise`, a generator what it yields; the others say what the generated class says. */
function returnText(imports: AuthorImports, contract: HandlerContract, { returns }: ContractMethod, signature: Implementation['signature']): string {
  const yielded = isGenerator(signature) ? emitted(returns.text) : undefined;
  if (!isAsync(signature) && yielded === undefined) return imports.typeText(contract, returns);
  const inner = yielded ?? spread(returns.text);
  const start = returns.text.lastIndexOf(inner);
  const names = returns.names.filter(({ start: at }) => at >= start && at < start + inner.length).map(({ name, start: at }) => ({ name, start: at - start }));
  const kind = yielded === undefined ? 'Promise' : isAsync(signature) ? 'AsyncGenerator' : 'Generator';
  return `${kind}<${imports.typeText(contract, { text: inner, names })}>`;
}

const isGenerator = (signature: Implementation['signature']): boolean => !ts.isArrowFunction(signature) && signature.asteriskToken !== undefined;

/** For each parameter of the author the place of that parameter in the contract, -1 if there is none any more. */
function rolesOf(file: AuthorFile, imports: AuthorImports, contract: HandlerContract, method: ContractMethod, parameters: readonly ts.ParameterDeclaration[]): number[] {
  const taken = new Set<number>();
  const claim = (index: number): number => {
    if (index < 0 || taken.has(index)) return -1;
    taken.add(index);
    return index;
  };
  return parameters.filter(({ name }) => name.getText(file.source) !== 'this').map((parameter, position) => {
    if (parameter.dotDotDotToken !== undefined) return position;
    const written = parameter.type === undefined ? '' : imports.canonical(contract, parameter.type);
    const like = (test: (type: string) => boolean): number => method.parameters.findIndex(({ type }) => test(flat(type.text)));
    if (written === 'CallContext') return claim(like((type) => type === 'CallContext'));
    if (written.startsWith('AsyncIterable<')) return claim(like((type) => type.startsWith('AsyncIterable<')));
    return claim(position < method.parameters.length ? position : -1);
  });
}

/** The whole parameter list anew, in the order of the contract; parameters of the author keep their names and defaults. */
function reorder(file: AuthorFile, imports: AuthorImports, contract: HandlerContract, method: ContractMethod, signature: Implementation['signature'], roles: readonly number[]): SignatureEdit {
  const { parameters } = signature;
  const list = (): Splice => {
    const { source, text } = file;
    const written = method.parameters.slice(0, Math.max(...roles) + 1).map(({ name, type }, index) => {
      const own = parameters[roles.indexOf(index)];
      if (own === undefined) return `${name}: ${imports.typeText(contract, type)}`;
      if (own.type === undefined || imports.canonical(contract, own.type) === flat(type.text)) return own.getText(source);
      return text.slice(own.getStart(source), own.type.getStart(source)) + imports.typeText(contract, type) + text.slice(own.type.getEnd(), own.getEnd());
    });
    return { start: parameters[0]?.getStart(source) ?? 0, end: parameters.at(-1)?.getEnd() ?? 0, text: written.join(', ') };
  };
  return { part: 'parameters', index: -1, node: parameters[0] as ts.Node, splice: list };
}
