import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/notify.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { defaultAlertSettings, deriveAlerts, mergeAlerts } from '../../shared/domain/alert.ts';
import type { Coordinator } from '../../shared/domain/coordinator.ts';
import { outboxSchema } from '../../shared/domain/notification.ts';
import { context, scheduled, sqsEvent } from './events.ts';
import { fakeTable, unpack } from './fake-table.ts';

const table = fakeTable();
const topics = mockClient(SNSClient);
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
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(morning) });
  const settings = defaultAlertSettings;
  const catalogue = loadCatalogue();
  const alerts = deriveAlerts({ catalogue, unitId: '74', publications: [], asOf: morning, settings });
  await table.putPacked(
    keys.alerts('74'),
    mergeAlerts({ unit: '74', version: 1, alerts: [] }, alerts, morning),
  );
  await register(person('a'), person('b'));
  return () => vi.useRealTimers();
});

function resetTopics(): void {
  topics.reset();
  topics.on(PublishCommand).resolves({ MessageId: 'x' });
}

async function register(...coordinators: Coordinator[]): Promise<void> {
  await table.putPacked(keys.registry('74'), { unit: '74', version: 1, coordinators });
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
const ofA = ['2022-07-01#a#email', '+84900000001'];
const ofB = ['2022-07-01#b#email', '+84900000002'];

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
  it('writes the outbox before it sends, and takes each message out after', async () => {
    const outboxOpen: number[] = [];
    topics.on(PublishCommand).callsFake(() => {
      outboxOpen.push(outbox('a').open.length);
      return { MessageId: 'x' };
    });
    await register(person('a'));
    expect(await handler(event, context)).toEqual(done);
    expect(outboxOpen).toEqual([2, 1]);
    expect(table.written()).toEqual([
      '74#OUTBOX a',
      '74#NOTIFICATION 2022-07-01#a#email',
      '74#OUTBOX a',
      '74#NOTIFICATION 2022-07-01#a#sms',
      '74#OUTBOX a',
    ]);
    const versions = table.mock
      .commandCalls(PutCommand)
      .map(({ args: [{ input }] }) => unpack(input.Item)?.version);
    expect(versions).toEqual([1, undefined, 2, undefined, 3]);
    expect(table.item(keys.notification('74', '2022-07-01#a#email'))).toMatchObject({
      state: 'sent',
      sentAt: morning,
      messageId: 'x',
    });
  });

  it('tells each one once, however often it runs that day and the next', async () => {
    for (const laterMs of [0, 1, 30 * minutes, 24 * 60 * minutes])
      expect(await notifyAfter(laterMs)).toEqual(done);
    expect(sent()).toEqual([...ofA, ...ofB]);
  });

  it('is not begun by a message of another kind', async () => {
    expect(await handler(sqsEvent('{"detail-type":"PointsPublished"}'), context)).toEqual(failed);
    expect(sent()).toEqual([]);
  });
});

describe('a run that is cut off', () => {
  it('before it sends leaves the message in the outbox, and the next sends it first with the same id', async () => {
    await register(person('a'));
    topics.on(PublishCommand).rejectsOnce(new Error('cut off')).resolves({ MessageId: 'x' });
    expect(await notifyAfter(0)).toEqual(failed);
    expect(openIds('a')).toEqual(['2022-07-01#a#email']);
    // The next day: a new id would begin with 2022-07-02.
    resetTopics();
    expect(await notifyAfter(24 * 60 * minutes)).toEqual(done);
    expect(sent()).toEqual(['2022-07-01#a#email']);
    expect(openIds('a')).toEqual([]);
  });

  it.each([
    ['the record of the e-mail is not written', 2, false, [...ofA]],
    ['the e-mail is not taken out of the outbox', 3, false, [...ofA]],
    ['the e-mail is taken out, but nobody hears of it', 3, true, ofA.slice(1)],
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

  it('when deciding sends nothing, and nothing is lost', async () => {
    failPut(1, false);
    expect(await notifyAfter(0)).toEqual(failed);
    expect(sent()).toEqual(ofB);
    expect(await notifyAfter(30 * minutes)).toEqual(done);
    expect(sent()).toEqual([...ofB, ...ofA]);
  });
});

describe("one coordinator's trouble", () => {
  it('keeps neither the others waiting nor their own other message, and fails the run', async () => {
    topics.on(PublishCommand, { PhoneNumber: '+84900000001' }).rejects(new Error('opted out'));
    expect(await notifyAfter(0)).toEqual(failed);
    expect(sent()).toEqual([...ofA, ...ofB]);
    expect(openIds('a')).toEqual(['2022-07-01#a#sms']);
    expect(openIds('b')).toEqual([]);
  });

  it('does not repeat the message that was sent', async () => {
    topics.on(PublishCommand, { PhoneNumber: '+84900000001' }).rejects(new Error('opted out'));
    for (const laterMs of [0, 30 * minutes, 60 * minutes, 24 * 60 * minutes]) await notifyAfter(laterMs);
    expect(sent().filter((to) => to === '2022-07-01#a#email')).toHaveLength(1);
  });

  it('ends when the address is taken out of the registry', async () => {
    topics.on(PublishCommand, { PhoneNumber: '+84900000001' }).rejects(new Error('opted out'));
    await notifyAfter(0);
    const { phone: _, ...reachable } = person('a');
    await register(reachable, person('b'));
    expect(await notifyAfter(30 * minutes)).toEqual(done);
    expect(openIds('a')).toEqual([]);
    expect(sent()).toEqual([...ofA, ...ofB]);
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
