import type { DuckDBConnection } from '@duckdb/node-api';
import {
  askTables as ask,
  listExportedTables,
  literal,
  NotOneSelectError,
  prepareSelect,
  type TableSet,
  UnreadableTablesError,
} from '../local/exported-tables.ts';
import { tableNames } from '../shared/domain/tables.ts';
import { views } from '../shared/domain/views.ts';
import { CommandError } from './command-error.ts';

/**
 * Asks the exported tables of a data directory and uses the answer while they are open; `askQuestion` can run several
 * times, `use` runs once at most. Throws `CommandError` when the directory has no data, or data of another version.
 */
export async function askTables<A>(
  dataDirectory: string,
  askQuestion: (connection: DuckDBConnection) => Promise<A>,
  use: (answer: A) => Promise<void>,
): Promise<void> {
  try {
    await ask(() => requireTables(dataDirectory), askQuestion, use);
  } catch (error) {
    throw error instanceof UnreadableTablesError ? explainViews(error) : error;
  }
}

function requireTables(dataDirectory: string): TableSet {
  const found = listExportedTables(dataDirectory);
  if (found) return found;
  throw new CommandError(
    `Không có dữ liệu ở ${dataDirectory}. Hãy chạy "npm start -- --once" để có, hoặc chỉ thư mục khác bằng --data.`,
    `There is no data in ${dataDirectory}. Run "npm start -- --once" to make some, or name a folder with --data.`,
    2,
  );
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

function explainRefusal(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof NotOneSelectError) {
    return new CommandError(
      'Chỉ chạy một câu SELECT, không có tham số: các bảng chỉ để đọc.',
      'One SELECT is run, without parameters: the tables are for reading only.',
      2,
    );
  }
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

function explainViews({ message }: UnreadableTablesError): CommandError {
  return new CommandError(
    'Không đọc được các bảng: có thể do phiên bản khác ghi. Hãy chạy lại "npm start". DuckDB báo như sau.',
    `The tables cannot be read; another version may have written them. Run "npm start" again. DuckDB says:\n${message}`,
  );
}
