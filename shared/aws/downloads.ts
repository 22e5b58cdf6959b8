import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { attachmentOf } from '../domain/download-name.ts';
import type { Delimiter } from '../domain/intake/csv-layout.ts';
import { exportTooLarge } from '../domain/problem.ts';
import { downloadUrlSeconds } from '../domain/submission.ts';
import type { WantedDownload } from '../domain/tables/choose-download.ts';
import { tableCsv } from '../domain/tables/csv.ts';
import { dayOfKey, downloadsOf, folderOf } from '../domain/tables/object-keys.ts';
import type { Row, Table } from '../domain/tables/table.ts';
import type { Clients } from './clients.ts';
import { requireEnvironment } from './environment.ts';
import { createExported, listExported, type PresentObject } from './export-objects.ts';
import { ParquetFile } from './parquet-file.ts';
import { readParquet } from './parquet-rows.ts';

const bucket = requireEnvironment('EXPORT_BUCKET');

/** Files of so many bytes together are read while a caller waits, in which they grow to some 300 MB of CSV. */
const maxSourceBytes = 16 * 1024 * 1024;
/** Part of what a made file is known by: to be counted up when the same rows are to look otherwise. */
const edition = 1;

interface Source extends PresentObject {
  key: string;
}

/**
 * A URL from which anybody can download what is wanted for five minutes, and the name it is saved under. What is one
 * Parquet file already is offered as it is; the rest is made from the Parquet files, once for the same content.
 *
 * @throws ProblemError `export-too-large`.
 */
export async function offerTable(
  clients: Clients,
  wanted: WantedDownload,
): Promise<{ url: string; fileName: string }> {
  const { table, unit, format } = wanted;
  const sources = await findSources(clients, wanted);
  const [only, ...others] = sources;
  const day = table.layout === 'day' && only ? dayOfKey(only.key) : undefined;
  const fileName = `${[table.name, unit, day].filter((part) => part !== undefined).join('-')}.${format}`;
  const isReady = format === 'parquet' && only !== undefined && others.length === 0;
  const key = isReady ? only.key : await makeFile(clients, wanted, sources);
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    ResponseContentDisposition: attachmentOf(fileName),
  });
  return { url: await getSignedUrl(clients.objects, command, { expiresIn: downloadUrlSeconds }), fileName };
}

async function findSources(clients: Clients, { table, unit, day }: WantedDownload): Promise<Source[]> {
  const present = await listExported(clients, [folderOf(table.name, unit)]);
  const sources = [...present].map(([key, object]) => ({ key, ...object }));
  if (table.layout !== 'day') return sources;
  const chosen = day ?? sources.map(({ key }) => dayOfKey(key)).findLast((each) => each !== undefined);
  return sources.filter(({ key }) => dayOfKey(key) === chosen);
}

/** Makes the file unless it is there, and answers its key. */
async function makeFile(
  clients: Clients,
  wanted: WantedDownload,
  sources: readonly Source[],
): Promise<string> {
  const { table, unit, format, separator } = wanted;
  const content = JSON.stringify([edition, format, separator, sources.map(({ key, tag }) => [key, tag])]);
  const hash = createHash('sha256').update(content).digest('hex');
  const key = `${downloadsOf(unit ?? 'all')}${table.name}-${hash}.${format}`;
  if ((await listExported(clients, [key])).size > 0) return key;
  const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
  if (bytes > maxSourceBytes) throw exportTooLarge(table.name, unit);
  const rows = readSources(clients, table, sources);
  if (format === 'parquet') await makeParquet(clients, key, table, rows);
  else await makeCsv(clients, key, table, rows, separator);
  return key;
}

async function* readSources(
  { objects }: Clients,
  table: Table,
  sources: readonly Source[],
): AsyncGenerator<Row> {
  for (const { key } of sources) {
    const { Body } = await objects.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!Body) throw new Error(`S3 gave ${key} without content`);
    yield* readParquet(table, await Body.transformToByteArray());
  }
}

async function makeParquet(
  clients: Clients,
  key: string,
  table: Table,
  rows: AsyncIterable<Row>,
): Promise<void> {
  const file = new ParquetFile(table);
  for await (const row of rows) file.add(row);
  await createExported(clients, key, file.finish());
}

/** By way of the local disk, since as text the rows are many times larger. */
async function makeCsv(
  clients: Clients,
  key: string,
  table: Table,
  rows: AsyncIterable<Row>,
  separator: Delimiter,
): Promise<void> {
  const path = join(tmpdir(), `tiendo-${randomUUID()}.csv`);
  try {
    await pipeline(Readable.from(tableCsv(table, rows, separator)), createWriteStream(path));
    const { size } = await stat(path);
    const contentType = 'text/csv; charset=utf-8';
    await createExported(clients, key, { stream: createReadStream(path), bytes: size, contentType });
  } finally {
    await rm(path, { force: true });
  }
}
