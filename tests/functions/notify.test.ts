import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/notify.ts';
import { addressOf } from '../../shared/aws/address.ts';
import { pack } from '../../shared/aws/packed-items.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import type { Channel, Coordinator, Reach, ReachStatus } from '../../shared/domain/coordinator.ts';
import { notificationSchema, outboxSchema } from '../../shared/domain/notification.ts';
import { at, ledgerAfter } from '../domain/telling.ts';
import { context, scheduled, sqsEvent } from './events.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const topics = mockClient(SNSClient);
const queues = mockClient(SQSClient);
const event = sqsEvent(scheduled('2022-07-01T00:30:00Z'));
const morning = '2022-07-01T00:30:00.000Z';
const done = { batchItemFailures: [] };
const failed = { batchItemFailures: [{ itemIdentifier: 'm0' }] };
const minutes = 60_000;

const person = (id: string, rest: Partial<Coordinator> = {}): Coordinator => ({
  id,
  unit: '74',
  name: 'Đầu mối',
  language: 'vi',
  email: `${id}@74.example`,
  phone: id === 'a' ? '+84900000001' : '+84900000002',
  ...rest,
});

beforeEach(async () => {
  table.reset();
  resetTopics();
  queues.reset();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(morning) });
  await table.putPacked(keys.alerts('74'), { ...ledgerAfter(loadCatalogue(), '74', [morning]), version: 1 });
  await register(person('a'), person('b'));
  return () => vi.useRealTimers();
});

function resetTopics(): void {
  topics.reset();
  topics.on(PublishCommand).resolves({ MessageId: 'x' });
}

async function register(...coordinators: Coordinator[]): Promise<void> {
  const reach = Object.fromEntries(
    coordinators.map(({ id, email, phone }) => [
      id,
      [reachOf('email', email), ...(phone === undefined ? [] : [reachOf('sms', phone)])],
    ]),
  );
  await table.putPacked(keys.registry('74'), { unit: '74', version: 1, coordinators, reach });
}

function reachOf(channel: Channel, address: string, status: ReachStatus = 'live'): Reach {
  const log = [{ at: at('2022-01-01', '00:00'), status }];
  return { channel, address: addressOf(address), topic: 'arn:aws:sns:ap-southeast-1:0:t', log };
}

async function notifyAfter(laterMs: number) {
  vi.setSystemTime(Date.parse(morning) + laterMs);
  return await handler(event, context);
}

const outbox = (id: string) => outboxSchema.parse(table.packed(keys.outbox('74', id)));
const openIds = (id: string) => outbox(id).open.map((notification) => notification.id);

/** What was sent to whom: the notification's id for an e-mail, the number for an SMS. */
const sent = () =>
  topics
    .commandCalls(PublishCommand)
    .map(({ args: [{ input }] }) => input.MessageAttributes?.notification?.StringValue ?? input.PhoneNumber);
const ofA = ['+84900000001', '2022-07-01#a#email#1'];
const ofB = ['+84900000002', '2022-07-01#b#email#1'];

/** Puts that fail: the `n`-th one, after its effect or instead of it. */
function failPut(n: number, isEffective: boolean): void {
  const puts = table.mock.commandCalls(PutCommand).length;
  const store = (Item: Record<string, unknown>) =>
    table.put({ pk: String(Item.pk), sk: String(Item.sk) }, Item);
  table.mock.on(PutCommand).callsFake(({ Item }) => {
    const isNow = table.mock.commandCalls(PutCommand).length === puts + n;
    if (!isNow || isEffective) store(Item);
    if (isNow) throw new Error('lost');
    return {};
  });
}

