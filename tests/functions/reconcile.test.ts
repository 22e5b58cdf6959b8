import {
  ListPhoneNumbersOptedOutCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/reconcile.ts';
import { addressOf } from '../../shared/aws/address.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import type { ReachStatus } from '../../shared/domain/coordinator.ts';
import { maxSubscriptionsPerTopic, topicOrder } from '../../shared/domain/topics.ts';
import { context, scheduled, sqsEvent } from './events.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const sns = mockClient(SNSClient);
const topicArns = ['messages1', 'messages2'].map((name) => `arn:aws:sns:ap-southeast-1:000000000000:${name}`);
const email = 'dau-moi@74.example';
const phone = '+84900000001';
const address = addressOf(email);
const home = topicOrder(address, topicArns)[0] ?? '';
const other = topicArns.find((arn) => arn !== home) ?? '';
const registeredAt = '2022-04-01T01:00:00.000Z';
const now = '2022-04-05T23:00:00.000Z';
const person = { id: 'a', unit: '74', name: 'Đầu mối', language: 'vi', email } as const;

/** What SNS holds: topic, address and ARN (or what it says in place of one). */
let subscriptions: { topic: string; email: string; arn: string }[];
let optedOut: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  table.reset();
  sns.reset();
  subscriptions = [];
  optedOut = [];
  sns.on(ListSubscriptionsByTopicCommand).callsFake(({ TopicArn, NextToken = '0' }) => {
    const all = subscriptions.filter(({ topic }) => topic === TopicArn);
    const page = all.slice(Number(NextToken), Number(NextToken) + 1);
    const Subscriptions = page.map((one) => ({
      Protocol: 'email',
      Endpoint: one.email,
      SubscriptionArn: one.arn,
    }));
    const next = Number(NextToken) + 1;
    return { Subscriptions, ...(next < all.length && { NextToken: String(next) }) };
  });
  sns.on(ListPhoneNumbersOptedOutCommand).callsFake(() => ({ phoneNumbers: optedOut }));
  sns.on(SubscribeCommand).resolves({ SubscriptionArn: 'pending confirmation' });
  sns.on(UnsubscribeCommand).resolves({});
});
afterEach(() => vi.useRealTimers());

const reconcile = () => handler(sqsEvent(scheduled('2022-04-05T23:00:00Z')), context);
const subscribed = () => sns.commandCalls(SubscribeCommand).map(({ args: [{ input }] }) => input);
const ended = () =>
  sns.commandCalls(UnsubscribeCommand).map(({ args: [{ input }] }) => input.SubscriptionArn);
const registry = (unit = '74') => table.packed(keys.registry(unit));
const logOf = (index = 0) => registry().reach.a[index].log;
const plan = () => table.packed(keys.topicPlan()).topics;

/** A registered person whose addresses stand so since `registeredAt`. */
async function registered(status: ReachStatus | undefined, sms?: ReachStatus, at = registeredAt) {
  const reach = [
    ...(status ? [{ channel: 'email', address, topic: home, log: [{ at, status }] }] : []),
    ...(sms ? [{ channel: 'sms', address: addressOf(phone), log: [{ at, status: sms }] }] : []),
  ];
  const coordinators = [{ ...person, ...(sms && { phone }) }];
  await table.putPacked(keys.registry('74'), { unit: '74', version: 1, coordinators, reach: { a: reach } });
  if (status) await table.putPacked(keys.topicPlan(), { version: 1, topics: { [address]: home } });
}

