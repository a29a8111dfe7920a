import type { Column } from '../../runtime/arrow/column.ts';
import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import { secretKeys } from '../../generated/vgi/ts/metadata.ts';
import { readSecret, type Secret } from './secret.ts';
import type { SecretFields, SecretType } from './secret-type.ts';

/** Which of several secrets of a type is meant. */
export interface SecretChoice {
  /** A path or address: of the secrets whose scope it begins with, the one with the longest; else one that is meant for any path. */
  readonly scope?: string;
  /** The name given at CREATE SECRET. */
  readonly name?: string;
}

/** The secrets that a call was given: those that its function declares, as far as the user has them. */
export class Secrets {
  readonly #functionName: string;
  readonly #found: readonly Secret[];

  /** @param batch one row, a struct column for each secret that was found; absent if none was asked for */
  constructor(functionName: string, batch: RecordBatch | undefined) {
    this.#functionName = functionName;
    this.#found = batch && batch.numRows > 0 ? secretsOf(batch) : [];
  }

  /** The secret of a type; `undefined` if the user has none that fits. */
  get<F extends SecretFields>(type: SecretType<F>, { scope, name }: SecretChoice = {}): Secret<F> | undefined {
    const candidates = this.#found.filter((secret) => secret.type === type.name && (name === undefined || secret.name === name));
    return (scope === undefined ? candidates[0] : closest(candidates, scope))?.as(type.fields);
  }

  /** The secret of a type. Throws an RpcError that says how to make one if the user has none that fits. */
  require<F extends SecretFields>(type: SecretType<F>, choice: SecretChoice = {}): Secret<F> {
    const found = this.get(type, choice);
    if (found) return found;
    const { scope, name } = choice;
    const which = `${name === undefined ? '' : ` named ${name}`}${scope === undefined ? '' : ` for ${scope}`}`;
    const made = `CREATE SECRET ${name ?? ''}${name === undefined ? '' : ' '}(TYPE ${type.name}${scope === undefined ? '' : `, SCOPE '${scope}'`}, ...)`;
    throw new RpcError(`${this.#functionName}: there is no secret of type ${type.name}${which}; make one with ${made}`, { type: 'SecretNotFoundError' });
  }

  /** All secrets that came, in the client's order. */
  all(): readonly Secret[] {
    return this.#found;
  }
}

/** Columns are named after their secrets; some clients tell type and name in the field's metadata instead (vgi-semantics, section 10). */
function secretsOf(batch: RecordBatch): Secret[] {
  return batch.schema.fields.flatMap(({ name, metadata }, index) => {
    const column: Column = batch.column(index);
    const secret = readSecret(column, metadata.get(secretKeys.secretType) ?? name, metadata.get(secretKeys.secretName) ?? name);
    return secret ? [secret] : [];
  });
}

function closest(candidates: readonly Secret[], path: string): Secret | undefined {
  let best: Secret | undefined;
  let length = -1;
  for (const candidate of candidates) {
    for (const scope of candidate.scopes) {
      if (path.startsWith(scope) && scope.length > length) [best, length] = [candidate, scope.length];
    }
  }
  return best ?? candidates.find(({ scopes }) => scopes.length === 0);
}
