import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsCall, AwsError, operatorArn } from '../../../local/aws-service.ts';
import { type Clock, createClock } from '../../../local/clock.ts';
import { md5OfAttributes } from '../../../local/sqs/message-attributes.ts';
import type { QueueSettings } from '../../../local/sqs/queue-store.ts';
import { createSqs, type Sqs } from '../../../local/sqs/sqs.ts';
import { transaction } from '../../../local/transaction.ts';

const startAt = '2022-06-30T00:00:00.000Z';
const arn = (name: string) => `arn:aws:sqs:ap-southeast-1:000000000000:${name}`;
const queue = (name: string, settings: Partial<QueueSettings> = {}): QueueSettings => ({
  name,
  arn: arn(name),
  url: `http://127.0.0.1:4566/000000000000/${name}`,
  visibilityTimeoutSeconds: 60,
  retentionSeconds: 345_600,
  ...settings,
});
const queues = [
  queue('ingest', { redrive: { deadLetterArn: arn('dead'), maxReceiveCount: 3 } }),
  queue('dead', {
    retentionSeconds: 1_209_600,
    redrive: { deadLetterArn: arn('parked'), maxReceiveCount: 1 },
  }),
  queue('parked', { retentionSeconds: 1_209_600 }),
];
const [ingest, dead, parked] = [arn('ingest'), arn('dead'), arn('parked')];

let clock: Clock;
let database: DatabaseSync;
let sqs: Sqs;
beforeEach(() => {
  clock = createClock(startAt);
  database = new DatabaseSync(':memory:');
  sqs = createSqs({ database, clock, queues });
});
afterEach(() => database.close());

/** Moves the clock on by milliseconds. */
const pass = (ms: number) => clock.moveTo(new Date(clock.nowMs() + ms).toISOString());
const bodies = (received: readonly { body: string }[]) => received.map(({ body }) => body);