describe('telling coordinators', () => {
  it('reserves text messages and writes the outbox before it sends, and takes each message out after', async () => {
    const outboxOpen: number[] = [];
    topics.on(PublishCommand).callsFake(() => {
      outboxOpen.push(outbox('a').open.length);
      return { MessageId: 'x' };
    });
    await register(person('a'));
    expect(await handler(event, context)).toEqual(done);
    expect(outboxOpen).toEqual([2, 1]);
    expect(table.written()).toEqual([
      'NATION#SMS 2022-07',
      '74#OUTBOX a',
      '74#NOTIFICATION 2022-07-01#a#sms#1',
      '74#OUTBOX a',
      '74#NOTIFICATION 2022-07-01#a#email#1',
      '74#OUTBOX a',
    ]);
    expect(outbox('a').version).toBe(3);
    const record = table.packed(keys.notification('74', '2022-07-01#a#email#1'));
    expect(notificationSchema.parse(record)).toMatchObject({
      state: 'sent',
      sentAt: morning,
      messageId: 'x',
    });
  });

  it('tells each one once, however often it runs that day and the next', async () => {
    for (const laterMs of [0, 1, 30 * minutes, 24 * 60 * minutes])
      expect(await notifyAfter(laterMs)).toEqual(done);
    expect(sent().toSorted()).toEqual([...ofA, ...ofB].toSorted());
  });

  it.each<[ReachStatus, ReachStatus, string[]]>([
    ['live', 'gone', ofA.slice(1)],
    ['gone', 'live', ofA.slice(0, 1)],
    ['pending', 'live', ofA.slice(0, 1)],
    ['gone', 'gone', []],
  ])('sends nothing to nobody: e-mail %s, phone %s', async (email, sms, expected) => {
    const a = person('a');
    const reach = { a: [reachOf('email', a.email, email), reachOf('sms', a.phone ?? '', sms)] };
    await table.putPacked(keys.registry('74'), { unit: '74', version: 1, coordinators: [a], reach });
    expect(await notifyAfter(0)).toEqual(done);
    expect(sent()).toEqual(expected);
  });

  it('sends what is urgent alone when that is what it was called for', async () => {
    await register(person('a'));
    const urgent = JSON.stringify({ 'detail-type': 'UrgentDecided', detail: { units: 1 } });
    expect(await handler(sqsEvent(urgent), context)).toEqual(done);
    expect(sent()).toEqual(ofA.slice(0, 1));
  });

  it('is not begun by a message of another kind', async () => {
    expect(await handler(sqsEvent('{"detail-type":"PointsPublished"}'), context)).toEqual(failed);
    expect(sent()).toEqual([]);
  });

  it("goes on where one unit's ledger cannot be read, and fails the run", async () => {
    table.put(keys.alerts('01'), { content: pack({ broken: true }) });
    expect(await notifyAfter(0)).toEqual(failed);
    expect(sent().toSorted()).toEqual([...ofA, ...ofB].toSorted());
  });

  it('sends an e-mail instead when the month has no text messages left', async () => {
    const parts = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [String(index), 1]));
    await table.putPacked(keys.smsUsage('2022-07'), { month: '2022-07', version: 1, budget: 5000, parts });
    await register(person('a'));
    expect(await notifyAfter(0)).toEqual(done);
    expect(sent()).toEqual(ofA.slice(1));
  });
});

describe('a run that is cut off', () => {
  it('before it sends leaves the message in the outbox, and the next sends it first with the same id', async () => {
    await register(person('a'));
    topics.on(PublishCommand).rejectsOnce(new Error('cut off')).resolves({ MessageId: 'x' });
    expect(await notifyAfter(0)).toEqual(failed);
    expect(openIds('a')).toEqual(['2022-07-01#a#sms#1']);
    expect(outbox('a').open[0]?.failures).toEqual([{ at: morning, error: 'Error' }]);
    resetTopics();
    expect(await notifyAfter(24 * 60 * minutes)).toEqual(done);
    expect(sent()).toEqual(ofA.slice(0, 1));
    expect(openIds('a')).toEqual([]);
  });

  it.each([
    ['the record of the first is not written', 3, false, ofA],
    ['the first is not taken out of the outbox', 4, false, ofA],
    ['the first is taken out, but nobody hears of it', 4, true, ofA.slice(1)],
  ])('after it sent, when %s, sends no more than that one again', async (_, n, isEffective, again) => {
    await register(person('a'));
    failPut(n, isEffective);
    expect(await notifyAfter(0)).toEqual(failed);
    expect(sent()).toEqual(ofA.slice(0, 1));
    resetTopics();
    expect(await notifyAfter(30 * minutes)).toEqual(done);
    expect(sent()).toEqual(again);
    expect(openIds('a')).toEqual([]);
  });

  it.each([
    ['reserving', 1],
    ['deciding', 2],
  ])('when %s sends nothing, and nothing is lost', async (_, n) => {
    await register(person('a'));
    failPut(n, false);
    expect(await notifyAfter(0)).toEqual(failed);
    expect(sent()).toEqual([]);
    expect(await notifyAfter(30 * minutes)).toEqual(done);
    expect(sent()).toEqual(ofA);
  });
});

