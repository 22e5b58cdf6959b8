import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { BatchGetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/evaluate.ts';
import { type ItemKey, pack } from '../../shared/aws/packed-items.ts';
import { storeHead } from '../../shared/aws/stored-head.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { type AlertLedger, alertLedgerSchema } from '../../shared/domain/alert.ts';
import { type Candidate, emptyHead, publish } from '../../shared/domain/head.ts';
import { context, pointsPublished, scheduled, sqsEvent } from './events.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const bus = mockClient(EventBridgeClient);
const units = loadCatalogue().units.map(({ id }) => id);
const daily = sqsEvent(scheduled('2022-07-01T00:00:00Z'));
const published = sqsEvent(pointsPublished('74', 2022));
const done = { batchItemFailures: [] };

beforeEach(() => {
  table.reset();
  bus.reset();
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2022-07-01T00:00:01.000Z') });
  return () => vi.useRealTimers();
});

/** Publishes Bình Dương's households at 100 %, as at 30 June. */
async function publishFigures(acceptedAt: string): Promise<void> {
  const figure = { indicator: 'II.9.1', period: '2022-06', asAt: '2022-06-30', value: '100', areas: 0 };
  const id = '01G3ABCDEFGHJKMNPQRSTVWXYZ';
  const candidate: Candidate = { id, sha256: 'a'.repeat(64), receivedAt: acceptedAt, figures: [figure] };
  await table.putPacked(
    keys.head('74', 2022),
    storeHead(publish(emptyHead('74', 2022), candidate, acceptedAt)),
  );
  table.put(keys.figures('74', id), { content: await pack({ submission: id, figures: [figure] }) });
}

const ledger = (unit: string): AlertLedger => alertLedgerSchema.parse(table.packed(keys.alerts(unit)));
const kindsOf = (unit: string, obligation: string) =>
  ledger(unit)
    .alerts.filter((alert) => alert.subject === obligation)
    .map(({ kind }) => kind);

describe('the daily evaluation', () => {
  it('decides for every unit, whether or not it ever sent anything, and counts versions from 1', async () => {
    expect(await handler(daily, context)).toEqual(done);
    expect(table.written().toSorted()).toEqual(units.map((unit) => `${unit}#ALERTS LEDGER`).toSorted());
    expect(kindsOf('74', '74:II.9.1')).toEqual(['due-soon', 'deadline-missed']);
    expect(ledger('74')).toMatchObject({ version: 1, unit: '74' });
  });

  it('writes only what changed: nothing the second time, one ledger after one publication', async () => {
    await handler(daily, context);
    table.mock.resetHistory();
    expect(await handler(daily, context)).toEqual(done);
    expect(table.written()).toEqual([]);

    await publishFigures('2022-07-01T00:00:00.500Z');
    await handler(daily, context);
    expect(table.written()).toEqual(['74#ALERTS LEDGER']);
    expect(
      ledger('74')
        .alerts.find(({ kind, subject }) => kind === 'deadline-missed' && subject === '74:II.9.1')
        ?.stages.map(({ stage }) => stage),
    ).toEqual(['missed', 'resolved']);
    expect(ledger('74').version).toBe(2);
  });
});

describe('a unit whose items cannot be read', () => {
  it('silences no other, what is urgent is reported once, and its message comes again', async () => {
    table.put(keys.alerts('01'), { content: await pack({ broken: true }) });
    expect((await handler(daily, context)).batchItemFailures).toHaveLength(1);
    expect(bus.commandCalls(PutEventsCommand)).toHaveLength(1);
    expect(table.written().toSorted()).toEqual(
      units
        .filter((unit) => unit !== '01')
        .map((unit) => `${unit}#ALERTS LEDGER`)
        .toSorted(),
    );
  });
});

describe('the evaluation after a publication', () => {
  it('reads and writes one unit only', async () => {
    await publishFigures('2022-06-30T10:00:00.000Z');
    expect(await handler(published, context)).toEqual(done);
    const read = table.mock
      .commandCalls(BatchGetCommand)
      .flatMap(({ args: [{ input }] }) => input.RequestItems?.tiendo?.Keys ?? []);
    expect(read.map(({ pk }) => String(pk).split('#')[0])).toEqual(read.map(() => '74'));
    expect(table.written()).toEqual(['74#ALERTS LEDGER']);
    expect(kindsOf('74', '74:II.9.1')).toEqual(['due-soon']);
  });

  it('says that it decided when it writes, not when it began to read', async () => {
    table.mock.on(BatchGetCommand).callsFake(() => {
      vi.advanceTimersByTime(1000);
      return { Responses: { tiendo: [] } };
    });
    await handler(published, context);
    const writtenAt = new Date().toISOString();
    const decided = ledger('74').alerts.flatMap(({ stages }) => stages.map(({ decidedAt }) => decidedAt));
    expect(new Set(decided)).toEqual(new Set([writtenAt]));
    expect(writtenAt > '2022-07-01T00:00:03.000Z').toBe(true);
  });

  it('reads the ledger before anything it is decided from', async () => {
    await publishFigures('2022-06-30T10:00:00.000Z');
    const partitions = () =>
      table.mock
        .commandCalls(BatchGetCommand)
        .map(({ args: [{ input }] }) => input.RequestItems?.tiendo?.Keys?.[0]?.pk);
    const asked = () => [...partitions(), ...table.mock.commandCalls(QueryCommand)];
    const askedWhenAnswered: unknown[][] = [];
    table.mock.on(BatchGetCommand).callsFake(async ({ RequestItems }) => {
      await new Promise((resolve) => setImmediate(resolve));
      askedWhenAnswered.push(asked());
      const wanted: ItemKey[] = RequestItems.tiendo.Keys;
      return { Responses: { tiendo: wanted.flatMap((key) => table.item(key) ?? []) } };
    });
    await handler(published, context);
    expect(askedWhenAnswered[0]).toEqual(['74#ALERTS']);
    const later = partitions();
    expect(later.indexOf('74#01G3ABCDEFGHJKMNPQRSTVWXYZ')).toBeGreaterThan(later.indexOf('74#HEAD'));
  });

  it('is made again when another evaluation wrote the ledger meanwhile, and adds what that one lacks', async () => {
    const other: AlertLedger = { unit: '74', version: 1, alerts: [] };
    let isFirst = true;
    const conflict = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    table.mock.on(PutCommand).callsFake(async ({ Item }) => {
      if (isFirst) {
        isFirst = false;
        await table.putPacked(keys.alerts('74'), other);
        throw conflict;
      }
      table.put(keys.alerts('74'), Item);
      return {};
    });
    expect(await handler(published, context)).toEqual(done);
    expect(table.mock.commandCalls(PutCommand)[1]?.args[0].input).toMatchObject({
      ConditionExpression: 'version = :previous',
      ExpressionAttributeValues: { ':previous': 1 },
    });
    expect(ledger('74').version).toBe(2);
    expect(kindsOf('74', '74:II.9.1')).toEqual(['due-soon', 'deadline-missed']);
  });
});

describe('what is urgent', () => {
  const reported = () =>
    bus.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => input.Entries?.[0]?.DetailType);

  it.each([
    ['when it is decided', 0, ['UrgentDecided']],
    ['again by a run a millisecond before half an hour is over', 30 * 60_000 - 1, ['UrgentDecided']],
    ['not after half an hour', 30 * 60_000, []],
  ])('is reported %s', async (_, laterMs, expected) => {
    await handler(daily, context);
    bus.resetHistory();
    vi.setSystemTime(Date.parse('2022-07-01T00:00:01.000Z') + laterMs);
    await handler(daily, context);
    expect(laterMs === 0 ? reported().slice(0, 1) : reported()).toEqual(expected);
  });

  it('is reported once for all units of a run', async () => {
    await handler(daily, context);
    expect(reported()).toEqual(['UrgentDecided']);
  });

  it('that cannot be reported makes the message come again', async () => {
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorMessage: 'busy' }] });
    expect((await handler(daily, context)).batchItemFailures).toHaveLength(1);
  });
});

it('hands a message back that it does not understand, and one that fails', async () => {
  table.mock.on(PutCommand).rejects(new Error('throttled'));
  expect(await handler(sqsEvent('{}', pointsPublished('74', 2022)), context)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }],
  });
});
