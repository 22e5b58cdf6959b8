import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createS3 } from '../../local/s3/s3.ts';
import { type ContractEndpoint, startContractEndpoint } from './endpoint.ts';
import { send, sha256Base64, signPut } from './presigned-put.ts';

const bucket = process.env.TIENDO_CONTRACT_BUCKET ?? 'uploads';
const csv = 'indicator;period;value\nII.9.1;2022-06;98,7%\n';
const origin = 'http://127.0.0.1:8080';

let endpoint: ContractEndpoint;
/** As applications configure it. */
let client: S3Client;
/** As upload URLs are signed. */
let signer: S3Client;
let key: string;

beforeAll(async () => {
  endpoint = await startContractEndpoint(({ clock, directory }) => {
    const corsRules = [
      { allowedOrigins: [origin], allowedMethods: ['PUT'], allowedHeaders: ['*'], exposedHeaders: ['ETag'] },
    ];
    const s3 = createS3({
      directory: join(directory, 's3'),
      clock,
      buckets: [{ name: bucket, corsRules }],
      onObjectCreated() {},
    });
    return { services: [s3], preflight: s3.preflight, close: s3.close };
  });
  client = new S3Client({ ...endpoint.client, forcePathStyle: true });
  signer = new S3Client({
    ...endpoint.client,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
});
afterAll(async () => {
  client.destroy();
  signer.destroy();
  await endpoint.close();
});
beforeEach(() => {
  key = `contract/${randomUUID()}`;
});

const sign = (settings: { key?: string; body?: string; secondsAgo?: number } = {}) => {
  const bytes = Buffer.from(settings.body ?? csv);
  return signPut(signer, {
    bucket,
    key: settings.key ?? key,
    contentType: 'text/csv',
    contentLength: bytes.length,
    sha256: sha256Base64([bytes]),
    signedSecondsAgo: settings.secondsAgo ?? 0,
  });
};

const get = async (objectKey = key) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: objectKey }));
  return (await Body?.transformToString()) ?? '';
};

const expectNothingStored = () => expect(get()).rejects.toMatchObject({ name: 'NoSuchKey' });

