import type { Method } from '../../model/model.ts';
import { hasDefaults, needsInit } from './defaults-module.ts';
import { inputType, methodSignature, type MethodSignature, outputType, paramsType } from './method-signature.ts';
import { newestType, type ServedMethod, servedMethods } from '../served-records.ts';
import { factoryName, lowerFirst } from './ts-names.ts';
import { quote, type TsModule } from './ts-module.ts';

interface ClientMethodView extends MethodSignature {
  /** Parameter list without the options; empty for a method without parameters. */
  readonly takes: string;
  readonly returns: string;
  /** Function of the base class that makes the call, with its type arguments. */
  readonly call: string;
  readonly wireName: string;
  /** Expression of the parameters as they travel. */
  readonly sent: string;
}

/** `client.ts`: the class whose methods call a server. */
export function clientView(module: TsModule): object {
  const { stem } = module.names;
  return {
    name: `${stem}Client`,
    protocol: module.layouts.model.protocol.name,
    base: module.runtimeValue('RpcClient'),
    descriptor: module.localValue(`${lowerFirst(stem)}Protocol`, './methods.ts'),
    connection: module.runtimeType('ClientConnection'),
    clientOptions: module.runtimeType('RpcClientOptions'),
    options: module.runtimeType('CallOptions'),
    methods: servedMethods(module.layouts).map((served) => clientMethod(module, served)),
  };
}

function clientMethod(module: TsModule, served: ServedMethod): ClientMethodView {
  const { method } = served;
  const names = module.names.method(method);
  const newest = method.request === undefined ? served.newestParams : newestType(module.layouts, method.request);
  const record = method.request === undefined ? names.params : module.names.of(module.layouts.type(method.request));
  const argument = method.request === undefined ? 'params' : 'request';
  const none = newest.columns.length === 0;
  const filled = hasDefaults(newest) && needsInit(newest);
  const type = (): string => (filled ? module.localType(`${record}Init`, './defaults.ts') : paramsType(module, method));
  const { returns, call } = calling(module, method);
  return {
    ...methodSignature(module, method),
    takes: none ? '' : `${argument}: ${type()}, `,
    returns,
    call,
    wireName: quote(method.name),
    sent: none ? '{}' : filled ? `${module.localValue(factoryName(record), './defaults.ts')}(${argument})` : argument,
  };
}

function calling(module: TsModule, method: Method): { returns: string; call: string } {
  const header = method.header === undefined ? undefined : module.recordType(method.header);
  const typed = (...types: readonly (string | undefined)[]): string => `<${types.filter((type) => type !== undefined).join(', ')}>`;
  switch (method.kind) {
    case 'unary': {
      const result = method.result === undefined ? 'void' : module.placeType(method.result.type);
      return { returns: result, call: `call<${result}>` };
    }
    case 'stream': {
      const types = typed(header ?? 'undefined');
      return { returns: `${module.runtimeType('ClientStream')}${types}`, call: `openStream${types}` };
    }
    case 'producer': {
      const types = typed(outputType(module, method), header);
      return { returns: `${module.runtimeType('ClientProducer')}${types}`, call: `openProducer${types}` };
    }
    case 'exchange': {
      const types = typed(inputType(module, method), outputType(module, method), header);
      return { returns: `${module.runtimeType('ClientExchange')}${types}`, call: `openExchange${types}` };
    }
  }
}