describe('receiving', () => {
  it('gives messages in the order they were sent, as Lambda sees them', () => {
    sqs.send(ingest, 'một', { alerts: { DataType: 'Number', StringValue: '3' } });
    sqs.send(ingest, 'two');
    const [first, second] = sqs.receive(ingest, 10);
    expect(first).toMatchObject({
      body: 'một',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(Date.parse(startAt)),
        ApproximateFirstReceiveTimestamp: String(Date.parse(startAt)),
      },
      messageAttributes: { alerts: { dataType: 'Number', stringValue: '3' } },
    });
    expect(second?.body).toBe('two');
  });

  it('gives at most as many as asked for', () => {
    for (const body of ['1', '2', '3']) sqs.send(ingest, body);
    expect(bodies(sqs.receive(ingest, 2))).toEqual(['1', '2']);
    expect(bodies(sqs.receive(ingest, 2))).toEqual(['3']);
  });

  it.each([
    ['hidden one millisecond before its visibility timeout', 59_999, []],
    ['visible at its visibility timeout', 60_000, ['x']],
    ['visible after it', 60_001, ['x']],
  ])('a message not deleted is %s', (_, ms, expected) => {
    sqs.send(ingest, 'x');
    sqs.receive(ingest, 1);
    expect(sqs.nextVisibleAt(ingest)).toBe('2022-06-30T00:01:00.000Z');
    pass(ms);
    expect(bodies(sqs.receive(ingest, 1))).toEqual(expected);
  });

  it.each([
    ['still there one millisecond before its retention ends', 345_599_999, 1],
    ['gone when its retention ends', 345_600_000, 0],
  ])('a message is %s', (_, ms, left) => {
    sqs.send(ingest, 'x');
    pass(ms);
    expect(sqs.messages(ingest)).toHaveLength(left);
    expect(sqs.receive(ingest, 1)).toHaveLength(left);
  });

  it('a deleted message never comes back', () => {
    sqs.send(ingest, 'x');
    const [message] = sqs.receive(ingest, 1);
    sqs.delete(ingest, message?.receiptHandle ?? '');
    pass(60_000);
    expect(sqs.receive(ingest, 1)).toEqual([]);
    expect(sqs.nextVisibleAt(ingest)).toBeUndefined();
  });

  it('an older receipt deletes nothing', () => {
    sqs.send(ingest, 'x');
    const [first] = sqs.receive(ingest, 1);
    pass(60_000);
    sqs.receive(ingest, 1);
    sqs.delete(ingest, first?.receiptHandle ?? '');
    expect(sqs.counts(ingest)).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
  });

  it('a delayed message is neither visible nor in flight until its delay is over', () => {
    sqs.send(ingest, 'x', {}, 900);
    expect(sqs.counts(ingest)).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    pass(900_000);
    expect(sqs.counts(ingest)).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  it('a visibility of 0 gives the message back at once, and its receipt is no longer in flight', () => {
    sqs.send(ingest, 'x');
    const [message] = sqs.receive(ingest, 1);
    sqs.changeVisibility(ingest, message?.receiptHandle ?? '', 0);
    expect(sqs.counts(ingest).visible).toBe(1);
    expect(() => sqs.changeVisibility(ingest, message?.receiptHandle ?? '', 0)).toThrow('not in flight');
  });
});

describe('the dead-letter queue', () => {
  /** Receives and fails `times` times. */
  function fail(queueArn: string, times: number): void {
    for (let n = 0; n < times; n += 1) {
      expect(sqs.receive(queueArn, 1)).toHaveLength(1);
      pass(60_000);
    }
  }

  it('gets a message at the receive after the last allowed one, not before', () => {
    sqs.send(ingest, 'x');
    fail(ingest, 2);
    expect(sqs.receive(ingest, 1)[0]?.attributes.ApproximateReceiveCount).toBe('3');
    expect(sqs.counts(dead).visible).toBe(0);
    pass(60_000);
    expect(sqs.receive(ingest, 1)).toEqual([]);
    expect(bodies(sqs.messages(ingest))).toEqual([]);
    expect(sqs.receive(dead, 1)[0]).toMatchObject({
      body: 'x',
      attributes: {
        ApproximateReceiveCount: '1',
        DeadLetterQueueSourceArn: ingest,
        SentTimestamp: String(Date.parse(startAt)),
      },
    });
  });

  it('has a dead-letter queue of its own', () => {
    sqs.send(ingest, 'x');
    fail(ingest, 3);
    sqs.receive(ingest, 1);
    fail(dead, 1);
    expect(sqs.receive(dead, 1)).toEqual([]);
    expect(bodies(sqs.messages(parked))).toEqual(['x']);
  });

  it('lets the messages behind it through', () => {
    sqs.send(ingest, 'bad');
    fail(ingest, 3);
    sqs.send(ingest, 'good');
    expect(bodies(sqs.receive(ingest, 1))).toEqual(['good']);
  });

  it('gives its messages back as new ones, to where they came from or elsewhere', () => {
    sqs.send(ingest, 'x');
    fail(ingest, 3);
    sqs.receive(ingest, 1);
    expect(sqs.moveMessages(dead)).toBe(1);
    expect(sqs.receive(ingest, 1)[0]?.attributes).toMatchObject({
      ApproximateReceiveCount: '1',
      SentTimestamp: String(clock.nowMs()),
    });
  });

  it('gives a message that came from no queue only to a named destination', () => {
    sqs.send(parked, 'x');
    expect(() => sqs.moveMessages(parked)).toThrow('DestinationArn');
    expect(sqs.messages(parked)).toHaveLength(1);
    expect(sqs.moveMessages(parked, ingest)).toBe(1);
    expect(bodies(sqs.messages(ingest))).toEqual(['x']);
  });

  it('is the only kind of queue messages are moved from', () => {
    expect(() => sqs.moveMessages(ingest, parked)).toThrow('Dead Letter Queue');
  });

  it('must exist when the queues are made', () => {
    const lonely = [queue('a', { redrive: { deadLetterArn: arn('nowhere'), maxReceiveCount: 1 } })];
    expect(() => createSqs({ database, clock, queues: lonely })).toThrow('nowhere');
  });
});

it('whatever fails whenever, each message ends deleted once or in the last dead-letter queue', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }), (failuresOf) => {
      const own = new DatabaseSync(':memory:');
      const time = createClock(startAt);
      const store = createSqs({ database: own, clock: time, queues });
      for (const [index] of failuresOf.entries()) store.send(ingest, String(index));
      const done: string[] = [];
      for (let round = 0; round < 100; round += 1) {
        const at = store.nextVisibleAt(ingest);
        if (at === undefined) break;
        if (at > time.now()) time.moveTo(at);
        for (const { body, receiptHandle, attributes } of store.receive(ingest, 10)) {
          if (Number(attributes.ApproximateReceiveCount) <= (failuresOf[Number(body)] ?? 0)) continue;
          store.delete(ingest, receiptHandle);
          done.push(body);
        }
      }
      const buried = bodies(store.messages(dead));
      expect([...done, ...buried].sort()).toEqual(failuresOf.map((_, index) => String(index)).sort());
      expect(buried.every((body) => (failuresOf[Number(body)] ?? 0) >= 3)).toBe(true);
      own.close();
    }),
    { numRuns: 50 },
  );
});

