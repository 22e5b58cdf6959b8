import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AwsCall, AwsError } from '../../../local/aws-service.ts';
import { type Clock, createClock } from '../../../local/clock.ts';
import { createS3, type ObjectCreated, type S3Service } from '../../../local/s3/s3.ts';
import { s3Call } from './call.ts';

let directory: string;
let clock: Clock;
let events: ObjectCreated[];
let s3: S3Service;

const start = (onObjectCreated: (event: ObjectCreated) => void = (event) => events.push(event)) =>
  createS3({ directory, clock, buckets: [{ name: 'uploads' }, { name: 'reports' }], onObjectCreated });

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tiendo-s3-'));
  clock = createClock('2022-06-30T16:59:59.999Z');
  events = [];
  s3 = start();
});
afterEach(() => {
  s3.close();
  rmSync(directory, { recursive: true });
});

/** Status and body, or status and error code. */
async function answerTo(call: AwsCall): Promise<[number, string]> {
  try {
    const { status, body } = await s3.handle(call);
    return [status, body instanceof Readable ? await text(body) : String(body ?? '')];
  } catch (error) {
    if (error instanceof AwsError) return [error.status, error.code];
    throw error;
  }
}
const put = (path: string, body: string, headers = {}) => answerTo(s3Call('PUT', path, { body, headers }));
const get = (path: string) => answerTo(s3Call('GET', path));
const blobs = () => readdirSync(join(directory, 'blobs'));

const base64 = (algorithm: string, content: string) => createHash(algorithm).update(content).digest('base64');
const crc32Of = (content: string) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(content));
  return bytes.toString('base64');
};

