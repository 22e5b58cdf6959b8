import { statSync } from 'node:fs';
import { type AwsCall, accountId, region } from '../aws-service.ts';
import { askTables, prepareSelect, type TableSet } from '../exported-tables.ts';
import type { ObjectFile } from '../s3/object-files.ts';
import type { CatalogTable, Folder } from '../template/athena.ts';
import { type AnswerColumn, answerCsv, columnsOf } from './answer-text.ts';

/** What a statement is run over, and by whom. */
export interface Question {
  statement: string;
  database: string;
  tables: readonly CatalogTable[];
  /** The objects of a bucket as they are now. */
  filesOf(bucket: string): readonly ObjectFile[];
  /** Asks the policies of the caller, with whose credentials Athena reads. */
  authorize: AwsCall['authorize'];
  maxBytesScanned: number;
}

/** What came of it: the answer as CSV, how much of it was read. */
export interface Answer {
  csv: string;
  columns: AnswerColumn[];
  bytesScanned: number;
}

/** The query would have read more than the workgroup allows. */
export class ScanLimitError extends Error {
  constructor() {
    super('Query cancelled! : Bytes scanned limit was exceeded');
    this.name = 'ScanLimitError';
  }
}

/**
 * Runs one SELECT over the tables of a database. The files of every table it names are counted as read, whole, and must
 * be the caller's to read, as the tables must. Throws what DuckDB or a policy says against it.
 */
export async function runStatement(question: Question): Promise<Answer> {
  const { statement, database, authorize, maxBytesScanned } = question;
  const tables = question.tables.filter((table) => table.database === database);
  const catalog = glueArn('catalog');
  for (const resource of [catalog, glueArn(`database/${database}`), glueArn('database/default')]) {
    authorize('glue:GetDatabase', resource);
  }
  const list = () => listTables(tables, question.filesOf);
  return await askTables(
    list,
    async (connection, set) => {
      const prepared = await prepareSelect(connection, statement);
      const named = namedTables(tables, statement);
      for (const { name } of named) {
        for (const resource of [
          catalog,
          glueArn(`database/${database}`),
          glueArn(`table/${database}/${name}`),
        ]) {
          authorize('glue:GetTable', resource);
        }
      }
      for (const table of named) if ('folder' in table) authorizeReading(question, table.folder);
      const paths = set.tables.filter(({ name }) => named.some((table) => table.name === name));
      const bytesScanned = sum(paths.flatMap(({ files }) => files).map((path) => statSync(path).size));
      if (bytesScanned > maxBytesScanned) throw new ScanLimitError();
      return { result: await prepared.run(), bytesScanned };
    },
    async ({ result, bytesScanned }) => ({
      csv: await answerCsv(result),
      columns: columnsOf(result),
      bytesScanned,
    }),
  );
}

function listTables(tables: readonly CatalogTable[], filesOf: Question['filesOf']): TableSet {
  const files = new Map<string, readonly ObjectFile[]>();
  const filesIn = ({ bucket, prefix }: Folder) => {
    const all = files.get(bucket) ?? filesOf(bucket);
    files.set(bucket, all);
    return all.filter(({ key }) => key.startsWith(prefix)).map(({ path }) => path);
  };
  return {
    tables: tables.flatMap((table) =>
      'folder' in table ? [{ ...table, files: filesIn(table.folder) }] : [],
    ),
    views: tables.filter((table) => 'sql' in table),
  };
}

/** The tables a statement reads, through views too: what is named after `from`, `join` or a comma. */
function namedTables(tables: readonly CatalogTable[], statement: string): CatalogTable[] {
  const found = new Set<CatalogTable>();
  const pending = [statement];
  for (let sql = pending.pop(); sql !== undefined; sql = pending.pop()) {
    for (const [, name = ''] of sql.matchAll(/(?:\bfrom\s|\bjoin\s|,)\s*"?(\w+)/gi)) {
      const table = tables.find((one) => one.name === name.toLowerCase());
      if (!table || found.has(table)) continue;
      found.add(table);
      if ('sql' in table) pending.push(table.sql);
    }
  }
  return [...found];
}

function authorizeReading({ authorize, filesOf }: Question, { bucket, prefix }: Folder): void {
  authorize('s3:ListBucket', `arn:aws:s3:::${bucket}`, { 's3:prefix': prefix });
  for (const { key } of filesOf(bucket)) {
    if (key.startsWith(prefix)) authorize('s3:GetObject', `arn:aws:s3:::${bucket}/${key}`);
  }
}

function glueArn(resource: string): string {
  return `arn:aws:glue:${region}:${accountId}:${resource}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
