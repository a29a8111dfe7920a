import { RpcError } from '../../runtime/rpc/errors.ts';
import type { CallContext } from '../../runtime/rpc/call-context.ts';
import type {
  BindRequest,
  TableBufferingCombineRequest,
  TableBufferingCombineResponse,
  TableBufferingDestructorRequest,
  TableBufferingProcessRequest,
  TableBufferingProcessResponse,
} from '../../generated/vgi/ts/index.ts';
import type { BindCall } from '../call/bind-call.ts';
import type { WorkerFunction } from '../catalog/catalog.ts';
import { InitCall } from '../call/init-call.ts';
import type { WorkerStorage } from '../call/worker-storage.ts';
import { BufferedExecutions, type ExecutionCall } from './buffered-executions.ts';
import type { BufferedTableFunction } from './buffered-table-function.ts';

/** What these calls need of the worker's handlers. */
export interface BufferingHost {
  readonly storage: WorkerStorage;
  bindCall(request: BindRequest, context: CallContext): BindCall;
  /** The function of a call, with its arguments checked. */
  functionOf(call: BindCall): WorkerFunction;
}

/** Answers the calls by which the input of buffered functions comes. */
export class BufferingCalls {
  readonly #host: BufferingHost;
  readonly #executions = new BufferedExecutions();

  constructor(host: BufferingHost) {
    this.#host = host;
  }

  /** Before the stream that opens an execution answers: later calls carry no arguments. */
  async open(call: InitCall): Promise<void> {
    await this.#executions.open(call.executionId, call.request, await call.executionStorage({ reserved: true }));
  }

  async process(request: TableBufferingProcessRequest, context: CallContext): Promise<TableBufferingProcessResponse> {
    const { declared, call } = await this.#execution(request, context);
    const stateId = await declared.process(call, await call.executionStorage(), request.inputBatch, request.batchIndex);
    await this.#executions.addState(call.executionId, stateId, () => call.executionStorage({ reserved: true }));
    return { stateId };
  }

  async combine(request: TableBufferingCombineRequest, context: CallContext): Promise<TableBufferingCombineResponse> {
    const { declared, call } = await this.#execution(request, context);
    const stateIds = await this.#executions.states(request.stateIds, await call.executionStorage({ reserved: true }));
    return { finalizeStateIds: await declared.combine(call, await call.executionStorage(), stateIds) };
  }

  async destroy({ executionId }: TableBufferingDestructorRequest): Promise<void> {
    await this.#executions.close(executionId, await this.#host.storage.execution(executionId));
  }

  async #execution(request: ExecutionCall, context: CallContext): Promise<{ declared: BufferedTableFunction; call: InitCall }> {
    const { functionName, executionId, attachOpaqueData } = request;
    const opened = await this.#executions.request(request, () => this.#host.storage.execution(executionId, { reserved: true }));
    const bind = this.#host.bindCall({ ...opened.bindCall, attachOpaqueData }, context);
    const declared = this.#host.functionOf(bind);
    if (declared.kind !== 'buffered') throw new RpcError(`${functionName} takes no input by itself`, { type: 'ProtocolError' });
    return { declared, call: new InitCall({ ...opened, executionId }, bind) };
  }
}