describe('a PUT', () => {
  it('is an event with the plain key, size, ETag and time in whole seconds', async () => {
    await put('/uploads/74/a%20b+c', 'abc');
    expect(events).toEqual([
      {
        bucket: 'uploads',
        key: '74/a b+c',
        size: 3,
        etag: createHash('md5').update('abc').digest('hex'),
        time: '2022-06-30T16:59:59.000Z',
      },
    ]);
  });

  it.each([
    ['shorter than stated', { 'content-length': '4' }, 400, 'IncompleteBody'],
    ['longer than stated', { 'content-length': '2' }, 400, 'IncompleteBody'],
    ['of unstated length', { 'content-length': '' }, 411, 'MissingContentLength'],
    ['over 5 GiB', { 'content-length': String(5 * 1024 ** 3 + 1) }, 400, 'EntityTooLarge'],
    [
      'with the SHA-256 of other bytes',
      { 'x-amz-checksum-sha256': base64('sha256', 'abd') },
      400,
      'BadDigest',
    ],
    ['with a malformed SHA-256', { 'x-amz-checksum-sha256': 'YWJj' }, 400, 'InvalidRequest'],
    [
      'with a SHA-256 in hex',
      { 'x-amz-checksum-sha256': createHash('sha256').update('abc').digest('hex') },
      400,
      'InvalidRequest',
    ],
    [
      'with a SHA-256 without its padding',
      { 'x-amz-checksum-sha256': base64('sha256', 'abc').replace('=', '') },
      400,
      'InvalidRequest',
    ],
    ['with the CRC32 of other bytes', { 'x-amz-checksum-crc32': crc32Of('abd') }, 400, 'BadDigest'],
    [
      'with two checksums',
      { 'x-amz-checksum-crc32': crc32Of('abc'), 'x-amz-checksum-sha256': base64('sha256', 'abc') },
      400,
      'InvalidRequest',
    ],
    ['with an unknown checksum', { 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' }, 501, 'NotImplemented'],
    ['with a checksum announced only', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }, 400, 'InvalidRequest'],
    ['with the MD5 of other bytes', { 'content-md5': base64('md5', 'abd') }, 400, 'BadDigest'],
    ['with a malformed MD5', { 'content-md5': 'abc' }, 400, 'InvalidDigest'],
    [
      'with another payload hash than signed',
      { 'x-amz-content-sha256': createHash('sha256').update('abd').digest('hex') },
      400,
      'XAmzContentSHA256Mismatch',
    ],
    ['with a payload hash that is none', { 'x-amz-content-sha256': 'abc' }, 400, 'InvalidArgument'],
    [
      'in signed chunks',
      { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' },
      501,
      'NotImplemented',
    ],
    ['in chunks that are not announced', { 'content-encoding': 'aws-chunked' }, 501, 'NotImplemented'],
    ['with 2,049 bytes of metadata', { 'x-amz-meta-a': 'x'.repeat(2048) }, 400, 'MetadataTooLarge'],
    ['that is a copy', { 'x-amz-copy-source': '/uploads/other' }, 501, 'NotImplemented'],
    ['with an ACL', { 'x-amz-acl': 'public-read' }, 501, 'NotImplemented'],
    ['with a KMS key', { 'x-amz-server-side-encryption': 'aws:kms' }, 501, 'NotImplemented'],
    ['unless one ETag is there', { 'if-none-match': '"abc"' }, 501, 'NotImplemented'],
    ['where an ETag is there that is not', { 'if-match': '"abc"' }, 404, 'NoSuchKey'],
  ])('%s is refused and leaves nothing', async (_case, headers, status, code) => {
    expect(await put('/uploads/k', 'abc', headers)).toEqual([status, code]);
    expect(await get('/uploads/k')).toEqual([404, 'NoSuchKey']);
    expect(blobs()).toEqual([]);
    expect(events).toEqual([]);
  });

  it.each([
    ['SHA-256', { 'x-amz-checksum-sha256': base64('sha256', 'abc') }],
    ['CRC32', { 'x-amz-checksum-crc32': crc32Of('abc') }],
    ['MD5', { 'content-md5': base64('md5', 'abc') }],
    ['payload hash', { 'x-amz-content-sha256': createHash('sha256').update('abc').digest('hex') }],
    ['2,048 bytes of metadata', { 'x-amz-meta-a': 'x'.repeat(2047) }],
    ["S3's own encryption", { 'x-amz-server-side-encryption': 'AES256' }],
  ])('with the right %s is taken', async (_case, headers) => {
    expect(await put('/uploads/k', 'abc', headers)).toEqual([200, '']);
    expect(await get('/uploads/k')).toEqual([200, 'abc']);
  });

  it('whose sender goes away leaves nothing', async () => {
    const call = s3Call('PUT', '/uploads/k', { headers: { 'content-length': '6' } });
    call.body = Readable.from(
      (function* () {
        yield Buffer.from('abc');
        throw new Error('aborted');
      })(),
    );
    expect(await answerTo(call)).toEqual([400, 'IncompleteBody']);
    expect(blobs()).toEqual([]);
  });

  it('that goes on behind its length is refused at once, and its connection stays for the answer', async () => {
    const pieces = Array.from({ length: 1000 }, () => Buffer.alloc(10_000));
    let taken = 0;
    const call = s3Call('PUT', '/uploads/k', { headers: { 'content-length': '10001' } });
    call.body = Readable.from(
      (function* () {
        for (const piece of pieces) {
          taken += 1;
          yield piece;
        }
      })(),
    );
    expect(await answerTo(call)).toEqual([400, 'IncompleteBody']);
    expect(taken).toBeLessThan(100);
    expect(call.body.destroyed).toBe(false);
  });

  it('replaces the object before it', async () => {
    await put('/uploads/k', 'first');
    await put('/uploads/k', 'second');
    expect(await get('/uploads/k')).toEqual([200, 'second']);
    expect(blobs()).toHaveLength(1);
  });

  it('that is refused after its bytes leaves the object before it as it was', async () => {
    await put('/uploads/k', 'first');
    expect(await put('/uploads/k', 'other', { 'content-md5': base64('md5', 'others') })).toEqual([
      400,
      'BadDigest',
    ]);
    expect(await get('/uploads/k')).toEqual([200, 'first']);
    expect(blobs()).toHaveLength(1);
  });

  it('wins alone among those that want the key to be free', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((body) => put('/uploads/k', body, { 'if-none-match': '*' })),
    );
    expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
    expect(answers.filter(([, code]) => code === 'PreconditionFailed')).toHaveLength(3);
    expect(events).toHaveLength(1);
    expect(blobs()).toHaveLength(1);
  });

  it('succeeds when its event cannot be delivered', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    s3.close();
    s3 = start(() => {
      throw new Error('no queue');
    });
    expect(await put('/uploads/k', 'abc')).toEqual([200, '']);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('s3://uploads/k'));
    warn.mockRestore();
  });
});

