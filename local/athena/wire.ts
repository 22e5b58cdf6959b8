import { CsvReader, type CsvRow } from '../../shared/domain/intake/csv-reader.ts';
import type { WorkgroupSettings } from '../template/athena.ts';
import type { StoredExecution } from './execution-store.ts';

/** Where the answer of an execution is written. */
export function addressOf({ id }: Pick<StoredExecution, 'id'>, { answers }: WorkgroupSettings) {
  return { bucket: answers.bucket, key: `${answers.prefix}${id}.csv` };
}

/** An execution as `GetQueryExecution` tells of it. Times are seconds since 1970. */
export function executionOnWire(execution: StoredExecution, workgroup: WorkgroupSettings): object {
  const { id, statement, database, state, reason, submittedMs, completedMs, bytesScanned } = execution;
  const { bucket, key } = addressOf(execution, workgroup);
  return {
    QueryExecutionId: id,
    Query: statement,
    StatementType: 'DML',
    WorkGroup: workgroup.name,
    QueryExecutionContext: { Database: database },
    ResultConfiguration: { OutputLocation: `s3://${bucket}/${key}` },
    Status: {
      State: state,
      SubmissionDateTime: submittedMs / 1000,
      ...(completedMs !== null && { CompletionDateTime: completedMs / 1000 }),
      ...(reason !== null && { StateChangeReason: reason }),
    },
    Statistics: { DataScannedInBytes: bytesScanned },
  };
}

/** A page of an answer as `GetQueryResults` gives it: the names of the columns first, then the rows. */
export function pageOnWire(
  { columns }: Pick<StoredExecution, 'columns'>,
  csv: string,
  { from, count }: { from: number; count: number },
): object {
  const reader = new CsvReader(',');
  const rows = [...reader.write(csv), ...reader.end()];
  const page = rows.slice(from, from + count);
  const next = from + page.length;
  return {
    ResultSet: {
      Rows: page.map((row) => ({ Data: row.cells.map((cell, index) => dataOf(row, cell, index)) })),
      ResultSetMetadata: {
        ColumnInfo: columns.map(({ name, type, precision, scale }) => ({
          CatalogName: 'hive',
          SchemaName: '',
          TableName: '',
          Name: name,
          Label: name,
          Type: type,
          Precision: precision,
          Scale: scale,
          Nullable: 'UNKNOWN',
          CaseSensitive: type === 'varchar',
        })),
      },
    },
    UpdateCount: 0,
    ...(next < rows.length && { NextToken: String(next) }),
  };
}

function dataOf({ quoted }: CsvRow, cell: string, index: number): object {
  return quoted?.has(index) ? { VarCharValue: cell } : {};
}
