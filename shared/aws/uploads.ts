import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, HeadObjectCommand, NotFound, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import * as z from 'zod';
import type { UploadRequest } from '../domain/api-requests.ts';
import type { Instant } from '../domain/calendar.ts';
import { attachmentOf, downloadName } from '../domain/download-name.ts';
import { downloadUrlSeconds, type Submission, uploadUrlSeconds } from '../domain/submission.ts';
import type { Clients } from './clients.ts';
import { requireEnvironment } from './environment.ts';

const bucket = requireEnvironment('UPLOADS_BUCKET');

/** The key of a submission's file: `74/01G3ABC…`. The file's own name is never part of it. */
export function uploadKey(unit: string, submissionId: string): string {
  return `${unit}/${submissionId}`;
}

/** The unit and the submission a key belongs to. Throws for a key this system did not choose. */
export function parseUploadKey(key: string): { unit: string; submissionId: string } {
  const [, unit, submissionId] = /^([0-9A-Z]+)\/([0-9A-HJKMNP-TV-Z]{26})$/.exec(key) ?? [];
  if (unit === undefined || submissionId === undefined) throw new Error(`Not the key of an upload: ${key}`);
  return { unit, submissionId };
}

/**
 * A URL that takes exactly the announced file, once, within five minutes. Length, type, SHA-256 and
 * `If-None-Match: *` are signed: the sender must send the returned headers as they are, and S3 refuses any
 * other body or a second one.
 */
export async function presignUpload(
  { objects }: Clients,
  key: string,
  { bytes, contentType, sha256 }: UploadRequest,
): Promise<{ url: string; headers: Record<string, string> }> {
  const checksum = Buffer.from(sha256, 'hex').toString('base64');
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    ContentLength: bytes,
    ContentType: contentType,
    ChecksumSHA256: checksum,
    IfNoneMatch: '*',
  });
  const signed = ['content-length', 'content-type', 'if-none-match', 'x-amz-checksum-sha256'];
  const url = await getSignedUrl(objects, command, {
    expiresIn: uploadUrlSeconds,
    signableHeaders: new Set(['host', ...signed]),
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
  });
  return {
    url,
    headers: {
      'content-length': String(bytes),
      'content-type': contentType,
      'if-none-match': '*',
      'x-amz-checksum-sha256': checksum,
    },
  };
}

/**
 * A URL from which anybody can download what was uploaded for five minutes, and the name it is saved under: the
 * sender's own, but always with the extension of what it was announced as, so that no name makes a program of it.
 */
export async function presignSentFile(
  { objects }: Clients,
  { unit, id, fileName, contentType }: Pick<Submission, 'unit' | 'id' | 'fileName' | 'contentType'>,
): Promise<{ url: string; fileName: string }> {
  const savedAs = downloadName(fileName, '', contentType === 'application/json' ? 'json' : 'csv');
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: uploadKey(unit, id),
    ResponseContentDisposition: attachmentOf(savedAs),
  });
  return { url: await getSignedUrl(objects, command, { expiresIn: downloadUrlSeconds }), fileName: savedAs };
}

/** When S3 took a file; `undefined` when it has none under the key. */
export async function findUpload({ objects }: Clients, key: string): Promise<Instant | undefined> {
  try {
    const { LastModified } = await objects.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return LastModified?.toISOString();
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/** A file fetched from S3 to the local disk, where it can be read as often as needed. */
export interface FetchedUpload {
  receivedAt: Instant;
  bytes: number;
  /** Lower-case hexadecimal SHA-256, computed anew from the bytes. */
  sha256: string;
  open(): AsyncIterable<Uint8Array>;
  /** Removes the local copy. */
  dispose(): Promise<void>;
}

/** Fetches a file, hashing it on the way. Throws when it is not there or breaks off, and leaves nothing behind. */
export async function fetchUpload({ objects }: Clients, key: string): Promise<FetchedUpload> {
  const { Body, LastModified } = await objects.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (LastModified === undefined) throw new Error(`S3 says nothing of when it received ${key}`);
  const content = readableSchema.parse(Body);
  const directory = await mkdtemp(join(tmpdir(), 'tiendo-upload-'));
  const path = join(directory, 'upload');
  const dispose = () => rm(directory, { recursive: true, force: true });
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(content, measure, createWriteStream(path));
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    receivedAt: LastModified.toISOString(),
    bytes,
    sha256: hash.digest('hex'),
    open: () => createReadStream(path),
    dispose,
  };
}

const readableSchema = z.custom<NodeJS.ReadableStream>(
  (body) => body !== null && typeof body === 'object' && 'pipe' in body,
);
