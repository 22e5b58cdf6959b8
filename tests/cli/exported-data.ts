import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createObjectStore, type ObjectStore } from '../../local/s3/object-store.ts';
import { writeParquet } from '../../shared/aws/parquet-file.ts';
import type { Row } from '../../shared/domain/tables/table.ts';
import { type RowOf, type TableName, tableOf } from '../../shared/domain/tables.ts';

const bucket = 'tiendodata-exportbucket';

/** A data directory as the embedded cloud leaves it, with no object in it yet. */
export function makeDataDirectory(): { dataDirectory: string; store: ObjectStore } {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tiendo-data-'));
  return { dataDirectory, store: createObjectStore(join(dataDirectory, 's3')) };
}

/** Puts rows where the export puts them, replacing the object that is there. */
export async function putRows(
  store: ObjectStore,
  table: TableName,
  key: string,
  rows: readonly Row[],
): Promise<void> {
  const bytes = writeParquet(tableOf(table), rows);
  const upload = await store.receive(
    (async function* () {
      yield bytes;
    })(),
    bytes.length,
    () => new Error('too long'),
  );
  store.commit(upload, { bucket, key, lastModified: '2022-07-01T00:00:00.000Z', headers: {} });
}

/** A row of `observations` with what matters to a test. */
export function observation(given: Partial<RowOf<'observations'>> = {}): RowOf<'observations'> {
  return {
    unit_id: '74',
    submission_id: '01G3ABCDEFGHJKMNPQRSTVWXYZ',
    row_number: 2,
    indicator_id: 'II.9.1',
    period: '2022-05',
    as_at: '2022-05-31',
    area_id: null,
    numerator: null,
    denominator: null,
    value: null,
    value_text: null,
    completed_on: null,
    evidence: null,
    note: null,
    ...given,
  };
}
