import type { QueryResult } from '../engine/duckdb-session.ts';
import { difference } from './compare-rows.ts';
import type { SqlRecord, StatementRecord } from './sqllogic-parser.ts';

/** What a file runs on. */
export interface SqlEngine {
  query(sql: string, connection: string): Promise<QueryResult>;
}

/** A record whose outcome is not the expected one; the message is all that is to be told. */
export class SqlTestFailure extends Error {
  override readonly name = 'SqlTestFailure';
}

export type SqlOutcome = 'passed' | 'skipped';

/**
 * Runs the records of a file in order, with `${NAME}` replaced by values of `environment`. A `require` or `require-env` that does not
 * hold ends the file: `skipped` if nothing was run before. Throws a `SqlTestFailure` for the first record that fails.
 */
export async function runSqlRecords(file: string, records: readonly SqlRecord[], engine: SqlEngine, environment: Readonly<Record<string, string>>): Promise<SqlOutcome> {
  return (await new Run(file, engine).all(records, environment)) ? 'passed' : 'skipped';
}

class Run {
  readonly #file: string;
  readonly #engine: SqlEngine;

  constructor(file: string, engine: SqlEngine) {
    this.#file = file;
    this.#engine = engine;
  }

  /** Whether everything that the records require is there. */
  async all(records: readonly SqlRecord[], values: Readonly<Record<string, string>>): Promise<boolean> {
    for (const record of records) if (!(await this.#one(record, values))) return false;
    return true;
  }

  async #one(record: SqlRecord, values: Readonly<Record<string, string>>): Promise<boolean> {
    switch (record.kind) {
      case 'require-env':
        return values[record.name] !== undefined && (record.value === undefined || values[record.name] === record.value);
      case 'require':
        return this.#loaded(record.name);
      case 'loop':
        for (const value of record.values) if (!(await this.all(record.body, { ...values, [record.variable]: value }))) return false;
        return true;
      case 'statement':
        await this.#statement(record, this.#filled(record, values));
        return true;
      case 'query': {
        const sql = this.#filled(record, values);
        const expected = record.expected.map((line) => substituted(line, values));
        const problem = difference({ ...record, expected }, await this.#run(record, sql));
        if (problem !== undefined) throw this.#failure(record.line, `wrong result\n${sql}\n${problem}`);
        return true;
      }
    }
  }

  async #statement({ line, connection, expectedError }: StatementRecord, sql: string): Promise<void> {
    if (expectedError === undefined) {
      await this.#run({ line, connection }, sql);
      return;
    }
    let message: string;
    try {
      await this.#engine.query(sql, connection);
    } catch (error) {
      message = (error as Error).message;
      if (!isExpected(message, expectedError)) throw this.#failure(line, `another error\n${sql}\nexpected:\n  ${expectedError}\nactual:\n  ${message}`);
      return;
    }
    throw this.#failure(line, `no error\n${sql}\nexpected:\n  ${expectedError}`);
  }

  async #run({ line, connection }: { line: number; connection: string }, sql: string): Promise<QueryResult> {
    try {
      return await this.#engine.query(sql, connection);
    } catch (error) {
      throw this.#failure(line, `error\n${sql}\nactual:\n  ${(error as Error).message}`);
    }
  }

  async #loaded(extension: string): Promise<boolean> {
    const { rows } = await this.#engine.query(`SELECT loaded FROM duckdb_extensions() WHERE extension_name = '${extension}'`, 'main');
    return rows[0]?.[0] === 'true';
  }

  #filled({ line, sql }: { line: number; sql: string }, values: Readonly<Record<string, string>>): string {
    const filled = substituted(sql, values);
    const missing = /\$\{(\w+)\}/.exec(filled);
    if (missing) throw this.#failure(line, `nothing says what ${missing[0]} is: it takes a loop, or \`require-env ${missing[1]}\``);
    return filled;
  }

  #failure(line: number, message: string): SqlTestFailure {
    return new SqlTestFailure(`${this.#file}:${line}: ${message}`);
  }
}

function substituted(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Text is expected anywhere in the message; a regular expression has to match all of it. */
function isExpected(message: string, expected: string): boolean {
  const pattern = /^<REGEX>:(.*)$/s.exec(expected);
  return pattern ? new RegExp(`^(?:${pattern[1]})$`, 's').test(message) : message.includes(expected);
}
