import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { namedQueries } from '../../shared/domain/named-queries.ts';
import { fillQuery } from '../../shared/domain/named-query.ts';
import { CommandError, type Printer, runReported } from '../command-error.ts';
import { type Machine, thisMachine } from '../session.ts';

interface QueryOptions {
  list?: boolean;
  named?: string;
  param?: Readonly<Record<string, string>>;
  csv?: boolean;
  json?: boolean;
  parquet?: string;
  data?: string;
}

const examples = `
Ví dụ · examples:
  npx tiendo query --list
  npx tiendo query "SELECT state, count(*) FROM submissions GROUP BY state"
  npx tiendo query --named known-on --param day=2022-06-30 --param unit=74 --csv
  npx tiendo query "SELECT * FROM points" --parquet so-lieu.parquet`;

/**
 * `tiendo query "SELECT …"`: one query in DuckDB's SQL over the exported tables of a data directory, by default the
 * local run's, whether it is up or not; nothing can be changed by it. Prints a table, `--csv` or `--json`, or writes
 * `--parquet FILE`. `--list` says which tables there are, `--named NAME [--param k=v]` asks one of the saved queries.
 * Exit 3 when a query fails while it runs, 2 for wrong usage, a query that cannot be understood included.
 */
export function queryCommand(machine: Machine = thisMachine()): Command {
  const command = new Command('query')
    .description('Truy vấn các bảng số liệu bằng SQL, ngay trên máy này · query the tables with SQL (DuckDB)')
    .argument('[sql]', 'một câu SELECT · one SELECT')
    .option('--list', 'in các bảng, cột và truy vấn có sẵn · print tables, columns and saved queries')
    .option('--named <name>', 'chạy một truy vấn có sẵn · ask a saved query')
    .option(
      '--param <name=value>',
      'tham số của truy vấn có sẵn, có thể lặp lại · a parameter of it, can be repeated',
      addParameter,
    )
    .option('--csv', 'in dạng CSV, dấu phẩy · print CSV, comma-separated')
    .option('--json', 'in dạng JSON · print JSON')
    .option('--parquet <file>', 'ghi vào tệp Parquet · write a Parquet file')
    .option(
      '--data <dir>',
      'thư mục dữ liệu, mặc định là của bản chạy trên máy này · the data folder, default the local run’s',
    )
    .addHelpText('after', examples)
    .action(async (sql: string | undefined, options: QueryOptions) => {
      await runReported(command, (printer) => query(sql, options, machine, printer));
    });
  return command;
}

async function query(
  sql: string | undefined,
  options: QueryOptions,
  { workingDirectory }: Machine,
  printer: Printer,
): Promise<void> {
  requireOne(
    [sql, options.named, options.list],
    'Ghi một câu SELECT, hoặc --named, hoặc --list.',
    'Give one SELECT, or --named, or --list.',
  );
  const { csv, json, parquet } = options;
  if ([csv, json, parquet].some((format) => format !== undefined)) {
    requireOne(
      [csv, json, parquet, options.list],
      'Chỉ chọn một trong --csv, --json, --parquet.',
      'Only one of --csv, --json and --parquet can be had.',
    );
  }
  const dataDirectory = resolve(workingDirectory, options.data ?? join('.tiendo', 'local'));
  // Loaded here: other commands need no database.
  const { askTables, copySelect, runSelect } = await import('../duckdb.ts');
  if (options.list) {
    const { describeTables } = await import('../table-list.ts');
    return await askTables(dataDirectory, describeTables, async (text) => printer.print(text));
  }
  const asked = sql ?? fillNamed(options);
  if (parquet !== undefined) {
    const path = resolve(workingDirectory, parquet);
    const partial = `${path}.part`;
    return await askTables(
      dataDirectory,
      (connection) => copySelect(connection, asked, partial),
      async (rows) => {
        await rename(partial, path);
        printer.print(`Đã ghi ${rows.toLocaleString('vi-VN')} dòng vào ${path} · rows written`);
      },
    ).finally(() => rm(partial, { force: true }));
  }
  const { printCsv, printJson, printTable } = await import('../query-answer.ts');
  const printAnswer = csv ? printCsv : json ? printJson : printTable;
  await askTables(
    dataDirectory,
    (connection) => runSelect(connection, asked),
    (answer) => printAnswer(answer, printer),
  );
}

function requireOne(given: readonly unknown[], vi: string, en: string): void {
  if (given.filter((one) => one !== undefined).length !== 1) throw new CommandError(vi, en, 2);
}

function addParameter(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const equals = text.indexOf('=');
  return { ...before, [equals < 0 ? text : text.slice(0, equals)]: equals < 0 ? '' : text.slice(equals + 1) };
}

function fillNamed({ named, param }: QueryOptions): string {
  const queries = namedQueries(loadCatalogue().directive);
  const found = queries.find(({ name }) => name === named);
  if (!found) {
    const known = queries.map(({ name }) => name).join(', ');
    throw new CommandError(
      `Không có truy vấn "${named}". Có: ${known}.`,
      `There is no query "${named}". There are: ${known}.`,
      2,
    );
  }
  try {
    return fillQuery(found, param);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const [vi = '', en = ''] = error.message.split('\n');
    throw new CommandError(vi, en, 2);
  }
}