describe('a key', () => {
  it.each([
    ['up to its parent', '/uploads/79/../01/x', '79/../01/x'],
    ['out of the directory', '/uploads/../../etc/passwd', '../../etc/passwd'],
    ['decoded once', '/uploads/a%252Fb', 'a%2Fb'],
    ['with a slash at its end', '/uploads/a/', 'a/'],
    ['with slashes in a row', '/uploads//a', '/a'],
  ])('that points %s is a key like any other', async (_case, path, key) => {
    expect(await put(path, key)).toEqual([200, '']);
    expect(events.map((event) => event.key)).toEqual([key]);
    expect(await get(path)).toEqual([200, key]);
    expect(blobs()).toHaveLength(1);
  });

  it.each([
    [1024, [200, '']],
    [1025, [400, 'KeyTooLongError']],
  ])('of %i bytes answers %j', async (bytes, answer) => {
    expect(await put(`/uploads/${'%C4%91'.repeat(500)}${'x'.repeat(bytes - 1000)}`, 'abc')).toEqual(answer);
  });

  it('that cannot be decoded is refused', async () => {
    expect(await put('/uploads/%E1', 'abc')).toEqual([400, 'InvalidURI']);
  });
});

describe('permissions', () => {
  it.each([
    ['PUT', '/uploads/74/k', {}, ['s3:PutObject arn:aws:s3:::uploads/74/k']],
    [
      'PUT',
      '/uploads/74/k',
      { 'if-match': '"e"' },
      ['s3:PutObject arn:aws:s3:::uploads/74/k', 's3:GetObject arn:aws:s3:::uploads/74/k'],
    ],
    ['GET', '/uploads/taken', {}, ['s3:GetObject arn:aws:s3:::uploads/taken']],
    ['HEAD', '/uploads/taken', {}, ['s3:GetObject arn:aws:s3:::uploads/taken']],
    [
      'GET',
      '/uploads/74/k',
      {},
      ['s3:GetObject arn:aws:s3:::uploads/74/k', 's3:ListBucket arn:aws:s3:::uploads'],
    ],
    ['DELETE', '/uploads/taken', {}, ['s3:DeleteObject arn:aws:s3:::uploads/taken']],
    ['GET', '/uploads?list-type=2', {}, ['s3:ListBucket arn:aws:s3:::uploads']],
  ])('%s %s %j asks for %j, and does nothing when one is denied', async (method, path, headers, actions) => {
    await put('/uploads/taken', 'abc');
    const contents = blobs();
    for (const action of actions) {
      const denied = [action.split(' ')[0] ?? ''];
      expect((await answerTo(s3Call(method, path, { headers, denied, body: 'x' })))[0]).toBe(403);
    }
    expect(blobs()).toEqual(contents);
    const asked: string[] = [];
    await answerTo(s3Call(method, path, { headers, asked }));
    expect(asked).toEqual(actions);
  });

  it('a header that was not signed is refused before anything is asked', async () => {
    const asked: string[] = [];
    const headers = { 'x-amz-meta-a': 'b', 'x-amz-checksum-crc32': crc32Of('abc') };
    const unsigned = ['x-amz-meta-a'];
    const call = s3Call('PUT', '/uploads/k', { headers, unsigned, asked, body: 'abc' });
    await expect(s3.handle(call)).rejects.toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: expect.stringContaining('HeadersNotSigned: x-amz-meta-a'),
    });
    expect(asked).toEqual([]);
  });
});

describe('what S3 would understand and this one does not', () => {
  it.each([
    ['GET', '/uploads/k?tagging'],
    ['PUT', '/uploads/k?tagging'],
    ['GET', '/uploads/k?versionId=1'],
    ['POST', '/uploads/k?uploads'],
    ['PUT', '/uploads/k?partNumber=1&uploadId=1'],
    ['PUT', '/uploads/k?x-amz-checksum-sha256=abc'],
    ['PUT', '/uploads/k?X-Amz-Content-Sha256=abc'],
    ['POST', '/uploads/k'],
    ['POST', '/uploads?delete'],
    ['PUT', '/uploads'],
    ['GET', '/uploads'],
    ['GET', '/uploads/'],
    ['GET', '/uploads?list-type=2&delimiter=/'],
    ['GET', '/uploads?list-type=2&versions'],
    ['GET', '/'],
  ])('%s %s is not implemented', async (method, path) => {
    expect(await answerTo(s3Call(method, path))).toEqual([501, 'NotImplemented']);
    expect(blobs()).toEqual([]);
  });

  it.each(['if-match', 'if-unmodified-since'])('a GET with %s is not implemented', async (name) => {
    expect(await answerTo(s3Call('GET', '/uploads/k', { headers: { [name]: 'x' } }))).toEqual([
      501,
      'NotImplemented',
    ]);
  });
});