describe('the state', () => {
  it('survives a restart', () => {
    const directory = mkdtempSync(join(tmpdir(), 'tiendo-sqs-'));
    const path = join(directory, 'state.sqlite');
    const before = new DatabaseSync(path);
    createSqs({ database: before, clock, queues }).send(ingest, 'x');
    before.close();
    const after = new DatabaseSync(path);
    expect(bodies(createSqs({ database: after, clock, queues }).receive(ingest, 1))).toEqual(['x']);
    after.close();
    rmSync(directory, { recursive: true });
  });

  it('follows the transaction a message is sent in', () => {
    const failing = () =>
      transaction(database, () => {
        sqs.send(ingest, 'x');
        throw new Error('crash');
      });
    expect(failing).toThrow('crash');
    expect(sqs.messages(ingest)).toEqual([]);
  });

  it('tells listeners of a message once the sender is done, until they stop', async () => {
    const heard: string[] = [];
    const stop = sqs.onMessage((queueArn) => heard.push(queueArn));
    sqs.send(ingest, 'x');
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual([ingest]);
    stop();
    sqs.send(ingest, 'y');
    await Promise.resolve();
    expect(heard).toEqual([ingest]);
  });

  it('is emptied by a purge, messages in flight included', () => {
    sqs.send(ingest, 'x');
    sqs.receive(ingest, 1);
    sqs.send(ingest, 'y');
    sqs.purge(ingest);
    expect(sqs.messages(ingest)).toEqual([]);
  });
});

it.each([
  ['the largest body', 'x'.repeat(1_048_576), undefined],
  ['a body one byte larger', 'x'.repeat(1_048_577), 'InvalidParameterValue'],
  ['an empty body', '', 'MissingParameter'],
  ['tab and line ends', '\t\r\n', undefined],
  ['a NUL', 'a\0b', 'InvalidMessageContents'],
  ['half a surrogate pair', '\ud800', 'InvalidMessageContents'],
  ['a character beyond the first plane', '😀', undefined],
])('sending %s: %s', (_, body, code) => {
  const send = () => sqs.send(ingest, body);
  if (code === undefined) expect(send()).toHaveProperty('messageId');
  else expect(send).toThrow(expect.objectContaining({ code }));
});

