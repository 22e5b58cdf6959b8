import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/request-upload.ts';
import { context, httpRequest } from './events.ts';

const documents = mockClient(DynamoDBDocumentClient);
const roles = mockClient(STSClient);
const now = '2022-06-20T02:58:00.000Z';
const announced = {
  fileName: '../79/tháng 6.csv',
  contentType: 'text/csv',
  bytes: 62,
  sha256: 'ab'.repeat(32),
};

beforeEach(() => {
  documents.reset();
  roles.reset();
  documents.on(PutCommand).resolves({});
  roles.on(AssumeRoleCommand).resolves({
    Credentials: { AccessKeyId: 'UNIT74', SecretAccessKey: 's', SessionToken: 't', Expiration: new Date(0) },
  });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  return () => vi.useRealTimers();
});

const request = (groups: string, body: unknown = announced) =>
  handler(httpRequest('POST /submissions', groups, { body }), context);
const answerTo = async (groups: string) => JSON.parse((await request(groups)).body ?? '');

describe('a request for an upload', () => {
  it('is answered with a URL for five minutes, under a key chosen here and signed by its unit alone', async () => {
    const { id, upload } = await answerTo('[province unit-74]');
    const url = new URL(upload.url);
    expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(url.pathname).toBe(`/74/${id}`);
    expect(url.searchParams.get('X-Amz-Credential')).toMatch(/^UNIT74\//);
    expect(url.searchParams.get('X-Amz-Expires')).toBe('300');
    expect(upload).toMatchObject({ method: 'PUT', expiresAt: '2022-06-20T03:03:00.000Z' });
    expect(upload.headers).toMatchObject({ 'content-length': '62', 'if-none-match': '*' });
  });

  it('is on record as requested, open, with its file name as the sender wrote it', async () => {
    const { id } = await answerTo('[province unit-74]');
    expect(documents.commandCalls(PutCommand).map(({ args: [{ input }] }) => input)).toEqual([
      {
        TableName: 'tiendo',
        Item: {
          ...{ pk: '74#SUBMISSION', sk: id, openPk: '74#OPEN', openSk: id },
          ...{ ...announced, id, unit: '74', state: 'requested', requestedAt: now, requestedBy: 'c0ffee' },
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    ]);
  });

  it('gives nothing away when it cannot be put on record', async () => {
    documents.on(PutCommand).rejects(new Error('throttled'));
    const answer = await request('[province unit-74]');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('X-Amz');
  });

  it.each(['[coordinator]', '[analyst]', '[admin]', '[province]', '[]', '[province unit-74 unit-79]'])(
    'of %s is refused, and nothing is written',
    async (groups) => {
      expect((await request(groups)).statusCode).toBe(403);
      expect(documents.calls()).toHaveLength(0);
      expect(roles.calls()).toHaveLength(0);
    },
  );

  it.each([
    ['names its own key', { ...announced, key: '79/x' }],
    ['names a unit', { ...announced, unit: '79' }],
    ['is of another type', { ...announced, contentType: 'text/html' }],
    ['is empty', { ...announced, bytes: 0 }],
  ])('is refused when it %s', async (_, body) => {
    expect((await request('[province unit-74]', body)).statusCode).toBe(400);
    expect(documents.calls()).toHaveLength(0);
  });
});
