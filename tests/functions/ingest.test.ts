import { createHash } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/ingest.ts';
import { storeHead } from '../../shared/aws/stored-head.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { emptyHead, publish } from '../../shared/domain/head.ts';
import type { SubmissionState } from '../../shared/domain/submission.ts';
import { context, objectCreated, sqsEvent } from './events.ts';
import { fakeBuckets } from './fake-bucket.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const buckets = fakeBuckets();
const events = mockClient(EventBridgeClient);
const roles = mockClient(STSClient);

const good = 'indicator,period,numerator,denominator\r\nII.9.1,2022-05,987,1000\r\n';
const wrong = 'indicator,period,numerator,denominator\r\nII.9.1,2022-05,11,10\r\n';
const first = '01G3ABCDEFGHJKMNPQRSTVWXY1';
const second = '01G3ABCDEFGHJKMNPQRSTVWXY2';
const receivedAt = '2022-06-20T02:59:00.000Z';
const now = '2022-06-20T03:00:00.000Z';
const done = { batchItemFailures: [] };
const failed = { batchItemFailures: [{ itemIdentifier: 'm0' }] };
const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');

beforeEach(() => {
  table.reset();
  buckets.reset();
  events.reset();
  roles.reset();
  events.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  roles.on(AssumeRoleCommand).resolves({
    Credentials: { AccessKeyId: 'UNIT74', SecretAccessKey: 's', SessionToken: 't', Expiration: new Date(0) },
  });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  return () => vi.useRealTimers();
});

/** A file that S3 has taken, and its submission. */
function upload(id: string, content: string, state: SubmissionState = 'requested', announced = content) {
  const facts = {
    fileName: 'a.csv',
    contentType: 'text/csv',
    bytes: announced.length,
    sha256: sha256(announced),
  };
  const request = { requestedAt: '2022-06-20T02:58:00.000Z', requestedBy: 'office' };
  table.put(keys.submission('74', id), {
    id,
    unit: '74',
    state,
    ...facts,
    ...request,
    openPk: '74#OPEN',
    openSk: id,
  });
  buckets.put(`uploads/74/${id}`, content, receivedAt);
}

const ingest = (...ids: string[]) =>
  handler(sqsEvent(...ids.map((id) => objectCreated(`74/${id}`))), context);
const submission = (id: string) => table.item(keys.submission('74', id));
const head = () => table.packed(keys.head('74', 2022));
const report = (id: string) => buckets.json(`reports/74/${id}.json`);
const published = () => events.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => input.Entries);

describe('a good file', () => {
  it('is written whole under its own keys and reported on, before the head names it', async () => {
    upload(first, good);
    buckets.mock.on(PutObjectCommand).callsFake(() => {
      expect(head()).toBeUndefined();
      return {};
    });
    expect(await ingest(first)).toEqual(done);
    expect(buckets.written()).toContain(`reports/74/${first}.json`);
    expect(table.written()).toEqual([`74#${first} ROWS#000001`, `74#${first} FIGURES`, '74#HEAD 2022']);
    expect(head()).toMatchObject({
      version: 1,
      submissions: { id: [first], receivedAt: [receivedAt], acceptedAt: [now] },
    });
  });

  it('is marked accepted at its publication, after those who wait for it were told', async () => {
    upload(first, good);
    events.on(PutEventsCommand).callsFake(() => {
      expect(submission(first)?.state).toBe('checking');
      return { FailedEntryCount: 0 };
    });
    await ingest(first);
    expect(report(first)).toMatchObject({ submission: first, verdict: 'accepted', observations: 1 });
    expect(submission(first)).toMatchObject({
      state: 'accepted',
      acceptedAt: now,
      receivedAt,
      rows: 1,
      year: 2022,
    });
    expect(submission(first)).not.toHaveProperty('openPk');
    const Detail = JSON.stringify({ unit: '74', year: 2022 });
    expect(published()).toEqual([[{ Source: 'tiendo', DetailType: 'PointsPublished', Detail }]]);
  });

  it("is handled with its unit's credentials alone", async () => {
    upload(first, good);
    await ingest(first);
    const calls = [...table.mock.calls(), ...buckets.mock.calls()];
    for (const { thisValue } of calls) {
      expect((await thisValue.config.credentials()).accessKeyId).toBe('UNIT74');
    }
  });

  it.each<SubmissionState>(['requested', 'received', 'checking', 'failed', 'expired'])(
    'is taken up from %s',
    async (state) => {
      upload(first, good, state);
      await ingest(first);
      expect(submission(first)?.state).toBe('accepted');
    },
  );

  it.each<[SubmissionState, string[]]>([
    ['accepted', []],
    ['rejected', ['UnitChanged']],
  ])('that is %s is left alone, but for telling %j of it again', async (state, events) => {
    upload(first, good, state);
    expect(await ingest(first)).toEqual(done);
    expect(table.mock.commandCalls(UpdateCommand)).toHaveLength(0);
    expect(table.written()).toEqual([]);
    expect(buckets.mock.calls()).toHaveLength(0);
    expect(published().map((entries) => entries?.[0]?.DetailType)).toEqual(events);
  });
});