describe("one message's trouble", () => {
  beforeEach(() => {
    topics.on(PublishCommand, { PhoneNumber: '+84900000001' }).rejects(new Error('opted out'));
  });

  it('keeps neither the others waiting nor their own other message, and fails the run', async () => {
    expect(await notifyAfter(0)).toEqual(failed);
    expect(sent().toSorted()).toEqual([...ofA, ...ofB].toSorted());
    expect(openIds('a')).toEqual(['2022-07-01#a#sms#1']);
    expect(openIds('b')).toEqual([]);
  });

  it('is given up after three attempts, and the record says so', async () => {
    for (const laterMs of [0, 15 * minutes, 30 * minutes]) expect(await notifyAfter(laterMs)).toEqual(failed);
    expect(await notifyAfter(45 * minutes)).toEqual(done);
    expect(openIds('a')).toEqual([]);
    const record = notificationSchema.parse(table.packed(keys.notification('74', '2022-07-01#a#sms#1')));
    expect(record.state).toBe('abandoned');
    expect(record.failures).toHaveLength(3);
    expect(sent().filter((to) => to === '2022-07-01#a#email#1')).toHaveLength(1);
  });

  it('ends when the number is taken out of the registry', async () => {
    await notifyAfter(0);
    const { phone: _, ...mailed } = person('a');
    await register(mailed, person('b'));
    expect(await notifyAfter(30 * minutes)).toEqual(done);
    expect(openIds('a')).toEqual([]);
  });
});

describe('quiet hours', () => {
  const night = Date.parse('2022-06-30T17:00:01.000Z') - Date.parse(morning);
  const woken = () => queues.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);

  it('hold back what is urgent, and wake this again until they end', async () => {
    await register(person('a'));
    expect(await notifyAfter(night)).toEqual(done);
    expect(sent()).toEqual([]);
    const body = JSON.stringify({ wakeAt: '2022-07-01T00:00:00.000Z' });
    expect(woken()).toEqual([
      { QueueUrl: 'https://queues.example/notify', MessageBody: body, DelaySeconds: 900 },
    ]);
    vi.setSystemTime(Date.parse('2022-06-30T23:59:30.500Z'));
    expect(await handler(sqsEvent(body), context)).toEqual(done);
    expect(woken()[1]?.DelaySeconds).toBe(30);
    expect(sent()).toEqual([]);
    vi.setSystemTime(Date.parse('2022-07-01T00:00:00.000Z'));
    expect(await handler(sqsEvent(body), context)).toEqual(done);
    expect(sent()).toEqual(ofA.slice(0, 1));
    expect(woken()).toHaveLength(2);
  });
});

describe('two runs at once', () => {
  it('send each message once', async () => {
    topics
      .on(PublishCommand)
      .callsFake(() => new Promise((resolve) => setImmediate(resolve, { MessageId: 'x' })));
    await Promise.all([handler(event, context), handler(event, context)]);
    await notifyAfter(30 * minutes);
    expect(sent().toSorted()).toEqual([...ofA, ...ofB].toSorted());
  });

  it('send what a third one left only once', async () => {
    await register(person('a'));
    topics.on(PublishCommand).rejects(new Error('busy'));
    await notifyAfter(0);
    resetTopics();
    vi.setSystemTime(Date.parse(morning) + 30 * minutes);
    expect(await Promise.all([handler(event, context), handler(event, context)])).toEqual([done, done]);
    expect(sent().toSorted()).toEqual([...ofA].toSorted());
  });

  it.each([
    [10 * minutes - 1, []],
    [10 * minutes, ofA.slice(0, 1)],
  ])('one that finds a message decided %i ms ago sends %j of it', async (laterMs, expected) => {
    await register(person('a'));
    topics.on(PublishCommand).rejectsOnce(new Error('busy')).resolves({ MessageId: 'x' });
    await notifyAfter(0);
    resetTopics();
    expect(await notifyAfter(laterMs)).toEqual(done);
    expect(sent()).toEqual(expected);
  });
});
