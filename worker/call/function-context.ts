import type { CallContext } from '../../runtime/rpc/call-context.ts';
import type { ScopedStorage } from '../../storage/scoped-storage.ts';
import type { BindCall, TimeTravel } from './bind-call.ts';
import type { ColumnType } from '../declare/column-types.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { type NamedSetting, settingValue, type SettingValues } from '../declare/settings.ts';

/** What functions of every kind see of the call. Methods are properties, so that they can be taken out: `({ column }) => column('x')`. */
export class FunctionContext {
  readonly #bind: BindCall;

  constructor(bind: BindCall) {
    this.#bind = bind;
  }

  get call(): CallContext {
    return this.#bind.call;
  }

  /** Values of the catalog's settings. */
  get settings(): SettingValues {
    return this.#bind.settings;
  }

  /** The value of a declared setting; of one without default `undefined` where it is not set. */
  readonly setting = <T extends ColumnType, V>(declared: NamedSetting<T, V>): V => settingValue(this.settings, declared);

  /** The secrets that the function declares, as far as the user has them. */
  get secrets(): Secrets {
    return this.#bind.secrets;
  }

  /** The point in time that the query asks for; absent = now. */
  get at(): TimeTravel | undefined {
    return this.#bind.at;
  }

  /** Storage shared by the calls of one transaction. Throws an RpcError outside of transactions. */
  readonly transactionStorage = (): Promise<ScopedStorage> => this.#bind.transactionStorage();

  /** Storage shared by all calls of one attached catalog. */
  readonly attachStorage = (): Promise<ScopedStorage> => this.#bind.attachStorage();
}
