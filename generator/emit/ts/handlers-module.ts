import type { Method } from '../../model/model.ts';
import { placeLiteral } from './literal.ts';
import { inputType, methodSignature, type MethodSignature, outputType, paramsType } from './method-signature.ts';
import { servedMethods } from '../served-records.ts';
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
  const required = method.operation === undefined || method.operation.required;
  return {
    ...methodSignature(module, method),
    params: paramsType(module, method),
    input: method.kind === 'exchange' ? `AsyncIterable<${inputType(module, method)}>` : null,
    returns: `${module.runtimeType('MaybePromise')}<${returnType(module, method)}>`,
    required,
    body: required ? '' : defaultBody(module, method),
  };
}

function returnType(module: TsModule, method: Method): string {
  const header = method.header === undefined ? undefined : module.recordType(method.header);
  switch (method.kind) {
    case 'unary':
      return method.result === undefined ? 'void' : module.placeType(method.result.type);
    case 'stream':
      return `${module.runtimeType('ServerStream')}<${header ?? 'undefined'}>`;
    case 'producer':
      return withHeader(module, method, header, `${module.runtimeType('ProducerStream')}<${outputType(module, method)}>`);
    case 'exchange':
      return withHeader(module, method, header, `${module.runtimeType('ExchangeStream')}<${inputType(module, method)}, ${outputType(module, method)}>`);
  }
}

/** A stream whose columns the call decides says its schema beside it, header or not. */
function withHeader(module: TsModule, method: Method, header: string | undefined, stream: string): string {
  if (header === undefined && method.output?.dynamic !== true) return stream;
  return `${module.runtimeType('WithHeader')}<${header ?? 'undefined'}, ${stream}>`;
}

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