describe('reconciling', () => {
  it.each<[ReachStatus, string, ReachStatus]>([
    ['pending', 'PendingConfirmation', 'pending'],
    ['pending', `${home}:1`, 'live'],
    ['live', `${home}:1`, 'live'],
    ['live', 'PendingConfirmation', 'pending'],
    ['live', 'Deleted', 'gone'],
    ['gone', 'Deleted', 'gone'],
    ['gone', `${home}:1`, 'live'],
  ])('notes that somebody %s is listed as %s: %s', async (before, arn, after) => {
    await registered(before);
    subscriptions = [{ topic: home, email, arn }];
    expect(await reconcile()).toEqual({ batchItemFailures: [] });
    const expected = [
      { at: registeredAt, status: before },
      ...(after === before ? [] : [{ at: now, status: after }]),
    ];
    expect(logOf()).toEqual(expected);
    expect(registry().version).toBe(after === before ? 1 : 2);
    expect([...subscribed(), ...ended()]).toEqual([]);
  });

  it.each<ReachStatus>(['live', 'gone'])(
    'takes a missing subscription that was %s as unsubscribed',
    async (before) => {
      await registered(before);
      await reconcile();
      expect(logOf().at(-1).status).toBe('gone');
      expect(subscribed()).toEqual([]);
    },
  );

  it('makes a missing subscription again that never was confirmed', async () => {
    await registered('pending');
    await reconcile();
    expect(subscribed()).toMatchObject([{ TopicArn: home, Endpoint: email }]);
    expect(logOf()).toEqual([{ at: registeredAt, status: 'pending' }]);
  });

  it('makes one for whoever has none, in the plan too', async () => {
    await registered(undefined);
    await reconcile();
    expect(subscribed()).toMatchObject([{ TopicArn: home, Endpoint: email }]);
    expect(registry().reach.a).toEqual([
      { channel: 'email', address, topic: home, log: [{ at: now, status: 'pending' }] },
    ]);
    expect(plan()).toEqual({ [address]: home });
  });

  it('takes the plan from the registries when it is lost', async () => {
    await registered('live');
    await table.putPacked(keys.registry('74'), {
      ...registry(),
      reach: { a: [{ ...registry().reach.a[0], topic: other }] },
    });
    await table.putPacked(keys.topicPlan(), { version: 2, topics: {} });
    subscriptions = [{ topic: other, email, arn: `${other}:1` }];
    await reconcile();
    expect(plan()).toEqual({ [address]: other });
    expect(registry().version).toBe(1);
  });

  it('leaves alone what was registered while it looked', async () => {
    await registered('live', undefined, now);
    await reconcile();
    expect(logOf()).toEqual([{ at: now, status: 'live' }]);
  });

  it.each<[ReachStatus, string[], ReachStatus]>([
    ['live', [phone], 'gone'],
    ['gone', [phone], 'gone'],
    ['gone', [], 'live'],
    ['live', ['+84900000009'], 'live'],
  ])('notes that a number that was %s, with %j opted out, is %s', async (before, numbers, after) => {
    await registered('live', before);
    subscriptions = [{ topic: home, email, arn: `${home}:1` }];
    optedOut = numbers;
    await reconcile();
    expect(logOf(1).at(-1).status).toBe(after);
    expect(logOf(1)).toHaveLength(after === before ? 1 : 2);
  });

  it('ends subscriptions of nobody and of another topic, and frees their places; pending ones lapse first', async () => {
    await registered('live');
    const [left, waiting] = ['left@74.example', 'waiting@74.example'];
    const topics = { [address]: home, [addressOf(left)]: other, [addressOf(waiting)]: other };
    await table.putPacked(keys.topicPlan(), { version: 1, topics });
    subscriptions = [
      { topic: home, email, arn: `${home}:1` },
      { topic: other, email, arn: `${other}:2` },
      { topic: other, email: left, arn: `${other}:3` },
      { topic: other, email: waiting, arn: 'PendingConfirmation' },
    ];
    await reconcile();
    expect(ended()).toEqual([`${other}:2`, `${other}:3`]);
    expect(plan()).toEqual({ [address]: home, [addressOf(waiting)]: other });
  });

  it('reads a registry once, and again only when somebody else wrote it meanwhile', async () => {
    await registered(undefined);
    const reads = () => table.mock.commandCalls(GetCommand, { Key: keys.registry('74') });
    sns.on(SubscribeCommand).callsFakeOnce(async () => {
      await table.putPacked(keys.registry('74'), { ...registry(), version: 2, coordinators: [] });
      return { SubscriptionArn: 'pending confirmation' };
    });
    await reconcile();
    expect(reads()).toHaveLength(1);
    expect(registry()).toMatchObject({ version: 2, coordinators: [] });
    await reconcile();
    expect(reads()).toHaveLength(1);
  });

  it('is the same when done twice', async () => {
    await registered('live', 'live');
    optedOut = [phone];
    await reconcile();
    const once = registry();
    vi.setSystemTime(Date.parse(now) + 86_400_000);
    await reconcile();
    expect(registry()).toEqual(once);
  });

  it('fails loudly when an address finds no room, and looks after the others', async () => {
    await registered('live');
    const full = topicArns.flatMap((arn) =>
      Array.from({ length: maxSubscriptionsPerTopic }, (_, index) => [`${arn} ${index}`, arn]),
    );
    await table.putPacked(keys.topicPlan(), {
      version: 1,
      topics: Object.fromEntries([...full.slice(1), [address, home]]),
    });
    const coordinators = [
      { ...person, id: 'b', unit: '79', email: 'b@79.example' },
      { ...person, id: 'c', unit: '79', email: 'c@79.example' },
    ];
    await table.putPacked(keys.registry('79'), { unit: '79', version: 1, coordinators, reach: {} });
    const { batchItemFailures } = await reconcile();
    expect(batchItemFailures).toHaveLength(1);
    expect(logOf().at(-1).status).toBe('gone');
  });

  it('goes on with the next unit when one fails, and reports it', async () => {
    await registered('pending');
    await table.putPacked(keys.registry('79'), {
      unit: '79',
      version: 1,
      coordinators: [{ ...person, id: 'b', unit: '79', email: 'b@79.example' }],
      reach: {},
    });
    sns
      .on(SubscribeCommand)
      .rejectsOnce(new Error('throttled'))
      .resolves({ SubscriptionArn: 'pending confirmation' });
    const { batchItemFailures } = await reconcile();
    expect(batchItemFailures).toHaveLength(1);
    expect([registry().version, registry('79').version].sort()).toEqual([1, 2]);
    expect((await reconcile()).batchItemFailures).toEqual([]);
    expect(registry('79').version).toBe(2);
  });
});
