import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsCall, operatorArn } from '../../../local/aws-service.ts';
import { createClock } from '../../../local/clock.ts';
import { createMailbox, type Mailbox } from '../../../local/mailbox/mailbox.ts';
import { type PublishedAttributes, parseFilterPolicy } from '../../../local/sns/filter-policy.ts';
import { createSns } from '../../../local/sns/sns.ts';

const topicArn = 'arn:aws:sns:ap-southeast-1:000000000000:messages';
const clock = createClock('2022-06-30T00:30:00.000Z');

let database: DatabaseSync;
let mailbox: Mailbox;
beforeEach(() => {
  database = new DatabaseSync(':memory:');
  mailbox = createMailbox(database);
});
afterEach(() => database.close());

/** An SNS over the test's database, called as the gateway would. `asked` are the permissions it asked for. */
function start(settings: { confirmByItself?: boolean; deliver?: Mailbox['deliver'] } = {}) {
  const asked: string[] = [];
  const sns = createSns({
    database,
    clock,
    topics: [{ arn: topicArn }],
    deliver: mailbox.deliver,
    ...settings,
  });
  async function call(action: string, parameters: Record<string, string> = {}): Promise<string> {
    const body = new URLSearchParams({ Action: action, Version: '2010-03-31', ...parameters }).toString();
    const awsCall: AwsCall = {
      service: 'sns',
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: {},
      body: Readable.from([Buffer.from(body)]),
      signedHeaders: [],
      caller: { accessKeyId: 'AKID', roleArn: operatorArn, tags: {} },
      authorize: (permission, resource) => void asked.push(`${permission} ${resource}`),
    };
    return String((await sns.handle(awsCall)).body);
  }
  const publish = (parameters: Record<string, string>) =>
    call('Publish', { TopicArn: topicArn, Message: 'x', ...parameters });
  const subscribe = (endpoint: string, parameters: Record<string, string> = {}) =>
    call('Subscribe', { TopicArn: topicArn, Protocol: 'email', Endpoint: endpoint, ...parameters });
  return { sns, asked, call, publish, subscribe };
}

const attribute = (name: string, value: string, type = 'String') => ({
  'MessageAttributes.entry.1.Name': name,
  'MessageAttributes.entry.1.Value.DataType': type,
  'MessageAttributes.entry.1.Value.StringValue': value,
});
const policyFor = (...coordinators: string[]) => ({
  'Attributes.entry.1.key': 'FilterPolicy',
  'Attributes.entry.1.value': JSON.stringify({ coordinator: coordinators }),
});
const recipients = () => mailbox.messages().map(({ to }) => to);

describe('a filter policy', () => {
  const attributes: PublishedAttributes = {
    coordinator: { type: 'String', value: 'binh-duong-1' },
    stages: { type: 'String.Array', value: '["due-soon","missed"]' },
    alerts: { type: 'Number', value: '3' },
  };
  it.each([
    ['{"coordinator":["binh-duong-1"]}', true],
    ['{"coordinator":["binh-duong"]}', false],
    ['{"coordinator":["ha-noi-1","binh-duong-1"]}', true],
    ['{"coordinator":["binh-duong-1"],"unit":["74"]}', false],
    ['{"stages":["missed"]}', true],
    ['{"stages":["met-late"]}', false],
    ['{"alerts":[3]}', true],
    ['{"alerts":["3"]}', false],
    ['{"coordinator":[{"prefix":"binh-"}]}', true],
    ['{"coordinator":[{"prefix":"duong"}]}', false],
    ['{"coordinator":[{"anything-but":["ha-noi-1"]}]}', true],
    ['{"coordinator":[{"anything-but":["binh-duong-1"]}]}', false],
    ['{"stages":[{"anything-but":["missed"]}]}', true],
    ['{"unit":[{"anything-but":["74"]}]}', false],
    ['{"unit":[{"exists":false}]}', true],
    ['{}', true],
  ])('%s matches: %s', (policy, expected) => {
    expect(parseFilterPolicy(policy)(attributes)).toBe(expected);
  });

  const keys = (count: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, ['a']])));
  const combinations = (count: number) =>
    JSON.stringify({ a: Array.from({ length: count }, (_, n) => `v${n}`) });
  it.each([
    ['five names', keys(5)],
    ['150 combinations', combinations(150)],
  ])('with %s is taken', (_, policy) => {
    expect(() => parseFilterPolicy(policy)).not.toThrow();
  });
  it.each([
    ['six names', keys(6)],
    ['151 combinations', combinations(151)],
    ['an unknown operator', '{"alerts":[{"numeric":[">",1]}]}'],
    ['a bare value', '{"coordinator":"x"}'],
    ['no value', '{"coordinator":[]}'],
    ['no JSON', '{'],
  ])('with %s is refused', (_, policy) => {
    expect(() => parseFilterPolicy(policy)).toThrow(expect.objectContaining({ code: 'InvalidParameter' }));
  });
});

