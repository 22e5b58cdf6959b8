import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, StatementType } from '@duckdb/node-api';
import { listExportedFiles } from '../local/exported-files.ts';
import { type Table, tableNames, tables } from '../shared/domain/tables.ts';
import { views } from '../shared/domain/views.ts';
import { CommandError } from './command-error.ts';

/** How often a query is begun again when objects it was to read were replaced while it ran. */
const maxAttempts = 5;

/**
 * Asks the exported tables of a data directory, which are views of an in-memory DuckDB, and uses the answer while they
 * are open. A running cloud may replace an object that is about to be read: then all is asked anew, so that `ask` can
 * run several times, `use` runs once at most. Throws `CommandError` when the directory has no data.
 */
export async function askTables<A>(
  dataDirectory: string,
  ask: (connection: DuckDBConnection) => Promise<A>,
  use: (answer: A) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const files = requireExportedFiles(dataDirectory);
    const instance = await DuckDBInstance.create(':memory:', settings);
    const connection = await instance.connect();
    let isAnswered = false;
    try {
      await openViews(connection, files);
      const answer = await ask(connection);
      isAnswered = true;
      return await use(answer);
    } catch (error) {
      const isOutdated = !isAnswered && files.some(({ path }) => !existsSync(path));
      if (!isOutdated || attempt === maxAttempts) throw error;
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }
}

const settings = {
  // Nothing is fetched from anywhere: what is built in reads Parquet, JSON and CSV.
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  // The default would be a folder in the working directory. It is made only when memory does not suffice.
  temp_directory: join(tmpdir(), `tiendo-query-${process.pid}`),
};

type ExportedFile = NonNullable<ReturnType<typeof listExportedFiles>>[number];

function requireExportedFiles(dataDirectory: string): ExportedFile[] {
  const files = listExportedFiles(dataDirectory);
  if (files) return files;
  throw new CommandError(
    `Không có dữ liệu ở ${dataDirectory}. Hãy chạy "npm start -- --once" để có, hoặc chỉ thư mục khác bằng --data.`,
    `There is no data in ${dataDirectory}. Run "npm start -- --once" to make some, or name a folder with --data.`,
    2,
  );
}

async function openViews(connection: DuckDBConnection, files: readonly ExportedFile[]): Promise<void> {
  await connection.run("SET TimeZone = 'UTC'");
  const filesOf = Map.groupBy(files, ({ key }) => key.slice(0, key.indexOf('/')));
  try {
    for (const table of tables) await connection.run(viewSql(table, filesOf.get(table.name) ?? []));
    for (const { name, sql } of views) await connection.run(`CREATE VIEW ${quoted(name)} AS ${sql}`);
  } catch (error) {
    throw explainViews(error);
  }
  await connection.run('SET lock_configuration = true');
}

/** A table over its objects; without any it is empty, and its columns have their types all the same. */
function viewSql({ name, columns }: Table, files: readonly ExportedFile[]): string {
  const view = `CREATE VIEW ${quoted(name)} AS SELECT`;
  if (files.length === 0) {
    const typed = columns.map((column) => `CAST(NULL AS ${column.type}) AS ${quoted(column.name)}`);
    return `${view} ${typed.join(', ')} WHERE false`;
  }
  const paths = files.map(({ path }) => literal(path)).join(', ');
  const selected = columns.map((column) => quoted(column.name)).join(', ');
  return `${view} ${selected} FROM read_parquet([${paths}], hive_partitioning = false)`;
}

/**
 * Runs the one SELECT a text holds. Throws `CommandError`, with what DuckDB says of it, for any other text: exit code
 * 2 when the query cannot be understood, 1 when it fails while it runs.
 */
export async function runSelect(connection: DuckDBConnection, sql: string) {
  const statement = await prepareSelect(connection, sql).catch((error: unknown) => {
    throw explainRefusal(error);
  });
  return await statement.run().catch((error: unknown) => {
    throw explainFailure(error);
  });
}

/** Writes what a SELECT answers to a Parquet file. Returns the number of rows; throws as `runSelect` does. */
export async function copySelect(connection: DuckDBConnection, sql: string, path: string): Promise<number> {
  await prepareSelect(connection, sql).catch((error: unknown) => {
    throw explainRefusal(error);
  });
  try {
    // A table, for the names of its columns differ also where those of the query do not.
    await connection.run(`CREATE TEMP TABLE answer AS ${sql}`);
    const copied = await connection.run(`COPY answer TO ${literal(path)} (FORMAT parquet)`);
    return copied.rowsChanged;
  } catch (error) {
    throw explainFailure(error);
  }
}

async function prepareSelect(connection: DuckDBConnection, sql: string) {
  // DuckDB would take a text without any statement for a fault of ours.
  if (/^(?:\s|;|--[^\n]*(?:\n|$)|\/\*.*?\*\/)*$/s.test(sql)) throw notOneSelect();
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw notOneSelect();
  const statement = await statements.prepare(0);
  if (statement.statementType !== StatementType.SELECT || statement.parameterCount > 0) throw notOneSelect();
  return statement;
}

function notOneSelect(): CommandError {
  return new CommandError(
    'Chỉ chạy một câu SELECT, không có tham số: các bảng chỉ để đọc.',
    'One SELECT is run, without parameters: the tables are for reading only.',
    2,
  );
}

function explainRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof CommandError) return error;
  const [, unknownTable] = /^Catalog Error: Table with name (.+?) does not exist!/.exec(error.message) ?? [];
  if (unknownTable === undefined) {
    return new CommandError(
      'Câu truy vấn không đúng; DuckDB báo như sau.',
      `The query is wrong; DuckDB says:\n${error.message}`,
      2,
    );
  }
  const known = [...tableNames, ...views.map(({ name }) => name)].join(', ');
  return new CommandError(
    `Không có bảng "${unknownTable}". Các bảng: ${known}.`,
    `There is no table "${unknownTable}". The tables are: ${known}.`,
    2,
  );
}

function explainFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return new CommandError(
    'Truy vấn không chạy được đến cùng; DuckDB báo như sau.',
    `The query could not be run to its end; DuckDB says:\n${error.message}`,
  );
}

/** The files do not have the columns they should: they were exported before those were changed. */
function explainViews(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return new CommandError(
    'Không đọc được các bảng: có thể do phiên bản khác ghi. Hãy chạy lại "npm start". DuckDB báo như sau.',
    `The tables cannot be read; another version may have written them. Run "npm start" again. DuckDB says:\n${error.message}`,
  );
}

/** An identifier between double quotes. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
