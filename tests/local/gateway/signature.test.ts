import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import { readSignature, type SignedRequest } from '../../../local/gateway/signature.ts';
import { sha256Hex, verifySignature } from '../../../local/gateway/verify-signature.ts';

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret/with+signs' };
const signedAt = new Date('2022-06-30T16:59:59.000Z');

interface Case {
  title: string;
  service: 's3' | 'dynamodb';
  method: string;
  path: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: string;
  sessionToken?: string;
}

const cases: Case[] = [
  { title: 'a plain JSON call', service: 'dynamodb', method: 'POST', path: '/', body: '{"TableName":"T"}' },
  {
    title: 'a call with a session token',
    service: 'dynamodb',
    method: 'POST',
    path: '/',
    body: '{}',
    sessionToken: 'token==',
  },
  {
    title: 'a path that is signed encoded twice',
    service: 'dynamodb',
    method: 'GET',
    path: '/a%20b/%E1%BA%BF',
    body: '',
  },
  { title: 'an S3 object', service: 's3', method: 'GET', path: '/uploads/74/01' },
  {
    title: 'a key with signs and Vietnamese',
    service: 's3',
    method: 'GET',
    path: '/b/a%20b%2Bc%27%28%29/B%C3%ACnh',
  },
  { title: 'a key with double slashes', service: 's3', method: 'PUT', path: '/b//a/../c', body: 'x' },
  {
    title: 'a query with signs and repeated names',
    service: 's3',
    method: 'GET',
    path: '/b',
    query: { 'list-type': '2', prefix: 'a b+c/é', x: ['2', '1'], empty: '' },
  },
  {
    title: 'headers with inner spaces',
    service: 's3',
    method: 'PUT',
    path: '/b/k',
    headers: { 'content-type': '  text/csv;   charset=utf-8 ' },
    body: 'x',
  },
];

