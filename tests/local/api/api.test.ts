import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiSettings, createApi } from '../../../local/api/api.ts';
import { corsSchema } from '../../../local/api/cors.ts';
import { createRouter } from '../../../local/api/routing.ts';

const origin = 'https://tiendo.example';
const routes = [
  { routeKey: 'GET /submissions', functionName: 'api' },
  { routeKey: 'POST /submissions', functionName: 'request-upload' },
  { routeKey: 'GET /submissions/{id}', functionName: 'api' },
  { routeKey: 'PUT /units/{unit}/coordinators', functionName: 'register-coordinators' },
];

const servers: Server[] = [];
let ours: Awaited<ReturnType<typeof generateKeyPair>>;
let strange: Awaited<ReturnType<typeof generateKeyPair>>;
let issuer: string;
const apiServers: Server[] = [];

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

beforeAll(async () => {
  [ours, strange] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const keys = [{ ...(await exportJWK(ours.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }];
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/jwks' ? 200 : 500;
    response.end(JSON.stringify({ keys }));
  });
  servers.push(server);
  issuer = await listen(server);
});
afterAll(() => {
  for (const server of servers) server.close();
});
afterEach(() => {
  for (const server of apiServers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** An API with these settings over defaults; what its functions were given lands in `events`. */
async function start(settings: Partial<ApiSettings> = {}) {
  const events: { functionName: string; event: unknown }[] = [];
  const api = createApi({
    routes,
    authorizer: { issuer, audience: ['tiendo'], jwksUri: `${issuer}/jwks` },
    clock: { nowMs: () => Date.parse('2022-06-30T16:59:59.999Z') },
    invoke: async (functionName, event) => {
      events.push({ functionName, event });
      return { statusCode: 200, body: 'ok' };
    },
    ...settings,
  });
  const server = createServer((request, response) => void api(request, response));
  apiServers.push(server);
  return { url: await listen(server), events };
}

const now = () => Math.floor(Date.now() / 1000);

/** Claims laid over good ones; one that is `undefined` is left out. */
async function token(
  changed: Record<string, unknown> = {},
  key = ours.privateKey,
  header = {},
): Promise<string> {
  const claims = {
    iss: issuer,
    sub: 'person',
    client_id: 'tiendo',
    token_use: 'access',
    'cognito:groups': ['province', 'unit-74'],
    iat: now(),
    exp: now() + 3600,
    ...changed,
  };
  return await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k', ...header }).sign(key);
}

async function get(url: string, authorization: string | undefined, path = '/submissions') {
  return await fetch(`${url}${path}`, authorization === undefined ? {} : { headers: { authorization } });
}

describe('the token', () => {
  const wrong: [string, () => Promise<string | undefined>][] = [
    ['none at all', async () => undefined],
    ['an empty one', async () => 'Bearer '],
    ['a text that is no token', async () => 'Bearer abc'],
    ['one of another issuer', async () => `Bearer ${await token({ iss: 'http://127.0.0.1:1' })}`],
    ['one that has just expired', async () => `Bearer ${await token({ exp: now() })}`],
    ['one without an end', async () => `Bearer ${await token({ exp: undefined })}`],
    ['one not valid yet', async () => `Bearer ${await token({ nbf: now() + 60 })}`],
    ['one issued in the future', async () => `Bearer ${await token({ iat: now() + 60 })}`],
    ['one for another client', async () => `Bearer ${await token({ client_id: 'other' })}`],
    ['one for no client', async () => `Bearer ${await token({ client_id: undefined })}`],
    ['one for another audience, whatever its client', async () => `Bearer ${await token({ aud: 'other' })}`],
    ['one signed with a strange key', async () => `Bearer ${await token({}, strange.privateKey)}`],
    [
      'one signed with a key nobody knows',
      async () => `Bearer ${await token({}, ours.privateKey, { kid: 'x' })}`,
    ],
    [
      'one with changed claims',
      async () => {
        const [head, , signature] = (await token()).split('.');
        const claims = { iss: issuer, client_id: 'tiendo', exp: now() + 60, 'cognito:groups': ['admin'] };
        return `Bearer ${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
      },
    ],
    [
      'one without a signature',
      async () => {
        const none = Buffer.from('{"alg":"none"}').toString('base64url');
        return `Bearer ${none}.${(await token()).split('.')[1]}.`;
      },
    ],
  ];
  it.each(wrong)('%s is refused with 401, and no function runs', async (_, make) => {
    const { url, events } = await start();
    const response = await get(url, await make());
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: 'Unauthorized' });
    expect(events).toEqual([]);
  });

  it.each([
    ['its client', {}, 'Bearer '],
    ['its audience', { aud: 'tiendo', client_id: undefined }, 'Bearer '],
    ['one of its audiences', { aud: ['x', 'tiendo'], client_id: undefined }, 'bearer '],
    ['its client, sent without the word Bearer', {}, ''],
  ])('is taken by %s', async (_, claims, prefix) => {
    const { url } = await start();
    expect((await get(url, prefix + (await token(claims)))).status).toBe(200);
  });

  it.each([
    ['nobody listens', () => 'http://127.0.0.1:1/jwks'],
    ['the provider fails', () => `${issuer}/broken`],
  ])('is not judged when the keys cannot be fetched because %s: a fault of ours', async (_, jwksUri) => {
    const onError = vi.fn();
    const authorizer = { issuer, audience: ['tiendo'], jwksUri: jwksUri() };
    const { url } = await start({ authorizer, onError });
    expect((await get(url, `Bearer ${await token()}`)).status).toBe(500);
    expect(onError).toHaveBeenCalledOnce();
  });
});

describe('the event', () => {
  it('is of payload format 2.0, with the time of the embedded clock', async () => {
    const { url, events } = await start();
    await fetch(`${url}/units/B%C3%ACnh%20D%C6%B0%C6%A1ng/coordinators?a=1&b=%C4%91&a=2&c`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${await token({ iat: 1_656_600_000, exp: 4_000_000_000 })}`,
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'test/1',
        'X-Mixed': 'Case',
      },
      body: '{"coordinators":[]}',
    });
    const host = url.slice('http://'.length);
    expect(events).toEqual([
      {
        functionName: 'register-coordinators',
        event: {
          version: '2.0',
          routeKey: 'PUT /units/{unit}/coordinators',
          rawPath: '/units/Bình Dương/coordinators',
          rawQueryString: 'a=1&b=%C4%91&a=2&c',
          headers: expect.objectContaining({
            host,
            'x-mixed': 'Case',
            'content-type': 'application/json; charset=utf-8',
          }),
          queryStringParameters: { a: '1,2', b: 'đ', c: '' },
          requestContext: {
            accountId: '000000000000',
            apiId: 'local',
            authorizer: {
              jwt: {
                claims: {
                  iss: issuer,
                  sub: 'person',
                  client_id: 'tiendo',
                  token_use: 'access',
                  'cognito:groups': '[province unit-74]',
                  iat: '1656600000',
                  exp: '4000000000',
                },
                scopes: null,
              },
            },
            domainName: 'local.execute-api.ap-southeast-1.amazonaws.com',
            domainPrefix: 'local',
            http: {
              method: 'PUT',
              path: '/units/Bình Dương/coordinators',
              protocol: 'HTTP/1.1',
              sourceIp: '127.0.0.1',
              userAgent: 'test/1',
            },
            requestId: expect.stringMatching(/^[\w-]{10,}$/),
            routeKey: 'PUT /units/{unit}/coordinators',
            stage: '$default',
            time: '30/Jun/2022:16:59:59 +0000',
            timeEpoch: 1_656_608_399_999,
          },
          pathParameters: { unit: 'Bình Dương' },
          body: '{"coordinators":[]}',
          isBase64Encoded: false,
        },
      },
    ]);
  });

  it('leaves out what a request does not have', async () => {
    const { url, events } = await start();
    await get(url, `Bearer ${await token()}`);
    const keys = Object.keys(Object(events[0]?.event)).sort();
    expect(keys).toEqual(
      [
        'headers',
        'isBase64Encoded',
        'rawPath',
        'rawQueryString',
        'requestContext',
        'routeKey',
        'version',
      ].sort(),
    );
  });

  it.each([
    [['province', 'unit-74'], '[province unit-74]'],
    [['admin'], '[admin]'],
    [[], '[]'],
    [undefined, undefined],
  ])('groups %o come as the text %s', async (groups, text) => {
    const { url, events } = await start();
    await get(url, `Bearer ${await token({ 'cognito:groups': groups })}`);
    expect(events[0]?.event).toHaveProperty(
      'requestContext.authorizer.jwt.claims',
      expect.objectContaining(text === undefined ? {} : { 'cognito:groups': text }),
    );
  });

  it.each([
    ['application/json', 'đ', false],
    ['text/csv', 'đ', false],
    ['application/problem+json', 'đ', false],
    ['application/octet-stream', 'xJE=', true],
  ])('a body of type %s comes as %s, base64 %s', async (contentType, body, isBase64Encoded) => {
    const { url, events } = await start();
    const headers = { authorization: `Bearer ${await token()}`, 'content-type': contentType };
    await fetch(`${url}/submissions`, { method: 'POST', headers, body: 'đ' });
    expect(events[0]?.event).toMatchObject({ body, isBase64Encoded });
  });
});

describe('the answer', () => {
  it('tells the time of the embedded clock, to somebody not signed in too', async () => {
    const { url } = await start();
    const response = await get(url, undefined);
    expect(response.status).toBe(401);
    expect(response.headers.get('date')).toBe('Thu, 30 Jun 2022 16:59:59 GMT');
  });

  it.each<[string, unknown, number, string, string]>([
    [
      'status, headers and body',
      { statusCode: 201, headers: { 'Content-Type': 'application/json' }, body: '{}' },
      201,
      'application/json',
      '{}',
    ],
    [
      'a base64 body',
      { statusCode: 200, headers: { 'content-type': 'text/csv' }, body: 'xJE=', isBase64Encoded: true },
      200,
      'text/csv',
      'đ',
    ],
    ['no content type', { statusCode: 200, body: 'x' }, 200, 'text/plain;charset=UTF-8', 'x'],
    ['no status', { a: 1 }, 200, 'application/json', '{"a":1}'],
    [
      'a status that is none',
      { statusCode: 'x' },
      500,
      'application/json',
      '{"message":"Internal Server Error"}',
    ],
  ])('%s', async (_, result, status, contentType, body) => {
    const { url } = await start({ invoke: async () => result, onError: () => undefined });
    const response = await get(url, `Bearer ${await token()}`);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(await response.text()).toBe(body);
  });

  it('a function that fails is a 500, without particulars', async () => {
    const onError = vi.fn();
    const fault = new Error('secret');
    const { url } = await start({ invoke: () => Promise.reject(fault), onError });
    const response = await get(url, `Bearer ${await token()}`);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('{"message":"Internal Server Error"}');
    expect(onError).toHaveBeenCalledWith(fault);
  });

  it('a function that does not answer in time is a 503', async () => {
    const { url } = await start({ invoke: () => new Promise(() => undefined), timeoutMs: 1 });
    const response = await get(url, `Bearer ${await token()}`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ message: 'Service Unavailable' });
  });

  it.each([
    [6 * 1024 * 1024, 200],
    [6 * 1024 * 1024 + 1, 500],
  ])('a result of %d bytes is a %d', async (bytes, status) => {
    const frame = JSON.stringify({ statusCode: 200, body: '' }).length;
    const invoke = async () => ({ statusCode: 200, body: 'x'.repeat(bytes - frame) });
    const { url } = await start({ invoke, onError: () => undefined });
    expect((await get(url, `Bearer ${await token()}`)).status).toBe(status);
  });

  it.each([
    [10 * 1024 * 1024, 200],
    [10 * 1024 * 1024 + 1, 413],
  ])('a request of %d bytes is a %d', async (bytes, status) => {
    const { url } = await start();
    const headers = { authorization: `Bearer ${await token()}` };
    const body = new Uint8Array(bytes);
    expect((await fetch(`${url}/submissions`, { method: 'POST', headers, body })).status).toBe(status);
  });
});

