import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';
import { requireEnvironment } from './environment.ts';

const bucket = requireEnvironment('EXPORT_BUCKET');

/**
 * An object there is. Its tag is the MD5 of its bytes: the entity tag S3 gives to what was put whole and is encrypted
 * with its own keys.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
export interface PresentObject {
  tag: string;
  bytes: number;
}

/** The objects there are, by key. */
export type PresentObjects = ReadonlyMap<string, PresentObject>;

/** Somebody else wrote the object since it was listed: list and read again, and decide anew. */
export class ExportOvertakenError extends Error {
  constructor(key: string, cause: unknown) {
    super(`${key} was written by somebody else meanwhile`, { cause });
    this.name = 'ExportOvertakenError';
  }
}

/** Lists the objects in some folders, in the order of their keys within each. */
export async function listExported(
  { objects }: Clients,
  folders: readonly string[],
): Promise<Map<string, PresentObject>> {
  const lists = folders.map(async (Prefix) => {
    const found: [string, PresentObject][] = [];
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client: objects },
      { Bucket: bucket, Prefix },
    )) {
      for (const { Key, ETag, Size } of Contents) {
        if (Key && ETag) found.push([Key, { tag: ETag.replaceAll('"', ''), bytes: Size ?? 0 }]);
      }
    }
    return found;
  });
  return new Map((await Promise.all(lists)).flat());
}

/**
 * Makes an object what it should be, unless it is that already: writes it, or deletes it where there is nothing to
 * hold. `present` is what was listed before the content was read. Returns whether anything changed.
 *
 * @throws ExportOvertakenError when somebody else wrote it since then.
 */
export async function replaceExported(
  clients: Clients,
  present: PresentObjects,
  key: string,
  content: Uint8Array | undefined,
): Promise<boolean> {
  const tag = present.get(key)?.tag;
  if (content === undefined) {
    if (tag !== undefined) await deleteExported(clients, key);
    return tag !== undefined;
  }
  if (tagOf(content) === tag) return false;
  await put(clients, key, content, tag === undefined ? { IfNoneMatch: '*' } : { IfMatch: `"${tag}"` });
  return true;
}

/** The tag of an object with these bytes. */
export function tagOf(content: Uint8Array): string {
  return createHash('md5').update(content).digest('hex');
}

/** A file that is read while it is sent, since it is too large to be held. */
export interface StreamedFile {
  stream: Readable;
  bytes: number;
  contentType: string;
}

/** Writes an object that never changes, unless it is there. Returns whether it was not. */
export async function createExported(
  clients: Clients,
  key: string,
  content: Uint8Array | StreamedFile,
): Promise<boolean> {
  try {
    await put(clients, key, content, { IfNoneMatch: '*' });
    return true;
  } catch (error) {
    if (error instanceof ExportOvertakenError) return false;
    throw error;
  }
}

/** Deletes an object; one that is not there is no error. */
export async function deleteExported({ objects }: Clients, key: string): Promise<void> {
  await objects.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

async function put(
  { objects }: Clients,
  key: string,
  content: Uint8Array | StreamedFile,
  condition: { IfMatch: string } | { IfNoneMatch: '*' },
): Promise<void> {
  const body =
    content instanceof Uint8Array
      ? { Body: content, ContentType: 'application/vnd.apache.parquet' }
      : { Body: content.stream, ContentLength: content.bytes, ContentType: content.contentType };
  try {
    await objects.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        ...body,
        ...condition,
      }),
    );
  } catch (error) {
    if (isOvertaken(error)) throw new ExportOvertakenError(key, error);
    throw error;
  }
}

/** Written, being written, or deleted by somebody else. */
function isOvertaken(error: unknown): boolean {
  return (
    error instanceof S3ServiceException &&
    ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'].includes(error.name)
  );
}