describe('a rejected file', () => {
  it('changes nothing but its own record and report', async () => {
    upload(first, wrong);
    expect(await ingest(first)).toEqual(done);
    expect(table.written()).toEqual([]);
    expect(buckets.written()).toEqual([
      `reports/74/${first}.issues.csv`,
      `reports/74/${first}.annotated.csv`,
      `reports/74/${first}.json`,
    ]);
    expect(report(first)).toMatchObject({
      verdict: 'rejected',
      issueCounts: { 'numerator-exceeds-denominator': 1 },
    });
    expect(submission(first)).toMatchObject({ state: 'rejected', rejectedAt: now });
    expect(published()).toEqual([[{ Source: 'tiendo', DetailType: 'UnitChanged', Detail: '{"unit":"74"}' }]]);
  });
});

describe('what comes again', () => {
  it('finishes from its report when the head names it already', async () => {
    upload(first, good);
    events.on(PutEventsCommand).rejectsOnce(new Error('cut off')).resolves({ FailedEntryCount: 0 });
    expect(await ingest(first)).toEqual(failed);
    expect(submission(first)?.state).toBe('checking');
    table.mock.resetHistory();
    buckets.mock.resetHistory();
    vi.setSystemTime(Date.parse(now) + 1_800_000);
    expect(await ingest(first)).toEqual(done);
    expect(table.written()).toEqual([]);
    expect(buckets.written()).toEqual([]);
    expect(published()).toHaveLength(2);
    expect(submission(first)).toMatchObject({ state: 'accepted', acceptedAt: now });
  });

  it('is published once when it is delivered three times', async () => {
    upload(first, good);
    expect(await ingest(first, first, first)).toEqual(done);
    expect(head().submissions.id).toEqual([first]);
    expect(published()).toHaveLength(1);
  });

  it('is published once when two deliveries are handled at once', async () => {
    upload(first, good);
    expect(await Promise.all([ingest(first), ingest(first)])).toEqual([done, done]);
    expect(head()).toMatchObject({ version: 1, submissions: { id: [first] } });
    expect(submission(first)).toMatchObject({ state: 'accepted', acceptedAt: now });
  });

  it('is published after another submission that came between', async () => {
    upload(first, good);
    const figures = [{ indicator: 'II.9.1', period: '2022-04', asAt: '2022-04-30', value: '90', areas: 0 }];
    const other = { id: second, sha256: 'b'.repeat(64), receivedAt, figures };
    let isFirst = true;
    buckets.mock.on(PutObjectCommand).callsFake(async () => {
      if (isFirst)
        await table.putPacked(keys.head('74', 2022), storeHead(publish(emptyHead('74', 2022), other, now)));
      isFirst = false;
      return {};
    });
    expect(await ingest(first)).toEqual(done);
    expect(head()).toMatchObject({
      version: 2,
      submissions: { id: [second, first], acceptedAt: [now, '2022-06-20T03:00:00.001Z'] },
    });
  });

  it('with the same bytes under another id is accepted with a warning and not published again', async () => {
    upload(first, good);
    upload(second, good);
    expect(await ingest(first, second)).toEqual(done);
    expect(head()).toMatchObject({ version: 1, submissions: { id: [first] } });
    expect(report(second)).toMatchObject({ verdict: 'accepted', issueCounts: { 'submission-identical': 1 } });
    expect(submission(second)).toMatchObject({ state: 'accepted', acceptedAt: now });
    expect(published()).toHaveLength(1);
  });
});

describe('what is our fault', () => {
  it('fails when the bytes are not as announced, and says nothing of the file', async () => {
    upload(first, good.replace('987', '988'), 'requested', good);
    expect(await ingest(first)).toEqual(failed);
    expect(submission(first)?.state).toBe('requested');
    expect(buckets.written()).toEqual([]);
  });

  it.each([
    ['there is no submission', `74/${first}`],
    ['the key is not one it chose', '74/../79/x'],
  ])('fails when %s', async (_, key) => {
    buckets.put(`uploads/74/${first}`, good, receivedAt);
    expect(await handler(sqsEvent(objectCreated(key)), context)).toEqual(failed);
  });

  it('fails when EventBridge does not take the event, and is finished by the next delivery', async () => {
    upload(first, good);
    events.on(PutEventsCommand).resolvesOnce({ FailedEntryCount: 1, Entries: [{ ErrorMessage: 'busy' }] });
    expect(await ingest(first)).toEqual(failed);
    events.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
    expect(await ingest(first)).toEqual(done);
    expect(submission(first)?.state).toBe('accepted');
  });

  it('keeps the submission open, noted as taken up, for the tries that follow', async () => {
    upload(first, good);
    table.mock.on(PutCommand).rejects(new Error('throttled'));
    expect(await ingest(first)).toEqual(failed);
    expect(submission(first)).toMatchObject({ state: 'checking', handledAt: now, openPk: '74#OPEN' });
  });
});
