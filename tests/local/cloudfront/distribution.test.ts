import { mkdtempSync } from 'node:fs';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDistribution } from '../../../local/cloudfront/distribution.ts';
import { closeServer, type Listening, openAddress } from '../../../local/loopback.ts';
import { createObjectStore, type ObjectStore } from '../../../local/s3/object-store.ts';

const bucket = { name: 'portal', arn: 'arn:aws:s3:::portal' };
const page = '<!doctype html><title>tiendo</title>';
const files = {
  'index.html': { type: 'text/html', content: page },
  'short.js': { type: 'text/javascript', content: 'x'.repeat(999) },
  'long.js': { type: 'text/javascript', content: 'x'.repeat(1000) },
  'font.woff2': { type: 'font/woff2', content: 'x'.repeat(1000) },
  'tệp.txt': { type: 'text/plain', content: 'xin chào' },
};

let objects: ObjectStore;
let at: Listening;

beforeAll(async () => {
  objects = createObjectStore(mkdtempSync(join(tmpdir(), 'portal-')));
  for (const [key, { type, content }] of Object.entries(files)) {
    const upload = await objects.receive(Readable.from([Buffer.from(content)]), 10_000, () => new Error());
    objects.commit(upload, {
      bucket: bucket.name,
      key,
      lastModified: '2022-07-01T00:00:00.000Z',
      headers: { 'content-type': type, 'cache-control': 'no-cache' },
    });
  }
  at = await openAddress();
  const settings = {
    arn: 'arn:aws:cloudfront::000000000000:distribution/E1',
    bucket,
    rootObject: 'index.html',
    isCompressing: true,
    errorPages: new Map([[403, { status: 200, key: 'index.html' }]]),
    headers: { 'x-frame-options': 'DENY' },
  };
  at.server.on(
    'request',
    createDistribution(settings, objects, (error) => {
      throw error;
    }),
  );
});
afterAll(async () => {
  await closeServer(at.server);
  objects.close();
});

/** As it goes over the wire: nothing is decompressed or normalized. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { promise, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>();
  send(at.url, { path, method, headers }, resolve).on('error', reject).end();
  const response = await promise;
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

describe('the embedded distribution', () => {
  it.each(['/', '/index.html', '/send', '/units/74/II.9.1', '/assets/missing.js', '/?code=1'])(
    'answers %s with the page',
    async (path) => {
      const { status, headers, body } = await ask(path);
      expect({ status, type: headers['content-type'], body: body.toString() }).toEqual({
        status: 200,
        type: 'text/html',
        body: page,
      });
    },
  );

  it('decodes an address as S3 does, and refuses one that cannot be decoded', async () => {
    expect((await ask('/t%E1%BB%87p.txt')).body.toString()).toBe('xin chào');
    expect((await ask('/%E1%BB')).status).toBe(400);
  });

  it.each(['/', '/send', '/%E1%BB'])('puts the headers of its policy on the answer to %s', async (path) => {
    expect((await ask(path)).headers['x-frame-options']).toBe('DENY');
  });

  it.each([
    ['/long.js', 'gzip, deflate, br', 'br'],
    ['/long.js', 'gzip', 'gzip'],
    ['/long.js', 'deflate', undefined],
    ['/long.js', undefined, undefined],
    ['/short.js', 'gzip, br', undefined],
    ['/font.woff2', 'gzip, br', undefined],
  ])('sends %s to who accepts %s compressed as %s', async (path, accepted, encoding) => {
    const { headers, body } = await ask(path, accepted === undefined ? {} : { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(Number(headers['content-length'])).toBe(body.length);
    const bytes = encoding === 'br' ? brotliDecompressSync(body) : encoding ? gunzipSync(body) : body;
    expect(bytes.toString()).toMatch(/^x+$/);
  });

  it('answers 304 without a body to who has the object, compressed or not', async () => {
    for (const accepted of ['identity', 'br']) {
      const { headers } = await ask('/long.js', { 'accept-encoding': accepted });
      const again = await ask('/long.js', {
        'accept-encoding': accepted,
        'if-none-match': headers.etag ?? '',
      });
      expect({ status: again.status, bytes: again.body.length }).toEqual({ status: 304, bytes: 0 });
    }
    expect((await ask('/long.js', { 'if-none-match': '"another"' })).status).toBe(200);
  });

  it('answers HEAD as GET, without the body, and refuses every other method', async () => {
    const { status, headers, body } = await ask('/', {}, 'HEAD');
    expect({ status, length: headers['content-length'], bytes: body.length }).toEqual({
      status: 200,
      length: String(page.length),
      bytes: 0,
    });
    expect((await ask('/', {}, 'POST')).status).toBe(403);
  });
});
