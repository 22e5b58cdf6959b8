import { HeadObjectCommand, NotFound, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/sweep.ts';
import { objectCreatedSchema } from '../../shared/aws/events.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import type { SubmissionState } from '../../shared/domain/submission.ts';
import { context, scheduled, sqsEvent } from './events.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const objects = mockClient(S3Client);
const queues = mockClient(SQSClient);

const id = '01G3ABCDEFGHJKMNPQRSTVWXYZ';
const key = keys.submission('74', id);
const event = sqsEvent(scheduled('2022-06-20T03:00:00Z'));
const requestedAt = '2022-06-20T02:00:00.000Z';
const minutes = 60_000;
const later = (milliseconds: number) => new Date(Date.parse(requestedAt) + milliseconds).toISOString();

beforeEach(() => {
  table.reset();
  objects.reset();
  queues.reset();
  queues.on(SendMessageCommand).resolves({});
  objects.on(HeadObjectCommand).rejects(new NotFound({ message: 'no', $metadata: {} }));
  vi.useFakeTimers({ toFake: ['Date'] });
  return () => vi.useRealTimers();
});

/** A submission without outcome; `upload` is when S3 took its file, if it did. */
function open(state: SubmissionState, { upload, handledAt }: { upload?: string; handledAt?: string } = {}) {
  const facts = { fileName: 'a.csv', contentType: 'text/csv', bytes: 3, sha256: 'a'.repeat(64) };
  table.put(key, {
    ...{ id, unit: '74', state, ...facts, requestedAt, requestedBy: 'office', openPk: '74#OPEN', openSk: id },
    ...(handledAt && { handledAt }),
  });
  if (upload) {
    const file = { Bucket: 'uploads', Key: `74/${id}` };
    objects.on(HeadObjectCommand, file).resolves({ LastModified: new Date(upload) });
  }
}

async function sweepAt(instant: string) {
  vi.setSystemTime(Date.parse(instant));
  return await handler(event, context);
}

const sent = () => queues.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);
const state = () => table.item(key)?.state;

describe('an upload without outcome', () => {
  it.each<[string, SubmissionState, string | undefined, number, number]>([
    ['that nobody took up, after 14:59.999', 'requested', undefined, 15 * minutes - 1, 0],
    ['that nobody took up, after 15:00', 'requested', undefined, 15 * minutes, 1],
    ['that nobody took up, after 15:00.001', 'requested', undefined, 15 * minutes + 1, 1],
    ['queued again, after 1:59:59.999', 'received', later(0), 120 * minutes - 1, 0],
    ['queued again, after 2:00:00', 'received', later(0), 120 * minutes, 1],
    ['taken up, after 1:59:59.999', 'checking', later(0), 120 * minutes - 1, 0],
    ['taken up, after 2:00:00', 'checking', later(0), 120 * minutes, 1],
  ])('%s', async (_, before, handledAt, laterMs, messages) => {
    open(before, { upload: later(0), ...(handledAt && { handledAt }) });
    expect(await sweepAt(later(laterMs))).toEqual({ batchItemFailures: [] });
    expect(sent()).toHaveLength(messages);
    expect(table.item(key)).toMatchObject(
      messages === 0
        ? { state: before }
        : { state: 'received', receivedAt: later(0), handledAt: later(laterMs), openPk: '74#OPEN' },
    );
  });

  it("is queued by a message like S3's own", async () => {
    open('requested', { upload: later(0) });
    await sweepAt(later(15 * minutes));
    expect(sent()[0]?.QueueUrl).toBe('https://queues.example/ingest');
    const { detail } = objectCreatedSchema.parse(JSON.parse(sent()[0]?.MessageBody ?? ''));
    expect(detail).toEqual({ bucket: { name: 'uploads' }, object: { key: `74/${id}` } });
  });

  it('is queued once, however often it is swept before its message can have failed', async () => {
    open('requested', { upload: later(0) });
    for (let quarter = 1; quarter <= 8; quarter += 1) await sweepAt(later(quarter * 15 * minutes));
    expect(sent()).toHaveLength(1);
  });

  it('is not noted as queued when it could not be, so that the next sweep queues it', async () => {
    open('requested', { upload: later(0) });
    queues.on(SendMessageCommand).rejectsOnce(new Error('busy')).resolves({});
    expect(await sweepAt(later(15 * minutes))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(table.mock.commandCalls(UpdateCommand)).toHaveLength(0);
    await sweepAt(later(16 * minutes));
    expect(state()).toBe('received');
  });

  it('that reaches its outcome meanwhile keeps it', async () => {
    open('checking', { upload: later(0), handledAt: later(0) });
    queues.on(SendMessageCommand).callsFake(() => {
      table.put(key, { ...table.item(key), state: 'accepted' });
      return {};
    });
    await sweepAt(later(120 * minutes));
    expect(state()).toBe('accepted');
  });
});

describe('a request without an upload', () => {
  it.each<[SubmissionState, number, SubmissionState]>([
    ['requested', 15 * minutes - 1, 'requested'],
    ['requested', 15 * minutes, 'expired'],
    ['requested', 15 * minutes + 1, 'expired'],
  ])('%s, after %i ms is %s', async (before, laterMs, expected) => {
    open(before);
    await sweepAt(later(laterMs));
    expect(state()).toBe(expected);
    expect('openPk' in (table.item(key) ?? {})).toBe(expected === 'requested');
    expect(sent()).toEqual([]);
  });

  it('is no reason to give up when S3 cannot say whether there is one', async () => {
    open('requested');
    objects.on(HeadObjectCommand).rejects(new Error('slow down'));
    expect(await sweepAt(later(60 * minutes))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(state()).toBe('requested');
  });
});
