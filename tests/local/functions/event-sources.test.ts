import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../../../local/clock.ts';
import { createEventSources, type EventSources } from '../../../local/functions/event-sources.ts';
import { createSqs, type Sqs } from '../../../local/sqs/sqs.ts';
import type { MappingSettings } from '../../../local/template/functions.ts';

const queueArn = 'arn:aws:sqs:ap-southeast-1:000000000000:Queue';
const deadLetterArn = 'arn:aws:sqs:ap-southeast-1:000000000000:Dead';
const mapping: MappingSettings = {
  queueArn,
  functionName: 'work',
  batchSize: 2,
  reportsBatchItemFailures: true,
  maximumConcurrency: 1,
};

interface Batch {
  Records: {
    messageId: string;
    body: string;
    eventSourceARN: string;
    attributes: { ApproximateReceiveCount: string };
  }[];
}

let database: DatabaseSync;
let clock: Clock;
let queues: Sqs;
let batches: Batch[];
let answer: (batch: Batch) => unknown;
let sources: EventSources;

function open(settings: Partial<MappingSettings> = {}, further: readonly MappingSettings[] = []): void {
  sources = createEventSources({
    mappings: [...further, { ...mapping, ...settings }],
    queues,
    async invoke(_, event) {
      // What the embedded cloud builds is checked here as the function would see it.
      const batch: Batch = JSON.parse(JSON.stringify(event));
      batches.push(batch);
      return await answer(batch);
    },
  });
  sources.start();
}

beforeEach(() => {
  database = new DatabaseSync(':memory:');
  clock = createClock('2022-06-15T00:00:00.000Z');
  queues = createSqs({
    database,
    clock,
    queues: [
      {
        name: 'Queue',
        arn: queueArn,
        url: 'http://127.0.0.1/0/Queue',
        visibilityTimeoutSeconds: 60,
        retentionSeconds: 345_600,
        redrive: { deadLetterArn, maxReceiveCount: 3 },
      },
      {
        name: 'Dead',
        arn: deadLetterArn,
        url: 'u',
        visibilityTimeoutSeconds: 30,
        retentionSeconds: 1_209_600,
      },
    ],
  });
  batches = [];
  answer = () => ({ batchItemFailures: [] });
});
afterEach(async () => {
  await sources.stop();
  database.close();
});

const bodies = () => batches.map(({ Records }) => Records.map(({ body }) => body).join('+'));
const move = (seconds: number) => clock.moveTo(new Date(clock.nowMs() + seconds * 1000).toISOString());

describe('an event source mapping', () => {
  it('hands messages over in batches, as SQS events, and deletes them', async () => {
    for (const body of ['a', 'b', 'c']) queues.send(queueArn, body);
    open();
    queues.send(queueArn, 'd');
    await sources.idle();
    expect(bodies()).toEqual(['a+b', 'c+d']);
    expect(batches[0]?.Records[0]).toMatchObject({
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: 'ap-southeast-1',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(Date.parse('2022-06-15T00:00:00.000Z')),
      },
      messageAttributes: {},
    });
    expect(queues.messages(queueArn)).toEqual([]);
  });

  it.each<[string, Partial<MappingSettings>, (batch: Batch) => unknown, string[]]>([
    ['succeeds', {}, () => ({ batchItemFailures: [] }), []],
    ['returns nothing', {}, () => null, []],
    [
      'reports one message',
      {},
      ({ Records }) => ({ batchItemFailures: [{ itemIdentifier: Records[1]?.messageId }] }),
      ['b'],
    ],
    ['reports an empty id', {}, () => ({ batchItemFailures: [{ itemIdentifier: '' }] }), ['a', 'b']],
    ['reports a strange message', {}, () => ({ batchItemFailures: [{ itemIdentifier: 'x' }] }), ['a', 'b']],
    ['returns a malformed report', {}, () => ({ batchItemFailures: 'x' }), ['a', 'b']],
    ['throws', {}, () => Promise.reject(new Error('no')), ['a', 'b']],
    [
      'reports, where reports are not asked for',
      { reportsBatchItemFailures: false },
      ({ Records }) => ({ batchItemFailures: [{ itemIdentifier: Records[1]?.messageId }] }),
      [],
    ],
  ])('keeps, when the function %s, what failed', async (_, settings, result, kept) => {
    answer = result;
    queues.send(queueArn, 'a');
    queues.send(queueArn, 'b');
    open(settings);
    await sources.idle();
    expect(queues.messages(queueArn).map(({ body }) => body)).toEqual(kept);
    expect(queues.counts(queueArn)).toMatchObject({ visible: 0, inFlight: kept.length });
  });

  it('delivers a failed message again after the visibility timeout, and in the end not at all', async () => {
    answer = () => Promise.reject(new Error('no'));
    queues.send(queueArn, 'a');
    open();
    await sources.idle();
    move(59);
    await sources.idle();
    expect(batches).toHaveLength(1);
    move(1);
    await sources.idle();
    expect(batches).toHaveLength(2);
    expect(batches[1]?.Records[0]?.attributes.ApproximateReceiveCount).toBe('2');
    move(60);
    await sources.idle();
    move(60);
    await sources.idle();
    expect(batches).toHaveLength(3);
    expect(queues.messages(deadLetterArn).map(({ body }) => body)).toEqual(['a']);
  });

  it.each([1, 2, 3])(
    'runs %i invocations at a time when that is its concurrency',
    async (maximumConcurrency) => {
      let running = 0;
      let most = 0;
      answer = async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return null;
      };
      for (let n = 0; n < 10; n++) queues.send(queueArn, String(n));
      open({ batchSize: 1, maximumConcurrency });
      await sources.idle();
      expect(batches).toHaveLength(10);
      expect(most).toBe(maximumConcurrency);
    },
  );

  it('is idle only when what its work queued is worked off too', async () => {
    answer = ({ Records }) => {
      const n = Number(Records[0]?.body);
      if (n > 0) queues.send(queueArn, String(n - 1));
      return null;
    };
    queues.send(queueArn, '5');
    open();
    await sources.idle();
    expect(bodies()).toEqual(['5', '4', '3', '2', '1', '0']);
  });

  it('is idle only when dead letters that came of it are worked off too', async () => {
    let handledDead = 0;
    answer = async ({ Records }) => {
      if (Records[0]?.eventSourceARN === queueArn) throw new Error('no');
      await new Promise((resolve) => setImmediate(resolve));
      handledDead += 1;
      return null;
    };
    queues.send(queueArn, 'a');
    open({}, [{ ...mapping, queueArn: deadLetterArn }]);
    for (let time = 1; time <= 3; time++) {
      await sources.idle();
      expect(handledDead).toBe(0);
      move(60);
    }
    await sources.idle();
    expect(handledDead).toBe(1);
  });

  it('takes nothing more once stopped', async () => {
    open();
    await sources.stop();
    queues.send(queueArn, 'a');
    await sources.idle();
    expect(batches).toEqual([]);
  });
});