describe('on the wire', () => {
  /** Calls an action as the gateway would; notes what it asks to be allowed. */
  async function call(action: string, input: object, refuse?: string) {
    const asked: string[] = [];
    const awsCall: AwsCall = {
      service: 'sqs',
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: { 'x-amz-target': `AmazonSQS.${action}` },
      body: Readable.from([Buffer.from(JSON.stringify(input))]),
      signedHeaders: [],
      caller: { accessKeyId: 'AKID', roleArn: operatorArn, tags: {} },
      authorize(permission, resource) {
        asked.push(`${permission} ${resource}`);
        if (permission === refuse) throw new AwsError(403, 'AccessDenied', permission);
      },
    };
    const { body } = await sqs.handle(awsCall);
    return { asked, output: JSON.parse(String(body)) };
  }
  const QueueUrl = 'http://localhost:9999/000000000000/ingest';
  const entry = { Id: 'a', MessageBody: 'x' };

  it.each([
    ['SendMessage', { QueueUrl, MessageBody: 'x' }, ['sqs:SendMessage']],
    ['SendMessageBatch', { QueueUrl, Entries: [entry] }, ['sqs:SendMessage']],
    ['ReceiveMessage', { QueueUrl }, ['sqs:ReceiveMessage']],
    ['GetQueueUrl', { QueueName: 'ingest' }, ['sqs:GetQueueUrl']],
    ['GetQueueAttributes', { QueueUrl }, ['sqs:GetQueueAttributes']],
    ['PurgeQueue', { QueueUrl }, ['sqs:PurgeQueue']],
  ])(
    '%s needs its permission on the queue, whatever port the URL was noted with',
    async (action, input, expected) => {
      const { asked } = await call(action, input);
      expect(asked).toEqual(expected.map((permission) => `${permission} ${ingest}`));
    },
  );

  it('does nothing without the permission', async () => {
    await expect(call('SendMessage', { QueueUrl, MessageBody: 'x' }, 'sqs:SendMessage')).rejects.toThrow(
      'sqs:SendMessage',
    );
    expect(sqs.messages(ingest)).toEqual([]);
  });

  it('moving needs permissions on both queues', async () => {
    const { asked } = await call('StartMessageMoveTask', { SourceArn: dead, DestinationArn: ingest });
    expect(asked).toContain(`sqs:StartMessageMoveTask ${dead}`);
    expect(asked).toContain(`sqs:SendMessage ${ingest}`);
  });

  it.each([
    ['an unknown queue', 'SendMessage', { QueueUrl: `${QueueUrl}x`, MessageBody: 'x' }, 'QueueDoesNotExist'],
    ['an unknown action', 'CreateQueue', {}, 'UnknownOperationException'],
    ['an inherited name as action', 'constructor', {}, 'UnknownOperationException'],
    [
      'a parameter of FIFO queues',
      'SendMessage',
      { QueueUrl, MessageBody: 'x', MessageGroupId: 'g' },
      'InvalidParameterValue',
    ],
    [
      'more than 10 messages at once',
      'ReceiveMessage',
      { QueueUrl, MaxNumberOfMessages: 11 },
      'InvalidParameterValue',
    ],
    ['an empty batch', 'SendMessageBatch', { QueueUrl, Entries: [] }, 'EmptyBatchRequest'],
    [
      'two entries of one id',
      'SendMessageBatch',
      { QueueUrl, Entries: [entry, entry] },
      'BatchEntryIdsNotDistinct',
    ],
    ['an invented receipt', 'DeleteMessage', { QueueUrl, ReceiptHandle: 'x' }, 'ReceiptHandleIsInvalid'],
  ])('%s is refused', async (_, action, input, code) => {
    await expect(call(action, input)).rejects.toMatchObject({ code });
  });

  it('one bad entry of a batch leaves the others', async () => {
    const { output } = await call('SendMessageBatch', {
      QueueUrl,
      Entries: [entry, { Id: 'b', MessageBody: '\0' }],
    });
    expect(output).toMatchObject({
      Successful: [{ Id: 'a' }],
      Failed: [{ Id: 'b', Code: 'InvalidMessageContents', SenderFault: true }],
    });
    expect(bodies(sqs.messages(ingest))).toEqual(['x']);
  });
});

it.each([
  ['timestamp', '235c5c510d26fb653d073faed50ae77c'],
  ['SOME_Valid.attribute-Name', '36655e7e9d7c0e8479fa3f3f42247ae7'],
])('the digest of the attribute %s is the one AWS answers', (name, digest) => {
  expect(md5OfAttributes({ [name]: { DataType: 'Number', StringValue: '1493147359900' } })).toBe(digest);
});

it('the digest of several attributes does not depend on their order', () => {
  const [a, b] = [
    { DataType: 'String', StringValue: 'x' },
    { DataType: 'Number', StringValue: '1' },
  ];
  expect(md5OfAttributes({ b, a })).toBe(md5OfAttributes({ a, b }));
});