describe('a bucket', () => {
  it('that does not exist is not found', async () => {
    expect(await put('/other/k', 'abc')).toEqual([404, 'NoSuchBucket']);
  });

  it('keeps its objects apart from another', async () => {
    await put('/uploads/k', 'abc');
    expect(await get('/reports/k')).toEqual([404, 'NoSuchKey']);
  });

  it.each(['abc', '-1', '1.5'])('is not listed with max-keys=%s', async (maxKeys) => {
    expect((await get(`/uploads?list-type=2&max-keys=${maxKeys}`))[0]).toBe(400);
  });

  it('is not listed by a token that is none', async () => {
    expect((await get('/uploads?list-type=2&continuation-token=!'))[0]).toBe(400);
  });

  it('lists nothing and promises nothing with max-keys=0', async () => {
    await put('/uploads/k', 'abc');
    const [, body] = await get('/uploads?list-type=2&max-keys=0');
    expect(body).toContain('<KeyCount>0</KeyCount>');
    expect(body).toContain('<IsTruncated>false</IsTruncated>');
  });
});

describe('an answer', () => {
  it('gives the checksum back to those who ask for it, but not beside a part', async () => {
    const sha256 = base64('sha256', 'abc');
    await put('/uploads/k', 'abc', { 'x-amz-checksum-sha256': sha256 });
    const headersOf = async (headers: Record<string, string>) =>
      (await s3.handle(s3Call('HEAD', '/uploads/k', { headers }))).headers ?? {};
    const mode = { 'x-amz-checksum-mode': 'ENABLED' };
    expect((await headersOf(mode))['x-amz-checksum-sha256']).toBe(sha256);
    expect(await headersOf({})).not.toHaveProperty('x-amz-checksum-sha256');
    expect(await headersOf({ ...mode, range: 'bytes=0-1' })).not.toHaveProperty('x-amz-checksum-sha256');
  });

  it('is empty when the browser has the object already', async () => {
    await put('/uploads/k', 'abc');
    const etag = `"${events[0]?.etag}"`;
    expect(await answerTo(s3Call('GET', '/uploads/k', { headers: { 'if-none-match': etag } }))).toEqual([
      304,
      '',
    ]);
    expect(await answerTo(s3Call('GET', '/uploads/k', { headers: { 'if-none-match': '"x"' } }))).toEqual([
      200,
      'abc',
    ]);
  });

  it('goes on with the object it began with when that is replaced', async () => {
    await put('/uploads/k', 'first');
    const { body } = await s3.handle(s3Call('GET', '/uploads/k'));
    await put('/uploads/k', 'second');
    if (!(body instanceof Readable)) throw new Error('The body is no stream');
    expect(await text(body)).toBe('first');
  });
});

describe('after a restart', () => {
  it('objects are there with all that belongs to them', async () => {
    await put('/uploads/74/k', 'abc', { 'content-type': 'text/csv', 'x-amz-meta-name': 'n' });
    const before = await s3.handle(s3Call('HEAD', '/uploads/74/k'));
    s3.close();
    clock.moveTo('2022-07-01T00:00:00.000Z');
    s3 = start();
    expect(await s3.handle(s3Call('HEAD', '/uploads/74/k'))).toEqual(before);
    expect(before.headers).toMatchObject({
      'content-type': 'text/csv',
      'x-amz-meta-name': 'n',
      'last-modified': 'Thu, 30 Jun 2022 16:59:59 GMT',
    });
    expect(await get('/uploads/74/k')).toEqual([200, 'abc']);
  });

  it('what a killed process left of an upload is gone, and no object is', async () => {
    await put('/uploads/k', 'abc');
    writeFileSync(join(directory, 'blobs', 'half'), 'ab');
    s3.close();
    s3 = start();
    expect(blobs()).toHaveLength(1);
    expect(await get('/uploads/k')).toEqual([200, 'abc']);
  });
});
