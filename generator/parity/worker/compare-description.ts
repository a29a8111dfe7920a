import type { Schema } from '../../../runtime/arrow/schema.ts';
import type { MethodDescription, ProtocolDescription } from '../../../runtime/rpc/describe-worker.ts';
import { layoutSchema } from '../../layout/arrow-schema.ts';
import type { Layouts } from '../../layout/layouts.ts';
import { paramsRecord, resultRecord, typeRecord, type WireRecord } from '../../layout/wire-record.ts';
import type { SourceRange } from '../../load/source.ts';
import type { Method } from '../../model/model.ts';
import { livesIn } from '../../model/versions.ts';
import { schemaDifferences } from '../schema-differences.ts';
import type { VersionFindings } from '../version-findings.ts';

/** A method as the definition has it in one version. */
export interface DeclaredMethod extends Pick<MethodDescription, 'name' | 'kind' | 'params' | 'result' | 'header'> {
  readonly declared: Method;
}

/** The methods of a version with their schemas. */
export function declaredMethods(layouts: Layouts, version: string): DeclaredMethod[] {
  const schema = (record: WireRecord): Schema => layoutSchema(layouts, layouts.in(record, version));
  return layouts.model.methods
    .filter((method) => livesIn(method, version))
    .map((declared) => {
      const result = resultRecord(declared);
      const header = declared.header === undefined ? undefined : typeRecord(layouts.type(declared.header));
      return { name: declared.name, kind: declared.kind, declared, params: schema(paramsRecord(declared)), ...(result && { result: schema(result) }), ...(header && { header: schema(header) }) };
    });
}

/** Compares what a worker says of a protocol with the definition. Gives how many schemas were compared. */
export function compareDescription(methods: readonly DeclaredMethod[], described: ProtocolDescription, protocolRange: SourceRange, findings: VersionFindings): number {
  const theirs = new Map(described.methods.map((method) => [method.name, method]));
  let schemas = 0;
  for (const method of methods) {
    const { range } = method.declared;
    const found = theirs.get(method.name);
    if (found === undefined) {
      findings.report('worker-method-missing', method.name, range, { method: method.name });
      continue;
    }
    compareKind(method, found, findings);
    schemas += compareSchema(method, 'params', found, findings) + compareSchema(method, 'result', found, findings) + compareSchema(method, 'header', found, findings);
  }
  const ours = new Set(methods.map(({ name }) => name));
  for (const { name } of described.methods) if (!ours.has(name)) findings.report('worker-method-unknown', name, protocolRange, { method: name, version: findings.version });
  return schemas;
}

const kindTexts = { unary: 'unary', producer: 'a stream that produces', exchange: 'a stream that exchanges', stream: 'a stream' } as const;

/** Not every worker says what kind of stream a method opens. */
function compareKind({ name, kind, declared }: DeclaredMethod, found: MethodDescription, findings: VersionFindings): void {
  const same = found.kind === kind || (found.kind === 'stream' && kind !== 'unary');
  if (!same) findings.report('worker-method-kind', name, declared.range, { method: name, found: kindTexts[found.kind], declared: kindTexts[kind] });
}

const partTexts = { params: 'parameters', result: 'a result', header: 'a header' } as const;

function compareSchema({ name, declared, ...method }: DeclaredMethod, part: 'params' | 'result' | 'header', found: MethodDescription, findings: VersionFindings): number {
  const [ours, theirs] = [method[part], found[part]];
  const owner = part === 'params' ? name : `${name}.${part}`;
  if (ours === undefined && theirs === undefined) return 0;
  if (ours === undefined || theirs === undefined) {
    const problem = ours === undefined ? `has ${partTexts[part]}; the definition gives it none` : `has no ${part}; the definition gives it one`;
    findings.report('worker-answer', owner, declared.range, { method: name, problem });
    return 0;
  }
  for (const difference of schemaDifferences(theirs, ours)) {
    if (difference.kind === 'order') {
      findings.report('worker-column-order', owner, declared.range, { record: owner, found: difference.found, declared: difference.declared });
      continue;
    }
    const column = `${owner}.${difference.column}`;
    const range = part === 'params' ? (declared.params.find((field) => field.name === difference.column)?.range ?? declared.range) : declared.range;
    if (difference.kind === 'missing') findings.report('worker-column-missing', column, range, { column });
    else if (difference.kind === 'unknown') findings.report('worker-column-unknown', column, range, { column });
    else findings.report('worker-column-differs', column, range, { column, found: difference.found, declared: difference.declared });
  }
  return 1;
}
