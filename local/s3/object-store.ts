import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import * as z from 'zod';
import type { Instant } from '../../shared/domain/calendar.ts';

/** What the bytes of an upload come to. */
export interface Digests {
  md5: Buffer;
  sha256: Buffer;
  /** Big endian, as S3 writes it. */
  crc32: Buffer;
}

/** Bytes that have arrived whole but belong to no object yet. */
export interface Upload {
  blob: string;
  size: number;
  digests: Digests;
}

/** One object. `headers` are those a GET gives back: content-type, x-amz-meta-*, x-amz-checksum-*. */
export interface StoredObject {
  bucket: string;
  key: string;
  /** Name of the file that holds the bytes. */
  blob: string;
  /** Bytes. */
  size: number;
  /** MD5 in hex, without quotes. */
  etag: string;
  /** SHA-256 in hex. */
  sha256: string;
  /** Whole seconds: `2022-06-30T10:00:00.000Z`. */
  lastModified: Instant;
  headers: Record<string, string>;
}

export interface ObjectStore {
  /**
   * Streams bytes to a file of their own. Rejects with the source's error, or as soon as `maxBytes` are exceeded
   * with what `tooLong` makes; nothing is left behind then.
   */
  receive(source: AsyncIterable<Uint8Array>, maxBytes: number, tooLong: () => Error): Promise<Upload>;
  /** Makes an upload an object, replacing the one before. Synchronous: a check of `find` just before it still holds. */
  commit(
    upload: Upload,
    object: Pick<StoredObject, 'bucket' | 'key' | 'lastModified' | 'headers'>,
  ): StoredObject;
  /** Forgets an upload that was not committed. */
  discard(upload: Upload): Promise<void>;
  find(bucket: string, key: string): StoredObject | undefined;
  /** The bytes from `start` to `end`, both inclusive; they stay readable when the object is replaced meanwhile. */
  read(object: StoredObject, start: number, end: number): Readable;
  /** Up to `limit` objects whose key has the prefix and comes after `after`, in the order of the keys' UTF-8 bytes. */
  list(bucket: string, page: { prefix: string; after: string; limit: number }): StoredObject[];
  /** Removes an object; one that is not there is no error. */
  remove(bucket: string, key: string): void;
  close(): void;
}

const headersSchema = z.record(z.string(), z.string());
const rowSchema = z.object({
  bucket: z.string(),
  key: z.string(),
  blob: z.string(),
  size: z.number(),
  etag: z.string(),
  sha256: z.string(),
  lastModified: z.string(),
  headers: z.string().transform((text) => headersSchema.parse(JSON.parse(text))),
});

/**
 * Objects in a directory: their bytes in `blobs/`, all else in `objects.sqlite`. Bytes are written to a file with
 * a name of its own, and the row that names it is the object: it is there whole or not at all, wherever the
 * process is killed (nothing is fsynced: losing power is not a case here). Files that no row names are removed at the next start.
 */
export function createObjectStore(directory: string): ObjectStore {
  const blobs = join(directory, 'blobs');
  mkdirSync(blobs, { recursive: true });
  const database = new DatabaseSync(join(directory, 'objects.sqlite'));
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = OFF;
    CREATE TABLE IF NOT EXISTS objects (
      bucket TEXT NOT NULL, key TEXT NOT NULL, blob TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
      sha256 TEXT NOT NULL, lastModified TEXT NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (bucket, key)
    ) WITHOUT ROWID`);
  const select = database.prepare('SELECT * FROM objects WHERE bucket = ? AND key = ?');
  const selectPage = database.prepare(
    'SELECT * FROM objects WHERE bucket = ? AND key >= ? AND key > ? ORDER BY key LIMIT ?',
  );
  const upsert = database.prepare('INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const deleteRow = database.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?');
  removeUnnamedBlobs();

  function removeUnnamedBlobs(): void {
    const named = new Set(
      database
        .prepare('SELECT blob FROM objects')
        .all()
        .map((row) => row.blob),
    );
    for (const name of readdirSync(blobs)) if (!named.has(name)) rmSync(join(blobs, name));
  }

  function find(bucket: string, key: string): StoredObject | undefined {
    const row = select.get(bucket, key);
    return row && rowSchema.parse(row);
  }

  const removeBlob = (blob: string) => rmSync(join(blobs, blob), { force: true });

  return {
    find,
    async receive(source, maxBytes, tooLong) {
      const blob = randomUUID();
      const file = await open(join(blobs, blob), 'wx');
      const md5 = createHash('md5');
      const sha256 = createHash('sha256');
      let checksum = 0;
      let size = 0;
      try {
        for await (const chunk of source) {
          size += chunk.length;
          if (size > maxBytes) throw tooLong();
          md5.update(chunk);
          sha256.update(chunk);
          checksum = crc32(chunk, checksum);
          await file.writeFile(chunk);
        }
        await file.close();
      } catch (error) {
        await file.close();
        await rm(join(blobs, blob), { force: true });
        throw error;
      }
      const crc = Buffer.alloc(4);
      crc.writeUInt32BE(checksum);
      return { blob, size, digests: { md5: md5.digest(), sha256: sha256.digest(), crc32: crc } };
    },
    commit(upload, { bucket, key, lastModified, headers }) {
      const { blob, size, digests } = upload;
      const etag = digests.md5.toString('hex');
      const sha256 = digests.sha256.toString('hex');
      const replaced = find(bucket, key);
      upsert.run(bucket, key, blob, size, etag, sha256, lastModified, JSON.stringify(headers));
      if (replaced) removeBlob(replaced.blob);
      return { bucket, key, blob, size, etag, sha256, lastModified, headers };
    },
    discard: (upload) => rm(join(blobs, upload.blob), { force: true }),
    read(object, start, end) {
      // Opened at once, in the same turn as `find`: a replacement could remove the file before a later open.
      const fd = openSync(join(blobs, object.blob), 'r');
      return createReadStream('', { fd, start, end });
    },
    list(bucket, { prefix, after, limit }) {
      // Keys with a prefix stand together, so the first one without it ends the list.
      return selectPage
        .all(bucket, prefix, after, limit)
        .map((row) => rowSchema.parse(row))
        .filter(({ key }) => key.startsWith(prefix));
    },
    remove(bucket, key) {
      const removed = find(bucket, key);
      deleteRow.run(bucket, key);
      if (removed) removeBlob(removed.blob);
    },
    close: () => database.close(),
  };
}
