import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsCall, AwsError, type AwsService, readBody } from '../../../local/aws-service.ts';
import { type Clock, createClock } from '../../../local/clock.ts';
import {
  type Gateway,
  type GatewaySettings,
  type Interception,
  startGateway,
} from '../../../local/gateway.ts';

const credentials = { accessKeyId: 'ASIATEST', secretAccessKey: 'secret', sessionToken: 'token' };
const now = () => new Date().toISOString();

let gateway: Gateway;
let clock: Clock;
let calls: { service: string; path: string; body: string; caller: string }[];
let failure: unknown;
let fate: (n: number) => Interception;
let seen: unknown[];

function service(name: string, protocol: AwsService['protocol']): AwsService {
  return {
    name,
    protocol,
    corsHeaders: () => ({ 'access-control-allow-origin': '*' }),
    async handle(call: AwsCall) {
      const body = (await readBody(call.body)).toString('utf8');
      calls.push({ service: name, path: call.path, body, caller: call.caller.roleArn });
      call.authorize(`${name}:Test`, 'arn:thing');
      if (failure) throw failure;
      if (protocol === 'json') return { status: 200, body: '{}' };
      return { status: 200, headers: { etag: '"e"' }, body: name === 's3' ? '' : '<A><B></B></A>' };
    },
  };
}

async function start(settings: Partial<GatewaySettings> = {}): Promise<void> {
  gateway = await startGateway({
    services: [service('s3', 'rest-xml'), service('dynamodb', 'json'), service('sns', 'query')],
    identify: (key) =>
      key === credentials.accessKeyId
        ? {
            secretAccessKey: credentials.secretAccessKey,
            sessionToken: credentials.sessionToken,
            caller: { accessKeyId: key, roleArn: 'arn:role', functionName: 'ingest', tags: {} },
          }
        : undefined,
    clock,
    intercept(call) {
      seen.push(call);
      return fate(call.n);
    },
    onError: () => {},
    ...settings,
  });
}

beforeEach(async () => {
  calls = [];
  seen = [];
  failure = undefined;
  fate = () => 'pass';
  // The SDK signs with the real time, so the embedded clock stands there.
  clock = createClock(now());
  await start();
});
afterEach(() => gateway.close());

const settings = (more = {}) => ({
  region: 'ap-southeast-1',
  endpoint: gateway.endpoint,
  credentials,
  maxAttempts: 1,
  ...more,
});
const get = (more = {}) =>
  new DynamoDBClient(settings(more)).send(new GetItemCommand({ TableName: 'T', Key: { pk: { S: 'ế' } } }));
const s3 = (more = {}) => new S3Client(settings(more));

describe('calls signed by the real SDK', () => {
  it('reach the service named in the signature, whole', async () => {
    await get();
    await s3().send(new PutObjectCommand({ Bucket: 'b', Key: "a b+c/ế'()", Body: 'x' }));
    await new SNSClient(settings()).send(new ListSubscriptionsByTopicCommand({ TopicArn: 'arn:topic' }));
    expect(calls).toMatchObject([
      { service: 'dynamodb', body: '{"TableName":"T","Key":{"pk":{"S":"ế"}}}', caller: 'arn:role' },
      { service: 's3', path: '/b/a%20b%2Bc/%E1%BA%BF%27%28%29' },
      { service: 'sns', body: 'Action=ListSubscriptionsByTopic&Version=2010-03-31&TopicArn=arn%3Atopic' },
    ]);
  });

  it.each([
    ['another secret', { ...credentials, secretAccessKey: 'other' }],
    ['another session token', { ...credentials, sessionToken: 'other' }],
    [
      'no session token',
      { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey },
    ],
    ['an unknown key', { ...credentials, accessKeyId: 'ASIAOTHER' }],
  ])('are refused with %s, and the service never hears of them', async (_, other) => {
    await expect(get({ credentials: other })).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    await expect(
      s3({ credentials: other }).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })),
    ).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    expect(calls).toEqual([]);
  });

  it('are refused when signed more than 15 minutes from the embedded time', async () => {
    clock.moveTo(new Date(clock.nowMs() + 16 * 60 * 1000).toISOString());
    await expect(get()).rejects.toThrow('too large');
  });

  it('carry on after the SDK has corrected its clock by the answer', async () => {
    clock.moveTo('2030-01-01T00:00:00.000Z');
    await get({ maxAttempts: 2 });
    expect(calls).toHaveLength(1);
  });

  it('for a service that is not there are refused loudly', async () => {
    await gateway.close();
    await start({ services: [service('s3', 'rest-xml')] });
    await expect(get()).rejects.toThrow();
    const answer = await fetch(gateway.endpoint, {
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=A/20220630/r/kinesis/aws4_request, SignedHeaders=host, Signature=x',
        'x-amz-date': '20220630T000000Z',
      },
    });
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain('has no service kinesis; it has s3');
  });
});

