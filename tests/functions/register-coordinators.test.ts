import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/register-coordinators.ts';
import { addressOf } from '../../shared/aws/address.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { maxSubscriptionsPerTopic } from '../../shared/domain/topics.ts';
import { context, httpRequest } from './events.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const topics = mockClient(SNSClient);
const accounts = mockClient(CognitoIdentityProviderClient);
const topicArns = ['messages1', 'messages2'].map((name) => `arn:aws:sns:ap-southeast-1:000000000000:${name}`);
const subject = 'c0ffee00-0000-4000-8000-000000000001';
const first = {
  id: 'a',
  name: 'Đầu mối',
  language: 'vi',
  email: 'Dau-Moi@74.example',
  phone: '+84900000001',
};
const second = { id: 'b', name: 'Liaison', language: 'en', email: 'b@74.example' };

beforeEach(() => {
  table.reset();
  topics.reset();
  topics.on(SubscribeCommand).resolves({ SubscriptionArn: 'pending confirmation' });
  accounts.reset();
  accounts
    .on(AdminGetUserCommand)
    .rejects(new UserNotFoundException({ message: 'User does not exist.', $metadata: {} }));
  accounts.on(AdminGetUserCommand, { Username: 'lien.lac@74.example' }).resolves({
    Username: subject,
    UserAttributes: [{ Name: 'sub', Value: subject }],
  });
});

const register = (coordinators: unknown[], unit = '74', groups = '[admin]', query?: Record<string, string>) =>
  handler(
    httpRequest('PUT /units/{unit}/coordinators', groups, {
      path: { unit },
      body: { coordinators },
      ...(query && { query }),
    }),
    context,
  );
const registry = (unit = '74') => table.packed(keys.registry(unit));
const bodyOf = ({ body }: { body?: string | undefined }) => JSON.parse(body ?? '');
const subscribed = () => topics.commandCalls(SubscribeCommand).map(({ args: [{ input }] }) => input);

