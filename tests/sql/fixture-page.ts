import type { FunctionInfo, MacroInfo, TableInfo, ViewInfo } from '../../generated/vgi/ts/index.ts';
import type { Field } from '../../runtime/arrow/schema.ts';
import { pyarrowText } from './pyarrow-text.ts';
import type { ServedSchema, servedCatalog } from './served-catalog.ts';
import { parseSqlFile, type SqlRecord } from './sqllogic-parser.ts';

/** One SQL file by its path below tests/sql. */
export interface SqlFile {
  readonly file: string;
  readonly text: string;
}

/** A statement of a SQL file, on one line. */
interface RunStatement {
  readonly file: string;
  readonly sql: string;
}

/** Statements shown for each fixture; the files have the others. */
const shownStatements = 3;

const intro = `# Fixtures

What \`bin/vgi-fixture-worker\` serves, in the catalog \`example\`, and some of the SQL that \`make test\` runs on it by DuckDB with the VGI
extension: in 1.5.5 over stdio and \`launch:\`, with one thread and with eight; in 1.5.4 and 1.5.3 over stdio with eight; and by DuckDB's own runner of such files
in 1.5.3. The sources in [fixtures/](../fixtures) have one module for each area and import only
\`vgi-gen/worker\`, as any worker does; the SQL lies in [tests/sql/](../tests/sql). \`npx vitest run tests/sql/fixture-page.test.ts -u\` writes this page.
`;

/** The page that lists every fixture. */
export function fixturePage({ schemas, settings, globalFunctions }: ReturnType<typeof servedCatalog>, files: readonly SqlFile[]): string {
  const statements = files.flatMap(({ file, text }) => statementsOf(parseSqlFile(file, text)).map((sql): RunStatement => ({ file, sql })));
  const sections = Object.entries(schemas).map(([name, schema]) => schemaSection(name, schema, statements));
  const lists = `## Settings and global functions\n\nSettings: ${codeList(settings)}. Published without the catalog's name: ${codeList(globalFunctions)}.\n`;
  return [intro, ...sections, lists].join('\n');
}

function schemaSection(name: string, { functions, tables, views, macros }: ServedSchema, statements: readonly RunStatement[]): string {
  const ran = (object: string): string => statementList(object, statements);
  const parts = [
    part('Functions', grouped(functions), ([object, overloads]) => `${object}\n\n${overloads.map(functionText).join('\n')}\n${ran(object)}`),
    part('Tables', tables.map((each) => [each.name, each] as const), ([object, table]) => `${object}\n\n${tableText(table)}\n${ran(object)}`),
    part('Views', views.map((each) => [each.name, each] as const), ([object, view]) => `${object}\n\n${viewText(view)}\n${ran(object)}`),
    part('Macros', macros.map((each) => [each.name, each] as const), ([object, macro]) => `${object}\n\n${macroText(macro)}\n${ran(object)}`),
  ];
  return `## Schema ${name}\n\n${parts.filter((text) => text !== '').join('\n')}`;
}

function part<T extends readonly [string, unknown]>(title: string, entries: readonly T[], text: (entry: T) => string): string {
  const sorted = [...entries].sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.length === 0 ? '' : `### ${title}\n\n${sorted.map((entry) => `#### ${text(entry)}`).join('\n')}`;
}

function grouped(functions: readonly FunctionInfo[]): (readonly [string, readonly FunctionInfo[]])[] {
  const names = [...new Set(functions.map(({ name }) => name))];
  return names.map((name) => [name, functions.filter((each) => each.name === name)] as const);
}

function functionText({ name, arguments: given, functionType, outputSchema, description }: FunctionInfo): string {
  const decided = outputSchema.fields.length === 0 || outputSchema.fields[0]?.metadata.has('vgi:any');
  const columns = decided ? 'decided by the call' : outputSchema.fields.map(columnText).join(', ');
  const output = functionType === 'SCALAR' && !decided ? pyarrowText((outputSchema.fields[0] as Field).type) : columns;
  return `- \`${name}(${given.fields.map(argumentText).join(', ')})\` → ${decided ? output : `\`${output}\``}: ${description}`;
}

function argumentText({ name, type, metadata }: Field): string {
  const kind = metadata.get('vgi_type');
  const text = `${name}${metadata.get('vgi_arg') === 'named' ? ' := ' : ' '}${kind ? kind.toUpperCase() : pyarrowText(type)}`;
  return metadata.get('vgi_varargs') === 'true' ? `${text} ...` : text;
}

const columnText = ({ name, type }: Field): string => `${name} ${pyarrowText(type)}`;

const tableText = ({ columns, comment }: TableInfo): string => `- \`${columns.fields.map(columnText).join(', ')}\`${comment ? `: ${comment}` : ''}`;

const viewText = ({ definition, comment }: ViewInfo): string => `- \`${definition}\`${comment ? `: ${comment}` : ''}`;

const macroText = ({ name, parameters, definition, comment }: MacroInfo): string => `- \`${name}(${parameters.join(', ')})\` = \`${definition}\`${comment ? `: ${comment}` : ''}`;

const codeList = (names: readonly string[]): string => [...names].sort().map((name) => `\`${name}\``).join(', ');

function statementsOf(records: readonly SqlRecord[]): string[] {
  return records.flatMap((record) => {
    if (record.kind === 'loop') return statementsOf(record.body);
    return record.kind === 'statement' || record.kind === 'query' ? [record.sql.replace(/\s+/g, ' ').trim()] : [];
  });
}

function statementList(object: string, statements: readonly RunStatement[]): string {
  const naming = statements.filter(({ sql }) => new RegExp(`\\b${object}\\b`).test(sql));
  const files = [...new Set(naming.map(({ file }) => file))];
  const shown = [...new Set(naming.map(({ sql }) => sql))].slice(0, shownStatements);
  if (shown.length === 0) return '';
  return `\n\`\`\`sql\n${shown.join('\n')}\n\`\`\`\n\n${files.map((file) => `[${file}](../tests/sql/${file})`).join(', ')}\n`;
}