describe('a presigned URL', () => {
  const presign = () =>
    getSignedUrl(s3(), new GetObjectCommand({ Bucket: 'b', Key: 'k' }), { expiresIn: 300 });

  it('works until it expires by the embedded clock', async () => {
    const url = await presign();
    expect((await fetch(url)).status).toBe(200);
    clock.moveTo(new Date(clock.nowMs() + 299_000).toISOString());
    expect((await fetch(url)).status).toBe(200);
    clock.moveTo(new Date(clock.nowMs() + 2000).toISOString());
    const late = await fetch(url);
    expect(late.status).toBe(403);
    expect(await late.text()).toContain('Request has expired');
    expect(late.headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each([
    ['another key', (url: string) => url.replace('/b/k?', '/b/l?')],
    ['a longer life', (url: string) => url.replace('X-Amz-Expires=300', 'X-Amz-Expires=3000')],
    ['another header list', (url: string) => url.replace('SignedHeaders=host', 'SignedHeaders=')],
  ])('is refused with %s', async (_, change) => {
    const url = await presign();
    expect(change(url)).not.toBe(url);
    expect((await fetch(change(url))).ok).toBe(false);
    expect(calls).toEqual([]);
  });
});

describe('errors', () => {
  it.each([
    ['dynamodb', () => get()],
    ['s3', () => s3().send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }))],
    [
      'sns',
      () => new SNSClient(settings()).send(new ListSubscriptionsByTopicCommand({ TopicArn: 'arn:topic' })),
    ],
  ])('of %s arrive with name, message and status', async (_, call) => {
    failure = new AwsError(409, 'SomeConflict', 'a < b & "c"');
    await expect(call()).rejects.toMatchObject({
      name: 'SomeConflict',
      message: 'a < b & "c"',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('that are ours arrive as InternalError and are told', async () => {
    await gateway.close();
    const told: unknown[] = [];
    await start({ onError: (error) => told.push(error) });
    failure = new TypeError('a bug');
    await expect(get()).rejects.toMatchObject({ name: 'InternalError', $metadata: { httpStatusCode: 500 } });
    expect(told).toEqual([failure]);
  });

  it('of the policies stop the call', async () => {
    await gateway.close();
    await start({
      authorize(caller, action, resource) {
        throw new AwsError(403, 'AccessDeniedException', `${caller.functionName} ${action} ${resource}`);
      },
    });
    await expect(get()).rejects.toThrow('ingest dynamodb:Test arn:thing');
  });
});

describe('the fault harness', () => {
  it('sees each call with function, service, action and number', async () => {
    await get();
    await s3().send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' }));
    await new SNSClient(settings()).send(new ListSubscriptionsByTopicCommand({ TopicArn: 'arn:topic' }));
    expect(seen).toEqual([
      { functionName: 'ingest', service: 'dynamodb', action: 'GetItem', n: 1 },
      { functionName: 'ingest', service: 's3', action: 'PutObject', n: 2 },
      { functionName: 'ingest', service: 'sns', action: 'ListSubscriptionsByTopic', n: 3 },
    ]);
  });

  it.each<[Interception, number]>([
    ['fail-before', 0],
    ['fail-after', 1],
  ])('%s answers 500 with %i effects', async (how, effects) => {
    fate = () => how;
    await expect(get()).rejects.toMatchObject({ name: 'InternalError' });
    expect(calls).toHaveLength(effects);
    const put = s3().send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: Buffer.alloc(3_000_000) }));
    await expect(put).rejects.toMatchObject({ name: 'InternalError' });
    expect(calls).toHaveLength(2 * effects);
  });

  it('hang never answers, and the next call passes', async () => {
    fate = (n) => (n === 1 ? 'hang' : 'pass');
    const hanging = get().catch((error) => error);
    while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await get();
    expect(calls).toHaveLength(1);
    await gateway.close();
    expect(await hanging).toBeInstanceOf(Error);
    await start();
  });
});

describe('requests without a signature', () => {
  it('are refused', async () => {
    const answer = await fetch(`${gateway.endpoint}/b/k`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('MissingAuthenticationToken');
  });

  it('reach preflight when they are OPTIONS', async () => {
    await gateway.close();
    await start({ preflight: ({ path }) => ({ status: 204, headers: { 'x-path': path } }) });
    const answer = await fetch(`${gateway.endpoint}/b/k?x=1`, { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('x-path')).toBe('/b/k');
  });

  it('reach preflight by a presigned address too, whose signature is for what follows', async () => {
    await gateway.close();
    await start({ preflight: () => ({ status: 204 }) });
    const address = `${gateway.endpoint}/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0`;
    expect((await fetch(address, { method: 'OPTIONS' })).status).toBe(204);
  });
});
