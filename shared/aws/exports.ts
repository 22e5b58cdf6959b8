import { HeadObjectCommand, NotFound, PutObjectCommand } from '@aws-sdk/client-s3';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import type { Head } from '../domain/head.ts';
import { type Column, pointRows, pointsTable } from '../domain/points-table.ts';
import type { Clients } from './clients.ts';
import { requireEnvironment } from './environment.ts';

const bucket = requireEnvironment('EXPORT_BUCKET');

/** The object of a unit and year in the table `points`, laid out for partition projection. */
function pointsKey(unit: string, year: number): string {
  return `points/unit=${unit}/year=${year}/points.parquet`;
}

/**
 * Writes the points of a head as Parquet, unless the object already shows this version of the head or a
 * later one. Of two runs at once, the write condition lets one through and the other throws and is repeated.
 */
export async function exportPoints({ objects }: Clients, head: Head): Promise<void> {
  const key = pointsKey(head.unit, head.year);
  const present = await findVersion({ objects }, key);
  if (present && present.version >= head.version) return;
  await objects.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: new Uint8Array(writeParquet(pointsTable, pointRows(head))),
      ContentType: 'application/vnd.apache.parquet',
      Metadata: { version: String(head.version) },
      ...(present ? { IfMatch: present.etag } : { IfNoneMatch: '*' }),
    }),
  );
}

/** Rows as one Parquet file with the columns of a table. Empty cells are null. */
function writeParquet<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): ArrayBuffer {
  return parquetWriteBuffer({
    columnData: columns.map((column) => ({ name: column.name, data: cellsOf(column, rows) })),
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, type }) => ({
        name,
        ...parquetTypes[type],
        repetition_type: 'OPTIONAL' as const,
      })),
    ],
  });
}

const parquetTypes = {
  STRING: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  INT32: { type: 'INT32' },
  INT64: { type: 'INT64' },
  DATE: { type: 'INT32', converted_type: 'DATE' },
  TIMESTAMP: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
} as const;

function cellsOf<Row>({ type, cellOf }: Column<Row>, rows: readonly Row[]): ColumnSource['data'] {
  return rows.map((row) => {
    const cell = cellOf(row);
    if (cell === undefined) return null;
    if (type === 'INT64') return BigInt(cell);
    return type === 'DATE' || type === 'TIMESTAMP' ? new Date(cell) : cell;
  });
}

async function findVersion(
  { objects }: Pick<Clients, 'objects'>,
  key: string,
): Promise<{ version: number; etag: string } | undefined> {
  try {
    const { ETag, Metadata } = await objects.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    if (!ETag) throw new Error(`S3 gave ${key} no entity tag`);
    return { version: Number(Metadata?.version ?? 0), etag: ETag };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
