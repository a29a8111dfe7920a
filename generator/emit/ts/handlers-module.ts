import type { Method } from '../../model/model.ts';
import { placeLiteral } from './literal.ts';
import { batchType, methodSignature, type MethodSignature, paramsType } from './method-signature.ts';
import { servedMethods } from './records.ts';
import { quote, type TsModule } from './ts-module.ts';

interface HandlerView extends MethodSignature {
  readonly params: string;
  readonly input: string | null;
  readonly returns: string;
  readonly required: boolean;
  /** Statement of the default; empty for one that does nothing. */
  readonly body: string;
}

/** `handlers.ts`: the abstract class that a server implements. */
export function handlersView(module: TsModule): object {
  const { protocol } = module.layouts.model;
  const methods = servedMethods(module.layouts).map(({ method }) => handlerView(module, method));
  const required = methods.some((method) => method.required);
  return { name: `${module.names.stem}Handlers`, protocol: protocol.name, context: module.runtimeType('CallContext'), methods, required };
}

function handlerView(module: TsModule, method: Method): HandlerView {
  const names = module.names.method(method);
  const required = method.operation === undefined || method.operation.required;
  return {
    ...methodSignature(module, method),
    params: paramsType(module, method),
    input: method.kind === 'exchange' ? `AsyncIterable<${batchType(module, method.input, names.input, module.runtimeType('RecordBatch'))}>` : null,
    returns: `${module.runtimeType('MaybePromise')}<${returnType(module, method)}>`,
    required,
    body: required ? '' : defaultBody(module, method),
  };
}

function returnType(module: TsModule, method: Method): string {
  const { input, output } = module.names.method(method);
  const header = method.header === undefined ? undefined : module.recordType(method.header);
  const sent = (): string => batchType(module, method.output, output, dynamicColumns(module));
  switch (method.kind) {
    case 'unary':
      return method.result === undefined ? 'void' : module.placeType(method.result.type);
    case 'stream':
      return `${module.runtimeType('ServerStream')}<${header ?? 'undefined'}>`;
    case 'producer':
      return withHeader(module, method, header, `${module.runtimeType('ProducerStream')}<${sent()}>`);
    case 'exchange': {
      const taken = batchType(module, method.input, input, module.runtimeType('RecordBatch'));
      return withHeader(module, method, header, `${module.runtimeType('ExchangeStream')}<${taken}, ${sent()}>`);
    }
  }
}

/** A stream whose columns the call decides says its schema beside it, header or not. */
function withHeader(module: TsModule, method: Method, header: string | undefined, stream: string): string {
  if (header === undefined && method.output?.dynamic !== true) return stream;
  return `${module.runtimeType('WithHeader')}<${header ?? 'undefined'}, ${stream}>`;
}

/** Columns by name where the definition does not name them. */
export const dynamicColumns = (module: TsModule): string => `Readonly<Record<string, ${module.runtimeType('ColumnValues')}>>`;

function defaultBody(module: TsModule, method: Method): string {
  const fallback = method.operation?.default;
  const refuse = (error: string): string => `throw ${module.runtimeValue(error)}(${quote(method.name)});`;
  switch (fallback?.kind) {
    case 'no_op':
      return '';
    case 'not_supported':
      return refuse('operationNotSupported');
    case 'read_only':
      return refuse('catalogReadOnly');
    case 'constant':
      return method.result === undefined ? '' : `return ${placeLiteral(module, fallback.value, method.result.type)};`;
    default:
      return refuse('methodNotImplemented');
  }
}