describe('routes', () => {
  it.each([
    ['GET', '/nothing'],
    ['GET', '/submissions/'],
    ['GET', '/submissions/1/2'],
    ['DELETE', '/submissions'],
    ['GET', '/submissions/%zz'],
    ['GET', '/SUBMISSIONS'],
    ['OPTIONS', '/submissions'],
  ])('%s %s is not found, with a token or without', async (method, path) => {
    const { url, events } = await start();
    const response = await fetch(`${url}${path}`, { method });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: 'Not Found' });
    expect(events).toEqual([]);
  });

  it('a literal segment goes before a parameter, in whatever order they are listed', () => {
    const listed = ['GET /units/{unit}', 'GET /units/all', 'GET /{kind}/all'].map((routeKey) => ({
      routeKey,
      functionName: routeKey,
    }));
    for (const order of [listed, listed.toReversed()]) {
      const find = createRouter(order);
      expect(find('GET', '/units/all')?.route.routeKey).toBe('GET /units/all');
      expect(find('GET', '/units/74')).toMatchObject({ pathParameters: { unit: '74' } });
      expect(find('GET', '/x/all')).toMatchObject({ pathParameters: { kind: 'x' } });
    }
  });

  it.each(['$default', 'GET /files/{proxy+}', 'LIST /x', 'GET'])(
    'a route "%s" stops the start',
    (routeKey) => {
      expect(() => createRouter([{ routeKey, functionName: 'api' }])).toThrow(routeKey);
    },
  );

  it('a broken path never ends the server', async () => {
    const { url } = await start();
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
        socket.end('GET /submissions/%ff HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
      });
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  });
});

