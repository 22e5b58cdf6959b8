import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import { tables } from '../shared/domain/tables.ts';
import { views } from '../shared/domain/views.ts';
import { listExportedFiles } from './exported-files.ts';

/** A table over Parquet files. Types are DuckDB's; `string`, as Glue says it, is one of them. */
export interface FileTable {
  name: string;
  columns: readonly { name: string; type: string }[];
  /** Paths. A file may go while it is read: then all is asked anew. */
  files: readonly string[];
}

/** The tables there are at one moment, and the views over them. */
export interface TableSet {
  tables: readonly FileTable[];
  views: readonly { name: string; sql: string }[];
}

/** The files do not have the columns they should: they were exported before those were changed. */
export class UnreadableTablesError extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'UnreadableTablesError';
  }
}

/** A text is not one SELECT without parameters. */
export class NotOneSelectError extends Error {
  constructor() {
    super('Only one SELECT without parameters is run');
    this.name = 'NotOneSelectError';
  }
}

/** How often a query is begun again when objects it was to read were replaced while it ran. */
const maxAttempts = 5;

/**
 * The analysts' tables in a data directory, whether or not the cloud runs. `undefined` when the directory is not that
 * of an embedded cloud.
 */
export function listExportedTables(dataDirectory: string): TableSet | undefined {
  const files = listExportedFiles(dataDirectory);
  if (!files) return undefined;
  const filesOf = Map.groupBy(files, ({ key }) => key.slice(0, key.indexOf('/')));
  const pathsOf = (table: string) => (filesOf.get(table) ?? []).map(({ path }) => path);
  return { tables: tables.map((table) => ({ ...table, files: pathsOf(table.name) })), views };
}

/**
 * Asks tables, which are views of an in-memory DuckDB, and uses the answer while they are open. A running cloud may
 * replace an object that is about to be read: then all is listed and asked anew, so that `ask` can run several times,
 * `use` runs once at most.
 *
 * @throws UnreadableTablesError, and whatever `list`, `ask` and `use` throw.
 */
export async function askTables<A, U>(
  list: () => TableSet,
  ask: (connection: DuckDBConnection, set: TableSet) => Promise<A>,
  use: (answer: A) => Promise<U>,
): Promise<U> {
  for (let attempt = 1; ; attempt += 1) {
    const set = list();
    const instance = await DuckDBInstance.create(':memory:', {
      // Nothing is fetched from anywhere: what is built in reads Parquet, JSON and CSV.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      // The default would be a folder in the working directory. It is made only when memory does not suffice.
      temp_directory: join(tmpdir(), `tiendo-query-${randomUUID()}`),
    });
    const connection = await instance.connect();
    let isAnswered = false;
    try {
      await openViews(connection, set);
      const answer = await ask(connection, set);
      isAnswered = true;
      return await use(answer);
    } catch (error) {
      const isOutdated =
        !isAnswered && set.tables.some(({ files }) => files.some((path) => !existsSync(path)));
      if (!isOutdated || attempt === maxAttempts) throw error;
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }
}

async function openViews(connection: DuckDBConnection, { tables, views }: TableSet): Promise<void> {
  await connection.run("SET TimeZone = 'UTC'");
  try {
    for (const table of tables) await connection.run(viewSql(table));
    for (const { name, sql } of views) await connection.run(`CREATE VIEW ${quoted(name)} AS ${sql}`);
  } catch (error) {
    throw error instanceof Error ? new UnreadableTablesError(error) : error;
  }
  await connection.run('SET lock_configuration = true');
}

/** A table over its files; without any it is empty, and its columns have their types all the same. */
function viewSql({ name, columns, files }: FileTable): string {
  const view = `CREATE VIEW ${quoted(name)} AS SELECT`;
  if (files.length === 0) {
    const typed = columns.map((column) => `CAST(NULL AS ${column.type}) AS ${quoted(column.name)}`);
    return `${view} ${typed.join(', ')} WHERE false`;
  }
  const selected = columns.map((column) => quoted(column.name)).join(', ');
  return `${view} ${selected} FROM read_parquet([${files.map(literal).join(', ')}], hive_partitioning = false)`;
}

/**
 * Prepares the one SELECT a text holds, which is all that may be run.
 *
 * @throws NotOneSelectError for any other text, and DuckDB's own error for what it does not understand.
 */
export async function prepareSelect(
  connection: DuckDBConnection,
  sql: string,
): Promise<DuckDBPreparedStatement> {
  // DuckDB would take a text without any statement for a fault of ours.
  if (/^(?:\s|;|--[^\n]*(?:\n|$)|\/\*.*?\*\/)*$/s.test(sql)) throw new NotOneSelectError();
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new NotOneSelectError();
  const statement = await statements.prepare(0);
  if (statement.statementType !== StatementType.SELECT || statement.parameterCount > 0) {
    throw new NotOneSelectError();
  }
  return statement;
}

/** An identifier between double quotes. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text between single quotes. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
