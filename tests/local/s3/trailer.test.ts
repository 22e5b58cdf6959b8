import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createClock } from '../../../local/clock.ts';
import { createS3, type S3Service } from '../../../local/s3/s3.ts';
import { s3Call } from './call.ts';

let directory: string;
let s3: S3Service;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tiendo-s3-'));
  const clock = createClock('2022-06-30T10:00:00.000Z');
  s3 = createS3({ directory, clock, buckets: [{ name: 'uploads' }], onObjectCreated() {} });
});
afterEach(() => {
  s3.close();
  rmSync(directory, { recursive: true });
});

const streaming = {
  'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'x-amz-trailer': 'x-amz-checksum-crc32',
  'x-amz-decoded-content-length': '11',
  'x-amz-sdk-checksum-algorithm': 'CRC32',
  'content-encoding': 'aws-chunked',
};
const body = (trailer: string) => `b\r\nhello world\r\n0\r\n${trailer}\r\n\r\n`;
const rightTrailer = 'x-amz-checksum-crc32:DUoRhQ==';

it('a stream in chunks is stored as its bytes, without its wrapping', async () => {
  const call = s3Call('PUT', '/uploads/k', { body: body(rightTrailer), headers: streaming });
  expect((await s3.handle(call)).headers).toMatchObject({ 'x-amz-checksum-crc32': 'DUoRhQ==' });
  const stored = await s3.handle(s3Call('GET', '/uploads/k'));
  expect(stored.headers).toMatchObject({ 'content-length': '11' });
  expect(stored.headers).not.toHaveProperty('content-encoding');
  if (!(stored.body instanceof Readable)) throw new Error('The body is no stream');
  expect(await text(stored.body)).toBe('hello world');
});

it.each([
  ['a checksum of other bytes', {}, body('x-amz-checksum-crc32:NhCmhg=='), 400, 'BadDigest'],
  ['no checksum though announced', {}, body('a:b'), 400, 'InvalidRequest'],
  [
    'an unknown checksum',
    { 'x-amz-trailer': 'x-amz-checksum-crc64nvme', 'x-amz-sdk-checksum-algorithm': undefined },
    body('x-amz-checksum-crc64nvme:AAAAAAAAAAA='),
    501,
    'NotImplemented',
  ],
  [
    'fewer bytes than stated',
    { 'x-amz-decoded-content-length': '12' },
    body(rightTrailer),
    400,
    'IncompleteBody',
  ],
  [
    'more bytes than stated',
    { 'x-amz-decoded-content-length': '10' },
    body(rightTrailer),
    400,
    'IncompleteBody',
  ],
  [
    'an unstated number of bytes',
    { 'x-amz-decoded-content-length': undefined },
    body(rightTrailer),
    411,
    'MissingContentLength',
  ],
  ['no end', {}, 'b\r\nhello world\r\n', 400, 'IncompleteBody'],
])('a stream in chunks with %s is refused', async (_case, changed, content, status, code) => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...streaming, ...changed })) {
    if (value !== undefined) headers[name] = value;
  }
  const answer = s3.handle(s3Call('PUT', '/uploads/k', { body: content, headers }));
  await expect(answer).rejects.toMatchObject({ status, code });
  await expect(s3.handle(s3Call('GET', '/uploads/k'))).rejects.toMatchObject({ code: 'NoSuchKey' });
});