describe('publishing to a topic', () => {
  it('reaches those whose filter policy matches, once each', async () => {
    const { publish, subscribe } = start();
    await subscribe('a@example.vn', policyFor('a'));
    await subscribe('b@example.vn', policyFor('b'));
    await subscribe('all@example.vn');
    const answer = await publish({
      Subject: 'Nhac han',
      Message: 'Còn 7 ngày',
      ...attribute('coordinator', 'a'),
    });
    expect(mailbox.messages()).toEqual([
      {
        channel: 'email',
        to: 'a@example.vn',
        subject: 'Nhac han',
        body: 'Còn 7 ngày',
        at: '2022-06-30T00:30:00.000Z',
        messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
      expect.objectContaining({ to: 'all@example.vn' }),
    ]);
    expect(answer).toContain(`<MessageId>${mailbox.messages()[0]?.messageId}</MessageId>`);
  });

  it('reaches nobody when one delivery fails', async () => {
    const { publish, subscribe } = start({
      deliver(delivery) {
        if (delivery.to === 'b@example.vn') throw new Error('disk full');
        mailbox.deliver(delivery);
      },
    });
    await subscribe('a@example.vn');
    await subscribe('b@example.vn');
    await expect(publish({})).rejects.toThrow('disk full');
    expect(mailbox.messages()).toEqual([]);
  });

  it.each([
    ['an ASCII subject of 100 characters', { Subject: 'x'.repeat(100) }, undefined],
    ['a subject of 101 characters', { Subject: 'x'.repeat(101) }, 'InvalidParameter'],
    ['a subject with diacritics', { Subject: 'Tiến độ' }, 'InvalidParameter'],
    ['a subject of two lines', { Subject: 'a\nb' }, 'InvalidParameter'],
    ['a subject that begins with a space', { Subject: ' a' }, 'InvalidParameter'],
    ['an empty subject', { Subject: '' }, 'InvalidParameter'],
    ['the largest message', { Message: 'x'.repeat(262_144) }, undefined],
    ['a message one byte larger', { Message: 'x'.repeat(262_145) }, 'InvalidParameter'],
    [
      'a message too large by its attributes',
      { Message: 'x'.repeat(262_144 - 7), ...attribute('a', 'b') },
      'InvalidParameter',
    ],
    [
      'a message that just fits with its attributes',
      { Message: 'x'.repeat(262_144 - 8), ...attribute('a', 'b') },
      undefined,
    ],
    ['a message of two-byte letters that is too large', { Message: 'đ'.repeat(131_073) }, 'InvalidParameter'],
    ['an empty message', { Message: '' }, 'InvalidParameter'],
    ['a number that is none', attribute('alerts', 'three', 'Number'), 'InvalidParameter'],
    ['an array that is none', attribute('stages', 'a', 'String.Array'), 'InvalidParameter'],
    ['a binary attribute', attribute('a', 'b', 'Binary'), 'InvalidParameter'],
    ['a parameter it does not have', { MessageStructure: 'json' }, 'InvalidParameter'],
    ['an unknown topic', { TopicArn: `${topicArn}x` }, 'NotFound'],
  ])('%s: %s', async (_, parameters: Record<string, string>, code) => {
    const { publish } = start();
    if (code === undefined) await expect(publish(parameters)).resolves.toContain('<MessageId>');
    else await expect(publish(parameters)).rejects.toMatchObject({ code });
  });
});

describe('publishing to a phone number', () => {
  it('is an SMS without subject, counted in parts', async () => {
    const { call, asked } = start();
    await call('Publish', {
      PhoneNumber: '+84912345678',
      Message: 'đ'.repeat(71),
      ...attribute('coordinator', 'a'),
    });
    expect(mailbox.messages()).toMatchObject([{ channel: 'sms', to: '+84912345678', smsParts: 2 }]);
    expect(mailbox.messages()[0]).not.toHaveProperty('subject');
    expect(asked).toEqual(['sns:Publish *']);
  });

  it.each([
    ['a number without plus', { PhoneNumber: '0912345678' }],
    ['both a topic and a number', { PhoneNumber: '+84912345678', TopicArn: topicArn }],
    ['neither', {}],
    ['1,601 characters', { PhoneNumber: '+84912345678', Message: 'x'.repeat(1601) }],
  ])('refuses %s', async (_, parameters: Record<string, string>) => {
    const { call } = start();
    await expect(call('Publish', { Message: 'x', ...parameters })).rejects.toMatchObject({
      code: 'InvalidParameter',
    });
  });

  it('takes 1,600 characters', async () => {
    await start().call('Publish', { PhoneNumber: '+84912345678', Message: 'x'.repeat(1600) });
    expect(mailbox.messages()).toHaveLength(1);
  });
});

describe('a subscription', () => {
  it('is the same when asked for again, and refused with another policy', async () => {
    const { sns, subscribe } = start();
    const first = await subscribe('a@example.vn', policyFor('a'));
    const arnOf = (answer: string) => /<SubscriptionArn>(.*)<\/SubscriptionArn>/.exec(answer)?.[1];
    expect(arnOf(await subscribe('a@example.vn', policyFor('a')))).toBe(arnOf(first));
    expect(arnOf(await subscribe('a@example.vn'))).toBe(arnOf(first));
    await expect(subscribe('a@example.vn', policyFor('b'))).rejects.toThrow(
      'already exists with different attributes',
    );
    expect(sns.subscriptions(topicArn)).toHaveLength(1);
  });

  it('awaits its link where it is not confirmed by itself, and gets nothing before', async () => {
    const { sns, publish, subscribe, call } = start({ confirmByItself: false });
    expect(await subscribe('a@example.vn')).toContain(
      '<SubscriptionArn>pending confirmation</SubscriptionArn>',
    );
    expect(await call('ListSubscriptionsByTopic', { TopicArn: topicArn })).toContain('PendingConfirmation');
    await publish({});
    expect(recipients()).toEqual(['a@example.vn']);
    const token = /\/mailbox\/confirm\?token=([0-9a-f-]+)/.exec(mailbox.messages()[0]?.body ?? '')?.[1] ?? '';
    expect(sns.confirm(`${token}x`)).toBe(false);
    expect(sns.confirm(token)).toBe(true);
    expect(sns.confirm(token)).toBe(false);
    await publish({});
    expect(recipients()).toEqual(['a@example.vn', 'a@example.vn']);
  });

  it('awaiting its link shows its ARN to those who ask for it', async () => {
    const { sns, subscribe } = start({ confirmByItself: false });
    const answer = await subscribe('a@example.vn', { ReturnSubscriptionArn: 'true' });
    expect(answer).toContain(sns.subscriptions(topicArn)[0]?.arn);
  });

  it('takes another filter policy, and none', async () => {
    const { sns, publish, subscribe, call } = start();
    await subscribe('a@example.vn', policyFor('a'));
    const SubscriptionArn = sns.subscriptions(topicArn)[0]?.arn ?? '';
    const set = (policy: string) =>
      call('SetSubscriptionAttributes', {
        SubscriptionArn,
        AttributeName: 'FilterPolicy',
        AttributeValue: policy,
      });
    await set('{"coordinator":["b"]}');
    await publish(attribute('coordinator', 'a'));
    expect(recipients()).toEqual([]);
    await set('{}');
    await publish({});
    expect(recipients()).toEqual(['a@example.vn']);
    await expect(set('{"coordinator":[{"wildcard":"a*"}]}')).rejects.toMatchObject({
      code: 'InvalidParameter',
    });
  });

  it('ended gets nothing, and may be ended again', async () => {
    const { sns, publish, subscribe, call } = start();
    await subscribe('a@example.vn');
    const SubscriptionArn = sns.subscriptions(topicArn)[0]?.arn ?? '';
    await call('Unsubscribe', { SubscriptionArn });
    await call('Unsubscribe', { SubscriptionArn });
    await publish({});
    expect(recipients()).toEqual([]);
    await expect(call('Unsubscribe', { SubscriptionArn: 'PendingConfirmation' })).rejects.toMatchObject({
      code: 'InvalidParameter',
    });
  });

  it.each([
    [100, false],
    [101, true],
  ])('of %i is listed with a next page: %s', async (count, hasNext) => {
    const { subscribe, call } = start();
    for (let n = 0; n < count; n += 1) await subscribe(`a${n}@example.vn`);
    const first = await call('ListSubscriptionsByTopic', { TopicArn: topicArn });
    expect(first.match(/<member>/g)).toHaveLength(100);
    expect(first.includes('<NextToken>100</NextToken>')).toBe(hasNext);
    const second = await call('ListSubscriptionsByTopic', { TopicArn: topicArn, NextToken: '100' });
    expect(second.match(/<member>/g) ?? []).toHaveLength(count - 100);
  });

  it.each([
    ['another protocol', { Protocol: 'sms', Endpoint: '+84912345678' }, 'InvalidParameter'],
    ['an address that is none', { Endpoint: 'a' }, 'InvalidParameter'],
    [
      'an attribute it does not have',
      { 'Attributes.entry.1.key': 'RawMessageDelivery', 'Attributes.entry.1.value': 'true' },
      'InvalidParameter',
    ],
    ['an unknown topic', { TopicArn: `${topicArn}x` }, 'NotFound'],
  ])('with %s is refused', async (_, parameters: Record<string, string>, code) => {
    await expect(start().subscribe('a@example.vn', parameters)).rejects.toMatchObject({ code });
  });
});

it.each([
  ['Publish', { TopicArn: topicArn, Message: 'x' }, topicArn],
  ['Subscribe', { TopicArn: topicArn, Protocol: 'email', Endpoint: 'a@example.vn' }, topicArn],
  ['ListSubscriptionsByTopic', { TopicArn: topicArn }, topicArn],
  ['Unsubscribe', { SubscriptionArn: `${topicArn}:x` }, '*'],
  ['ListPhoneNumbersOptedOut', {}, '*'],
])('%s needs its permission', async (action, parameters, resource) => {
  const { call, asked } = start();
  await call(action, parameters);
  expect(asked).toEqual([`sns:${action} ${resource}`]);
});

it('changing a subscription needs the permission for every topic, as AWS has no narrower one', async () => {
  const { call, asked, sns, subscribe } = start();
  await subscribe('a@example.vn');
  const SubscriptionArn = sns.subscriptions(topicArn)[0]?.arn ?? '';
  await call('SetSubscriptionAttributes', {
    SubscriptionArn,
    AttributeName: 'FilterPolicy',
    AttributeValue: '{}',
  });
  expect(asked.at(-1)).toBe('sns:SetSubscriptionAttributes *');
});

it('an unknown action is refused, naming those there are', async () => {
  await expect(start().call('CreateTopic')).rejects.toThrow(/no action "CreateTopic".*Publish/);
});

describe('what recipients do by themselves', () => {
  const tokenOf = (to: string) => /token=(\S+)/.exec(mailbox.messages(to).at(-1)?.body ?? '')?.[1] ?? '';

  it('a pending subscription is asked for again, with the same link', async () => {
    const { subscribe } = start({ confirmByItself: false });
    await subscribe('a@example.vn');
    const first = tokenOf('a@example.vn');
    await subscribe('a@example.vn');
    expect(mailbox.messages('a@example.vn')).toHaveLength(2);
    expect(tokenOf('a@example.vn')).toBe(first);
  });

  it('a confirmed one can be ended by the link of its e-mails, once', async () => {
    const { sns, subscribe, publish } = start();
    await subscribe('a@example.vn');
    const [subscription] = sns.subscriptionsOf('a@example.vn');
    expect(sns.unsubscribe(subscription?.arn ?? '')).toBe(true);
    expect(sns.unsubscribe(subscription?.arn ?? '')).toBe(false);
    await publish({});
    expect(mailbox.messages()).toEqual([]);
  });

  it.each([
    ['true', false],
    ['false', true],
  ])('with AuthenticateOnUnsubscribe %s the link ends it: %s', async (AuthenticateOnUnsubscribe, isEnded) => {
    const { sns, call, subscribe } = start({ confirmByItself: false });
    await subscribe('a@example.vn');
    const Token = tokenOf('a@example.vn');
    await call('ConfirmSubscription', { TopicArn: topicArn, Token, AuthenticateOnUnsubscribe });
    const [subscription] = sns.subscriptionsOf('a@example.vn');
    expect(subscription?.pendingToken).toBeNull();
    expect(sns.unsubscribe(subscription?.arn ?? '')).toBe(isEnded);
    await expect(call('ConfirmSubscription', { TopicArn: topicArn, Token })).rejects.toMatchObject({
      code: 'InvalidParameter',
    });
  });

  it('a number that has opted out gets no SMS until it opts in; it is listed, 100 a page', async () => {
    const { sns, call } = start();
    const PhoneNumber = '+84912345678';
    const send = () => call('Publish', { PhoneNumber, Message: 'x' });
    for (let index = 0; index < 100; index++) sns.optOut(`+8490000${String(index).padStart(4, '0')}`);
    sns.optOut(PhoneNumber);
    expect(await send()).toContain('<MessageId>');
    expect(mailbox.messages()).toEqual([]);
    const page = await call('ListPhoneNumbersOptedOut');
    expect(page.match(/<member>/g)).toHaveLength(100);
    expect(page).toContain('<nextToken>100</nextToken>');
    expect(await call('ListPhoneNumbersOptedOut', { nextToken: '100' })).toContain('+84912345678');
    sns.optIn(PhoneNumber);
    await send();
    expect(recipients()).toEqual([PhoneNumber]);
  });
});