describe('other origins', () => {
  const cors = corsSchema.parse({
    AllowOrigins: [origin],
    AllowMethods: ['GET', 'POST', 'PUT'],
    AllowHeaders: ['authorization', 'content-type'],
    MaxAge: 3600,
  });
  const preflight = (from: string) => ({
    method: 'OPTIONS',
    headers: { origin: from, 'access-control-request-method': 'POST' },
  });

  it('the portal’s origin may ask, without a token, what it may send', async () => {
    const { url } = await start({ cors });
    const { status, headers } = await fetch(`${url}/submissions`, preflight(origin));
    expect(status).toBe(204);
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET,POST,PUT',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-max-age': '3600',
    });
  });

  it.each(['https://evil.example', 'https://tiendo.example.evil', 'http://tiendo.example', 'null'])(
    'the origin %s may read nothing',
    async (from) => {
      const { url } = await start({ cors });
      const asked = await fetch(`${url}/submissions`, preflight(from));
      const headers = { origin: from, authorization: `Bearer ${await token()}` };
      const answered = await fetch(`${url}/submissions`, { headers });
      expect([...asked.headers.keys(), ...answered.headers.keys()].join()).not.toContain('access-control');
    },
  );

  it.each([200, 401])('the portal’s origin reads answers, a %d too', async (status) => {
    const { url } = await start({ cors });
    const headers = { origin, ...(status === 200 ? { authorization: `Bearer ${await token()}` } : {}) };
    const response = await fetch(`${url}/submissions`, { headers });
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  });
});