/** Signs as the SDK does and returns the request as it comes over the wire. */
async function sign(given: Case, presign: boolean): Promise<SignedRequest> {
  const signer = new SignatureV4({
    service: given.service,
    region: 'ap-southeast-1',
    sha256: Sha256,
    uriEscapePath: given.service !== 's3',
    credentials: { ...credentials, ...(given.sessionToken ? { sessionToken: given.sessionToken } : {}) },
  });
  const request = {
    method: given.method,
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: 4566,
    path: given.path,
    query: given.query ?? {},
    headers: { host: '127.0.0.1:4566', ...given.headers },
    ...(presign ? {} : { body: given.body ?? '' }),
  };
  const signed = presign
    ? await signer.presign(
        { ...request, headers: { ...request.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
        {
          signingDate: signedAt,
          expiresIn: 300,
          signableHeaders: new Set(['host', 'content-type']),
          unhoistableHeaders: new Set(['x-amz-content-sha256']),
        },
      )
    : await signer.sign(request, { signingDate: signedAt });
  const escaped = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const query = Object.entries(signed.query ?? {})
    .flatMap(([name, value]) => [value ?? ''].flat().map((one) => `${escaped(name)}=${escaped(one)}`))
    .join('&');
  return { method: signed.method, path: signed.path, query, headers: lowerCase(signed.headers) };
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function verify(
  request: SignedRequest,
  options: { at?: number; hash?: string; secret?: string; sessionToken?: string | undefined } = {},
): void {
  const signature = readSignature(request);
  if (!signature) throw new Error('no signature');
  verifySignature(
    request,
    signature,
    { secretAccessKey: options.secret ?? credentials.secretAccessKey, sessionToken: options.sessionToken },
    options.hash ?? 'UNSIGNED-PAYLOAD',
    options.at ?? signedAt.getTime(),
  );
}

describe('a request signed by the SDK in its headers', () => {
  it.each(cases)('is accepted: $title', async (given) => {
    const request = await sign(given, false);
    const options = { hash: sha256Hex(given.body ?? ''), sessionToken: given.sessionToken };
    expect(() => verify(request, options)).not.toThrow();
    expect(() => verify(request, { ...options, secret: 'another' })).toThrow(/signature/i);
    expect(() => verify(request, { ...options, hash: sha256Hex('other bytes') })).toThrow(/signature/i);
    expect(() => verify({ ...request, path: `${request.path}x` }, options)).toThrow(/signature/i);
    expect(() => verify({ ...request, query: `${request.query}&more=1` }, options)).toThrow(/signature/i);
    expect(() => verify({ ...request, method: 'DELETE' }, options)).toThrow(/signature/i);
  });

  it.each([
    { minutes: -15, seconds: 0, accepted: true },
    { minutes: -15, seconds: -1, accepted: false },
    { minutes: 15, seconds: 0, accepted: true },
    { minutes: 15, seconds: 1, accepted: false },
  ])('is accepted within 15 minutes of the clock ($minutes min $seconds s: $accepted)', async (given) => {
    const [plain] = cases;
    if (!plain) throw new Error('no case');
    const request = await sign(plain, false);
    const at = signedAt.getTime() + (given.minutes * 60 + given.seconds) * 1000;
    const check = () => verify(request, { at, hash: sha256Hex(plain.body ?? '') });
    if (given.accepted) expect(check).not.toThrow();
    else expect(check).toThrow('too large');
  });

  it.each([undefined, 'another'])(
    'is refused when the session has the token %s instead',
    async (sessionToken) => {
      const given = cases.find((one) => one.sessionToken !== undefined);
      if (!given) throw new Error('no case');
      const request = await sign(given, false);
      expect(() => verify(request, { hash: sha256Hex('{}'), sessionToken })).toThrow('token');
    },
  );
});

describe('a presigned request', () => {
  it.each(cases.filter(({ service }) => service === 's3'))('is accepted: $title', async (given) => {
    const request = await sign(given, true);
    expect(() => verify(request)).not.toThrow();
    expect(() => verify({ ...request, path: `${request.path}x` })).toThrow(/signature/i);
    expect(() => verify({ ...request, method: 'DELETE' })).toThrow(/signature/i);
    expect(() => verify({ ...request, query: request.query.replace('Expires=300', 'Expires=301') })).toThrow(
      /signature/i,
    );
  });

  it.each([
    { seconds: 300, accepted: true },
    { seconds: 300.001, accepted: false },
    { seconds: -15 * 60, accepted: true },
    { seconds: -15 * 60 - 0.001, accepted: false },
  ])('of 300 seconds is accepted $seconds s after signing: $accepted', async ({ seconds, accepted }) => {
    const request = await sign({ title: '', service: 's3', method: 'PUT', path: '/b/k' }, true);
    const check = () => verify(request, { at: signedAt.getTime() + seconds * 1000 });
    if (accepted) expect(check).not.toThrow();
    else expect(check).toThrow(/expired|not yet/);
  });

  it('is refused when a signed header has another value or is missing', async () => {
    const request = await sign(
      { title: '', service: 's3', method: 'PUT', path: '/b/k', headers: { 'content-type': 'text/csv' } },
      true,
    );
    expect(() => verify(request)).not.toThrow();
    expect(() =>
      verify({ ...request, headers: { ...request.headers, 'content-type': 'text/html' } }),
    ).toThrow('match');
    const { 'content-type': _, ...rest } = request.headers;
    expect(() => verify({ ...request, headers: rest })).toThrow('content-type is missing');
  });
});

describe('reading a signature', () => {
  it('finds none in a request without one', () => {
    expect(readSignature({ method: 'GET', path: '/', query: 'a=b', headers: {} })).toBeUndefined();
    expect(
      readSignature({ method: 'GET', path: '/', query: '', headers: { authorization: 'Bearer x' } }),
    ).toBeUndefined();
  });

  it.each(['0', '604801', '1.5', 'x'])(
    'refuses a presigned request valid for %s seconds',
    async (expires) => {
      const request = await sign({ title: '', service: 's3', method: 'PUT', path: '/b/k' }, true);
      const query = request.query.replace('Expires=300', `Expires=${expires}`);
      expect(() => readSignature({ ...request, query })).toThrow('X-Amz-Expires');
    },
  );
});
