import type { RequiredSecret } from '../../generated/vgi/ts/index.ts';
import type { Arguments, ConstantValues } from '../declare/arguments.ts';
import type { BindCall } from '../call/bind-call.ts';
import type { SecretLookup } from '../call/declared-function.ts';
import type { NamedSetting } from '../declare/settings.ts';
import type { SecretType } from './secret-type.ts';
import type { SecretChoice } from './secrets.ts';

/** A secret that a function asks for: any of a type, or one for a scope or of a name. */
export type SecretNeed = SecretType | (SecretChoice & { readonly type: SecretType });

/** What functions of every kind may need from the session. */
export interface NeedsOptions<A extends Arguments> {
  /** The catalog's settings that the function uses, or their names; DuckDB lists them with the function. */
  readonly settings?: readonly (string | NamedSetting)[];
  /** Secrets that DuckDB looks up before it binds the function, see `context.secrets`. */
  readonly secrets?: readonly SecretNeed[];
  /** Secrets that depend on the arguments, such as one for a path: DuckDB looks them up after a first bind and binds again. */
  readonly secretsFor?: (args: ConstantValues<A>) => readonly SecretNeed[];
}

/** The needs of a function in the form in which clients learn of them. */
export interface FunctionNeeds {
  /** Part of the function's `FunctionInfo`. */
  readonly info: { readonly requiredSettings: readonly string[]; readonly requiredSecrets: readonly RequiredSecret[] };
  /** Secrets to ask for in a first bind; absent if none depends on the arguments. */
  readonly secretLookups?: (call: BindCall) => readonly SecretLookup[];
}

/** @param values the constant arguments of a call, checked */
export function functionNeeds<A extends Arguments>({ settings = [], secrets = [], secretsFor }: NeedsOptions<A>, values: (call: BindCall) => ConstantValues<A>): FunctionNeeds {
  return {
    info: {
      requiredSettings: settings.map((each) => (typeof each === 'string' ? each : each.name)),
      requiredSecrets: secrets.map(lookupOf).map(({ type, scope, name }) => ({ secretType: type, scope, secretName: name })),
    },
    ...(secretsFor && { secretLookups: (call: BindCall) => secretsFor(values(call)).map(lookupOf) }),
  };
}

function lookupOf(need: SecretNeed): SecretLookup {
  if ('fields' in need) return { type: need.name };
  const { type, scope, name } = need;
  return { type: type.name, ...(scope !== undefined && { scope }), ...(name !== undefined && { name }) };
}
