import { GetQueryResultsCommand } from '@aws-sdk/client-athena';
import { GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { attachmentOf } from '../domain/download-name.ts';
import { answerGone } from '../domain/problem.ts';
import { type CellType, cellTypeOf } from '../domain/query-cells.ts';
import { type AnswerRow, excelCsv, readAnswerCsv } from '../domain/query-csv.ts';
import { downloadUrlSeconds } from '../domain/submission.ts';
import type { Clients } from './clients.ts';
import { athena } from './query-executions.ts';

/** So much of an answer is read; a larger one is offered as Athena wrote it. */
const maxBytesRead = 8 * 1024 * 1024;

interface AnswerColumn {
  name: string;
  type: CellType;
}

/** What a query answered: its columns, and its rows as far as they were read; all of them where `isWhole`. */
export interface QueryAnswer {
  columns: readonly AnswerColumn[];
  rows: readonly AnswerRow[];
  isWhole: boolean;
}

interface Address {
  bucket: string;
  key: string;
}

/**
 * Reads what Athena has written to `location` (`s3://bucket/key`).
 *
 * @throws ProblemError `answer-gone` when it is not kept any more.
 */
export async function readAnswer({ objects }: Clients, id: string, location: string): Promise<QueryAnswer> {
  const { bucket, key } = addressOf(location);
  const Range = `bytes=0-${maxBytesRead - 1}`;
  const { Body, ContentRange = '' } = await objects
    .send(new GetObjectCommand({ Bucket: bucket, Key: key, Range }))
    .catch((error: unknown) => {
      throw error instanceof NoSuchKey ? answerGone(id) : error;
    });
  if (!Body) throw new Error(`S3 gave ${location} without content`);
  const isWhole = Number(ContentRange.split('/')[1]) <= maxBytesRead;
  const columns = await loadColumns(id);
  const types = columns.map(({ type }) => type);
  return { columns, rows: readAnswerCsv(await Body.transformToString('utf-8'), types, isWhole), isWhole };
}

async function loadColumns(id: string): Promise<AnswerColumn[]> {
  const { ResultSet } = await athena.send(
    new GetQueryResultsCommand({ QueryExecutionId: id, MaxResults: 1 }),
  );
  const columns = ResultSet?.ResultSetMetadata?.ColumnInfo;
  if (!columns) throw new Error(`Athena does not say which columns the execution ${id} answered`);
  return columns.map(({ Name = '', Type = '' }) => ({ name: Name, type: cellTypeOf(Type) }));
}

/**
 * A URL from which anybody can download an answer for five minutes, as a file of that name: for Excel where all of it
 * was read, in a file beside the one of Athena, else that one as it is.
 */
export async function offerAnswer(
  { objects }: Clients,
  answer: QueryAnswer,
  location: string,
  fileName: string,
): Promise<{ url: string; fileName: string; isForExcel: boolean }> {
  const { bucket, key } = addressOf(location);
  const offered = answer.isWhole ? key.replace(/\.csv$/, '-excel.csv') : key;
  if (answer.isWhole) {
    const Body = excelCsv(answer.columns, answer.rows);
    const ContentType = 'text/csv; charset=utf-8';
    await objects.send(new PutObjectCommand({ Bucket: bucket, Key: offered, Body, ContentType }));
  }
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: offered,
    ResponseContentDisposition: attachmentOf(fileName),
  });
  const url = await getSignedUrl(objects, command, { expiresIn: downloadUrlSeconds });
  return { url, fileName, isForExcel: answer.isWhole };
}

function addressOf(location: string): Address {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location) ?? [];
  if (!bucket || !key) throw new Error(`Athena has answered to ${location}, which is no object`);
  return { bucket, key };
}
