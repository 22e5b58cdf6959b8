import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';

/** An object, and the file that holds its bytes. */
export interface ObjectFile {
  key: string;
  /** Absolute. It goes when the object is replaced or removed: list again then. */
  path: string;
}

const rowsSchema = z.array(z.object({ key: z.string(), blob: z.string() }));

/**
 * The objects of a bucket as they are at this moment, in the order of their keys, read past the store: a cloud that
 * is running over the directory is neither asked nor held up, and none needs to be. `undefined` when the directory
 * holds no object store.
 */
export function listObjectFiles(directory: string, bucket: string): ObjectFile[] | undefined {
  const file = join(directory, 'objects.sqlite');
  if (!existsSync(file)) return undefined;
  const database = openForReading(file);
  try {
    const rows = database.prepare('SELECT key, blob FROM objects WHERE bucket = ? ORDER BY key').all(bucket);
    return rowsSchema.parse(rows).map(({ key, blob }) => ({ key, path: resolve(directory, 'blobs', blob) }));
  } finally {
    database.close();
  }
}

/** How long another process may hold the database alone, as it does for an instant when it closes it. */
const busyTimeoutMs = 5_000;

/** SQLite's result code for what it may not write. */
const readOnlyCode = 8;
const sqliteErrorSchema = z.object({ errcode: z.number() });

/**
 * Reading a database in WAL mode takes a small file of shared memory beside it. Where none may be made, nobody can
 * be writing either, and the database is read as it stands.
 */
function openForReading(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
  try {
    database.prepare('SELECT 1 FROM objects LIMIT 1').get();
    return database;
  } catch (error) {
    database.close();
    const { data } = sqliteErrorSchema.safeParse(error);
    // The lower byte is the code, the rest says more. What is in a log would be passed over.
    if (data === undefined || data.errcode % 256 !== readOnlyCode || hasLog(file)) throw error;
    const url = pathToFileURL(file);
    url.searchParams.set('immutable', '1');
    return new DatabaseSync(url, { readOnly: true });
  }
}

function hasLog(file: string): boolean {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  return log !== undefined && log.size > 0;
}
