/** How the rows of a query are ordered before they are compared. */
export type SortMode = 'nosort' | 'rowsort' | 'valuesort';

interface Located {
  /** First line of the record, from 1. */
  readonly line: number;
}

/** `statement ok` and `statement error`; the error has to contain the expected text, or all of it to match what follows `<REGEX>:`. */
export interface StatementRecord extends Located {
  readonly kind: 'statement';
  readonly sql: string;
  readonly connection: string;
  readonly expectedError?: string;
}

export interface QueryRecord extends Located {
  readonly kind: 'query';
  readonly sql: string;
  readonly connection: string;
  /** One letter a column; only their number counts, as in DuckDB's runner. */
  readonly types: string;
  readonly sort: SortMode;
  readonly expected: readonly string[];
}

/** `require NAME`, `require-env NAME [VALUE]`: the rest of the file is left out unless it holds. */
export interface RequireRecord extends Located {
  readonly kind: 'require' | 'require-env';
  readonly name: string;
  readonly value?: string;
}

/** `loop` and `foreach` up to their `endloop`: the body with `${variable}` replaced by each value in turn. */
export interface LoopRecord extends Located {
  readonly kind: 'loop';
  readonly variable: string;
  readonly values: readonly string[];
  readonly body: readonly SqlRecord[];
}

export type SqlRecord = StatementRecord | QueryRecord | RequireRecord | LoopRecord;

/** A file that cannot be read as sqllogictest; the message starts with file and line. */
export class SqlSyntaxError extends Error {
  override readonly name = 'SqlSyntaxError';
}

/** Parses the part of DuckDB's sqllogictest notation that the project's files use; anything else is an error, so that nothing is skipped unseen. */
export function parseSqlFile(file: string, text: string): SqlRecord[] {
  return new Parser(file, text.split(/\r?\n/)).records();
}

class Parser {
  readonly #file: string;
  readonly #lines: readonly string[];
  #next = 0;

  constructor(file: string, lines: readonly string[]) {
    this.#file = file;
    this.#lines = lines;
  }

  /** Records up to the end of the file, or of the loop that starts in `loopLine`. */
  records(loopLine?: number): SqlRecord[] {
    const records: SqlRecord[] = [];
    for (;;) {
      const text = this.#lines[this.#next];
      if (text === undefined) {
        if (loopLine !== undefined) throw this.#error(loopLine, 'this loop has no endloop');
        return records;
      }
      const line = ++this.#next;
      if (text.trim() === '' || text.startsWith('#')) continue;
      const [directive = '', ...words] = text.trim().split(/\s+/);
      if (directive === 'endloop') {
        if (loopLine === undefined) throw this.#error(line, 'endloop without a loop');
        return records;
      }
      records.push(this.#record(line, directive, words));
    }
  }

  #record(line: number, directive: string, words: readonly string[]): SqlRecord {
    switch (directive) {
      case 'statement':
        return this.#statement(line, words);
      case 'query':
        return this.#query(line, words);
      case 'require':
      case 'require-env': {
        const [name, value] = words;
        if (name === undefined) throw this.#error(line, `${directive} takes a name`);
        return { kind: directive, line, name, ...(value !== undefined && { value }) };
      }
      case 'loop': {
        const [variable, from, to] = words;
        if (variable === undefined || !/^\d+$/.test(from ?? '') || !/^\d+$/.test(to ?? '')) throw this.#error(line, 'a loop is written `loop name from to`');
        const values = Array.from({ length: Number(to) - Number(from) }, (_, index) => String(Number(from) + index));
        return { kind: 'loop', line, variable, values, body: this.records(line) };
      }
      case 'foreach': {
        const [variable, ...values] = words;
        if (variable === undefined || values.length === 0) throw this.#error(line, 'a foreach is written `foreach name value ...`');
        return { kind: 'loop', line, variable, values, body: this.records(line) };
      }
      default:
        throw this.#error(line, `unknown directive ${directive}`);
    }
  }

  #statement(line: number, [outcome, connection = 'main']: readonly string[]): StatementRecord {
    const { sql, expected } = this.#block(line);
    if (outcome === 'ok') {
      if (expected) throw this.#error(line, 'statement ok expects no text');
      return { kind: 'statement', line, sql, connection };
    }
    if (outcome !== 'error') throw this.#error(line, `a statement is ok or error, not ${outcome ?? 'nothing'}`);
    const expectedError = expected?.join('\n').trim();
    if (!expectedError) throw this.#error(line, 'statement error takes the expected text after ----');
    return { kind: 'statement', line, sql, connection, expectedError };
  }

  #query(line: number, [types, ...words]: readonly string[]): QueryRecord {
    if (types === undefined || !/^[TIR]+$/.test(types)) throw this.#error(line, 'query takes a letter of T, I, R for each column');
    const isSort = (word: string): word is SortMode => word === 'nosort' || word === 'rowsort' || word === 'valuesort';
    const sorts = words.filter(isSort);
    const [connection = 'main', ...rest] = words.filter((word) => !isSort(word));
    if (sorts.length > 1 || rest.length > 0) throw this.#error(line, `unknown words after query: ${words.join(' ')}`);
    const { sql, expected } = this.#block(line);
    if (!expected) throw this.#error(line, 'this query has no ---- with the expected rows');
    return { kind: 'query', line, sql, connection, types, sort: sorts[0] ?? 'nosort', expected };
  }

  /** The SQL up to `----` or an empty line, and the lines after `----` up to an empty one. */
  #block(line: number): { sql: string; expected: string[] | undefined } {
    const sql = this.#take((text) => text === '----' || text.trim() === '');
    if (sql.length === 0) throw this.#error(line, 'there is no SQL after this line');
    if (this.#lines[this.#next] !== '----') return { sql: sql.join('\n'), expected: undefined };
    this.#next++;
    return { sql: sql.join('\n'), expected: this.#take((text) => text.trim() === '') };
  }

  #take(ends: (text: string) => boolean): string[] {
    const from = this.#next;
    while (this.#next < this.#lines.length && !ends(this.#lines[this.#next] as string)) this.#next++;
    return this.#lines.slice(from, this.#next);
  }

  #error(line: number, message: string): SqlSyntaxError {
    return new SqlSyntaxError(`${this.#file}:${line}: ${message}`);
  }
}