describe('registering coordinators', () => {
  it('subscribes each e-mail address to its own messages, then writes the whole list one version on', async () => {
    topics.on(SubscribeCommand).callsFake(() => {
      expect(registry()).toBeUndefined();
      return { SubscriptionArn: 'pending confirmation' };
    });
    const answer = await register([first, second]);
    expect(answer.statusCode).toBe(200);
    expect(bodyOf(answer).coordinators).toEqual([
      { ...first, unit: '74', reach: { email: 'pending', sms: 'live' } },
      { ...second, unit: '74', reach: { email: 'pending' } },
    ]);
    expect(subscribed()[0]).toEqual({
      TopicArn: expect.stringMatching(/messages[12]$/),
      Protocol: 'email',
      Endpoint: 'dau-moi@74.example',
      // The address itself must not be legible in the subscription's settings.
      Attributes: { FilterPolicy: `{"recipient":["${addressOf(first.email)}"]}` },
    });
    const stored = registry();
    expect(stored).toMatchObject({ unit: '74', version: 1, coordinators: [{ id: 'a' }, { id: 'b' }] });
    expect(stored.reach.a).toMatchObject([
      {
        channel: 'email',
        address: addressOf(first.email),
        topic: subscribed()[0]?.TopicArn,
        log: [{ status: 'pending' }],
      },
      { channel: 'sms', address: addressOf(first.phone), log: [{ status: 'live' }] },
    ]);
    topics.on(SubscribeCommand).resolves({});
    await register([second]);
    expect(registry()).toMatchObject({ version: 2, coordinators: [{ id: 'b' }] });
    expect(registry().reach.a[0].log.at(-1)).toMatchObject({ status: 'unused' });
  });

  it('keeps an address on its topic, whoever has it', async () => {
    await register([first]);
    await register([{ ...second, id: 'c', email: first.email.toLowerCase() }], '79');
    expect(subscribed().map(({ TopicArn }) => TopicArn)).toEqual(Array(2).fill(subscribed()[0]?.TopicArn));
    expect(registry('79').reach.c[0].topic).toBe(registry().reach.a[0].topic);
  });

  it('asks somebody again who has unsubscribed', async () => {
    topics.on(SubscribeCommand).resolves({ SubscriptionArn: `${topicArns[0]}:1` });
    await register([second]);
    expect(registry().reach.b[0].log).toMatchObject([{ status: 'live' }]);
    topics.on(SubscribeCommand).resolves({ SubscriptionArn: 'pending confirmation' });
    await register([second]);
    expect(registry().reach.b[0].log).toMatchObject([{ status: 'live' }, { status: 'pending' }]);
  });

  it('writes no registry when a subscription fails, so that repeating it is all there is to do', async () => {
    topics.on(SubscribeCommand).rejects(new Error('throttled'));
    expect((await register([first])).statusCode).toBe(500);
    expect(registry()).toBeUndefined();
  });

  it('keeps the subject of the account somebody signs in with, and takes it back', async () => {
    await register([{ ...first, account: 'lien.lac@74.example' }]);
    expect(registry().coordinators[0].account).toBe(subject);
    await register([{ ...first, account: subject }]);
    expect(registry().coordinators[0].account).toBe(subject);
    expect(accounts.commandCalls(AdminGetUserCommand)).toHaveLength(1);
  });

  it('refuses when no topic has room', async () => {
    const full = topicArns.flatMap((arn) =>
      Array.from({ length: maxSubscriptionsPerTopic }, (_, index) => [`${arn} ${index}`, arn]),
    );
    await table.putPacked(keys.topicPlan(), { version: 1, topics: Object.fromEntries(full) });
    const answer = await register([first]);
    expect(answer.statusCode).toBe(409);
    expect(bodyOf(answer).code).toBe('topics-full');
    expect(topics.calls()).toHaveLength(0);
    expect(registry()).toBeUndefined();
  });

  it('lets one of two units have a new id that both give in the same instant', async () => {
    const answers = await Promise.all([register([first], '74'), register([first], '79')]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const refused = answers.find(({ statusCode }) => statusCode === 409);
    expect(bodyOf(refused ?? {})).toMatchObject({ code: 'registration-under-way' });
    expect([registry('74'), registry('79')].filter((stored) => stored !== undefined)).toHaveLength(1);
  });

  it('only checks with ?dryRun', async () => {
    expect((await register([first], '74', '[admin]', { dryRun: '' })).statusCode).toBe(200);
    expect((await register([{ ...first, scopes: ['75'] }], '74', '[admin]', { dryRun: '' })).statusCode).toBe(
      200,
    );
    const wrong = await register([{ ...first, scopes: ['XX'] }], '74', '[admin]', { dryRun: 'true' });
    expect(bodyOf(wrong).code).toBe('coordinators-invalid');
    expect(topics.calls()).toHaveLength(0);
    expect(table.written()).toEqual([]);
  });

  it('names everything that is wrong at once, by place and code', async () => {
    await register([{ ...first, account: 'lien.lac@74.example' }], '79');
    topics.resetHistory();
    const answer = await register([
      { ...first, scopes: ['74', 'II.9.1', 'XX'] },
      { ...second, account: 'nobody@74.example' },
      { ...second, id: 'c', account: 'lien.lac@74.example' },
    ]);
    expect(answer.statusCode).toBe(400);
    const { code, places, detail } = bodyOf(answer);
    expect(code).toBe('coordinators-invalid');
    expect(places.map((place: { at: string; code: string }) => [place.at, place.code])).toEqual([
      ['coordinators.0.scopes.1', 'scope-unknown'],
      ['coordinators.0.scopes.2', 'scope-unknown'],
      ['coordinators.0.id', 'id-taken'],
      ['coordinators.1.account', 'account-unknown'],
      ['coordinators.2.account', 'account-taken'],
    ]);
    expect(detail.en).toContain('npx tiendo users add --email nobody@74.example --role coordinator');
    expect(detail.vi).toContain('đã có ở đơn vị 79');
    expect(registry()).toBeUndefined();
    expect(topics.calls()).toHaveLength(0);
  });

  it.each([
    ['an unknown unit', [first], '7', '[admin]', 404],
    ['a coordinator twice', [first, first], '74', '[admin]', 400],
    ['a number without country code', [{ ...second, phone: '0900000002' }], '74', '[admin]', 400],
    ['no e-mail address', [{ id: 'a', name: 'A', language: 'vi' }], '74', '[admin]', 400],
    ['a unit of its own choice', [{ ...first, unit: '79' }], '74', '[admin]', 400],
    ['an account that is no address', [{ ...first, account: 'somebody' }], '74', '[admin]', 400],
    ['a province', [first], '74', '[province unit-74]', 403],
    ['a coordinator', [first], '74', '[coordinator]', 403],
    ['an analyst', [first], '74', '[analyst]', 403],
  ])('is refused for %s', async (_, coordinators, unit, groups, status) => {
    expect((await register(coordinators, unit, groups)).statusCode).toBe(status);
    expect(topics.calls()).toHaveLength(0);
    expect(table.mock.calls()).toHaveLength(0);
  });
});