describe('an upload URL', () => {
  it('signs length, type, checksum and If-None-Match', async () => {
    const { url } = await sign();
    const names = new URL(url).searchParams.get('X-Amz-SignedHeaders')?.split(';');
    expect(names).toEqual([
      'content-length',
      'content-type',
      'host',
      'if-none-match',
      'x-amz-checksum-sha256',
    ]);
  });

  it('takes the bytes it was signed for', async () => {
    const { url, headers } = await sign();
    const answer = await send(url, 'PUT', headers, csv);
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(await get()).toBe(csv);
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    expect(head).toMatchObject({ ContentLength: csv.length, ContentType: 'text/csv' });
    expect(head.ETag).toBe(answer.headers.etag);
  });

  it('takes an empty file', async () => {
    const { url, headers } = await sign({ body: '' });
    expect(await send(url, 'PUT', headers)).toMatchObject({ status: 200 });
    expect(await get()).toBe('');
  });

  it.each([
    ['one byte is changed', csv.replace('98', '99'), {}, 400, 'BadDigest'],
    [
      'the changed bytes come with a checksum of their own',
      csv.replace('98', '99'),
      { 'x-amz-checksum-sha256': sha256Base64([Buffer.from(csv.replace('98', '99'))]) },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'the body is one byte longer',
      `${csv} `,
      { 'content-length': csv.length + 1 },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'the body is one byte shorter',
      csv.slice(0, -1),
      { 'content-length': csv.length - 1 },
      403,
      'SignatureDoesNotMatch',
    ],
    ['the type is another', csv, { 'content-type': 'text/html' }, 403, 'SignatureDoesNotMatch'],
    ['a signed header is missing', csv, { 'if-none-match': undefined }, 403, undefined],
    ['the checksum is missing', csv, { 'x-amz-checksum-sha256': undefined }, 403, undefined],
    ['a header was not signed', csv, { 'x-amz-meta-owner': 'someone' }, 403, 'AccessDenied'],
    ['an ACL was not signed', csv, { 'x-amz-acl': 'public-read' }, 403, 'AccessDenied'],
  ])('is refused when %s', async (_case, body, changed, status, code) => {
    const { url, headers } = await sign();
    const entries = Object.entries({ ...headers, ...changed }).filter(([, value]) => value !== undefined);
    const answer = await send(url, 'PUT', Object.fromEntries(entries), body);
    expect(answer.status).toBe(status);
    if (code) expect(answer.body).toContain(`<Code>${code}</Code>`);
    await expectNothingStored();
  });

  it.each([
    [299, 200],
    [300, 200],
    [301, 403],
  ])('signed %i seconds ago for 300 seconds answers %i', async (secondsAgo, status) => {
    // Against another endpoint the clock runs, so that the boundary itself cannot be met there.
    if (!endpoint.isEmbedded && secondsAgo !== 301) return;
    const { url, headers } = await sign({ secondsAgo });
    const answer = await send(url, 'PUT', headers, csv);
    expect(answer.status).toBe(status);
    if (status !== 403) return;
    expect(answer.body).toContain('expired');
    await expectNothingStored();
  });

  it('is refused the second time, and the first object stays', async () => {
    const { url, headers } = await sign();
    expect((await send(url, 'PUT', headers, csv)).status).toBe(200);
    const again = await send(url, 'PUT', headers, csv);
    expect(again.status).toBe(412);
    expect(again.body).toContain('<Code>PreconditionFailed</Code>');
    const other = await sign({ body: 'other' });
    expect((await send(other.url, 'PUT', other.headers, 'other')).status).toBe(412);
    expect(await get()).toBe(csv);
  });

  it('sent five times at once is taken once', async () => {
    const { url, headers } = await sign();
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(url, 'PUT', headers, csv)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(200);
    for (const status of statuses.slice(1)) expect([409, 412]).toContain(status);
    expect(await get()).toBe(csv);
  });

  it('is refused for another key', async () => {
    const { url, headers } = await sign();
    const answer = await send(url.replace(key, `${key}0`), 'PUT', headers, csv);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('<Code>SignatureDoesNotMatch</Code>');
    await expectNothingStored();
  });

  it.each(['GET', 'DELETE', 'HEAD', 'POST'])('is refused for %s', async (method) => {
    const { url, headers } = await sign();
    expect((await send(url, 'PUT', headers, csv)).status).toBe(200);
    const body = method === 'POST' ? csv : '';
    expect((await send(url, method, { ...headers, 'content-length': body.length }, body)).status).toBe(403);
    expect(await get()).toBe(csv);
  });

  it('stores nothing when the sender goes away before the last byte', async () => {
    const { url, headers } = await sign();
    const { hostname, port, pathname, search } = new URL(url);
    if (!endpoint.isEmbedded) return;
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        const lines = Object.entries({ host: `${hostname}:${port}`, ...headers }).map((h) => h.join(': '));
        const head = `PUT ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
        socket.end(head + csv.slice(0, -1));
      });
      socket.on('error', reject);
      socket.on('close', () => resolve());
      socket.resume();
    });
    await expectNothingStored();
  });

  it('takes the signed bytes only when more follow on the connection', async () => {
    if (!endpoint.isEmbedded) return;
    const { url, headers } = await sign();
    const { hostname, port, pathname, search } = new URL(url);
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(port), hostname, () => {
        const lines = Object.entries({ host: `${hostname}:${port}`, ...headers }).map((h) => h.join(': '));
        socket.write(
          `PUT ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${csv}AND MORE\r\n\r\n`,
        );
      });
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
    });
    expect(answer).toContain('400 Bad Request');
    const stored = await get().catch((error: Error) => error.name);
    expect([csv, 'NoSuchKey']).toContain(stored);
  });
});

describe('a big file', () => {
  it('of 60 MB arrives whole and is never held in memory', async () => {
    const piece = Buffer.alloc(60_000, 'tiến độ ');
    const count = 1000;
    function* pieces(onPiece = (_n: number) => {}) {
      for (let n = 0; n < count; n++) {
        onPiece(n);
        yield piece;
      }
    }
    const { url, headers } = await signPut(signer, {
      bucket,
      key,
      contentType: 'text/csv',
      contentLength: piece.length * count,
      sha256: sha256Base64(pieces()),
    });
    // What is still held after a collection: garbage says nothing.
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc');
    const heldBytes = () => {
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    const before = heldBytes();
    let peak = 0;
    const measure = (n: number) => {
      if (n % 100 === 99) peak = Math.max(peak, heldBytes() - before);
    };
    expect((await send(url, 'PUT', headers, pieces(measure))).status).toBe(200);
    expect(peak).toBeLessThan(10_000_000);

    const { Body, ContentLength } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    expect(ContentLength).toBe(60_000_000);
    if (!(Body instanceof Readable)) throw new Error('The body is no stream');
    let received = 0;
    for await (const chunk of Body) received += chunk.length;
    expect(received).toBe(60_000_000);
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }, 60_000);
});

describe('objects of applications', () => {
  it.each([
    ['a space and a plus', 'a b+c'],
    ['Vietnamese', 'Bình Dương/tiến độ tháng 6.csv'],
    ['what looks encoded', 'a%20b%2Fc'],
    ['punctuation', "q'(1)*!~$&@=;:,[#]?.csv"],
    ['an emoji', '📈.csv'],
    ['markup', '<a href="x">&amp;</a>'],
  ])('keep a key with %s as it is', async (_case, name) => {
    const odd = `${key}/${name}`;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: odd, Body: name }));
    expect(await get(odd)).toBe(name);
    const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${key}/` }));
    expect(listed.Contents?.map((object) => object.Key)).toEqual([odd]);
    const signed = await sign({ key: `${odd}!` });
    expect((await send(signed.url, 'PUT', signed.headers, csv)).status).toBe(200);
    expect(await get(`${odd}!`)).toBe(csv);
  });

  it('come back with type, metadata and time', async () => {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: csv,
        ContentType: 'text/csv',
        Metadata: { submission: '01G6T' },
      }),
    );
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    expect(head).toMatchObject({ ContentType: 'text/csv', Metadata: { submission: '01G6T' } });
    expect(Math.abs((head.LastModified?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(head.LastModified?.getMilliseconds()).toBe(0);
  });

  it.each([
    ['text', () => csv],
    ['a stream', () => Readable.from([csv.slice(0, 10), csv.slice(10)].map((part) => Buffer.from(part)))],
    ['an empty text', () => ''],
  ])('sent as %s arrive whole with the SDK as it comes', async (_case, body) => {
    const sent = body();
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: sent,
        ContentLength: typeof sent === 'string' ? sent.length : csv.length,
      }),
    );
    expect(await get()).toBe(typeof sent === 'string' ? sent : csv);
  });

  it('of which a range is asked answer it', async () => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'abcdef' }));
    const part = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: 'bytes=1-3' }));
    expect(part.ContentRange).toBe('bytes 1-3/6');
    expect(await part.Body?.transformToString()).toBe('bcd');
    const behind = client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: 'bytes=6-' }));
    await expect(behind).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  it('are replaced only where the ETag still matches', async () => {
    const put = (body: string, match?: string) =>
      client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ...(match === undefined ? {} : { IfMatch: match }),
        }),
      );
    await expect(put('first', '"00000000000000000000000000000000"')).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    const first = await put('first');
    await put('second', first.ETag);
    await expect(put('third', first.ETag)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(await get()).toBe('second');
  });

  it('are listed page by page in the order of their bytes', async () => {
    const names = ['a', 'b', 'b/1', 'z', 'é'];
    for (const name of names.toReversed()) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: `${key}/${name}`, Body: name }));
    }
    const found: (string | undefined)[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: `${key}/`,
          MaxKeys: 2,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
      );
      found.push(...(page.Contents ?? []).map((object) => object.Key));
      token = page.NextContinuationToken;
      pages += 1;
    } while (token !== undefined);
    expect(found).toEqual(names.map((name) => `${key}/${name}`));
    expect(pages).toBe(3);
  });

  it('are gone once deleted, and deleting again is no error', async () => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: csv }));
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    await expectNothingStored();
    const head = client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    await expect(head).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('are downloaded by a signed link that names the file', async () => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: csv }));
    const command = new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      ResponseContentDisposition: 'attachment; filename="loi.csv"',
    });
    const answer = await send(await getSignedUrl(client, command), 'GET', {});
    expect(answer).toMatchObject({ status: 200, body: csv });
    expect(answer.headers['content-disposition']).toBe('attachment; filename="loi.csv"');
  });

  it('of a bucket that does not exist are not found', async () => {
    const missing = `missing-${randomUUID()}`;
    const put = client.send(new PutObjectCommand({ Bucket: missing, Key: key, Body: csv }));
    await expect(put).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

// The bucket of another endpoint has rules of its own.
describe.skipIf(process.env.TIENDO_CONTRACT_ENDPOINT !== undefined)('a browser', () => {
  const ask = (from: string, method: string) =>
    send(`${endpoint.url}/${bucket}/${key}`, 'OPTIONS', {
      origin: from,
      'access-control-request-method': method,
      'access-control-request-headers': 'content-type,if-none-match,x-amz-checksum-sha256',
    });

  it('is told before its upload that it may', async () => {
    const answer = await ask(origin, 'PUT');
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'content-type, if-none-match, x-amz-checksum-sha256',
    });
  });

  it.each([
    ['from another origin', 'http://evil.example', 'PUT'],
    ['by another method', origin, 'DELETE'],
  ])('is refused before a request %s', async (_case, from, method) => {
    const answer = await ask(from, method);
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('may read the answer to its upload, a refusal included', async () => {
    const { url, headers } = await sign();
    const first = await send(url, 'PUT', { ...headers, origin }, csv);
    expect(first.status).toBe(200);
    expect(first.headers['access-control-expose-headers']).toBe('ETag');
    const second = await send(url, 'PUT', { ...headers, origin }, csv);
    expect(second.status).toBe(412);
    expect(second.headers['access-control-allow-origin']).toBe(origin);
    const late = await sign({ secondsAgo: 301 });
    const third = await send(late.url, 'PUT', { ...late.headers, origin }, csv);
    expect(third.status).toBe(403);
    expect(third.headers['access-control-allow-origin']).toBe(origin);
  });
});
