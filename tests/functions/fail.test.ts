import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it, vi } from 'vitest';
import { handler } from '../../functions/fail.ts';
import { context, objectCreated, sqsEvent } from './events.ts';

const documents = mockClient(DynamoDBDocumentClient);
const queues = mockClient(SQSClient);
const id = '01G3ABCDEFGHJKMNPQRSTVWXYZ';
const body = objectCreated(`74/${id}`);

beforeEach(() => {
  documents.reset();
  queues.reset();
  documents.on(UpdateCommand).resolves({});
  queues.on(SendMessageCommand).resolves({});
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2022-06-20T05:00:00.000Z') });
  return () => vi.useRealTimers();
});

const parked = () => queues.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);

it('parks the message as it came and marks the submission failed', async () => {
  expect(await handler(sqsEvent(body), context)).toEqual({ batchItemFailures: [] });
  expect(parked()).toEqual([{ QueueUrl: 'https://queues.example/parked', MessageBody: body }]);
  expect(documents.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    Key: { pk: '74#SUBMISSION', sk: id },
    UpdateExpression: expect.stringMatching(
      /^SET #failedAt = :failedAt, #state = :state REMOVE openPk, openSk/,
    ),
    ExpressionAttributeValues: { ':state': 'failed', ':failedAt': '2022-06-20T05:00:00.000Z' },
  });
});

it('leaves a submission that has its outcome as it is, and parks the message all the same', async () => {
  documents.on(UpdateCommand).rejects(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
  expect(await handler(sqsEvent(body), context)).toEqual({ batchItemFailures: [] });
  expect(parked()).toHaveLength(1);
});

it('does not mark what it could not park, and tries again', async () => {
  queues.on(SendMessageCommand).rejects(new Error('busy'));
  expect(await handler(sqsEvent(body), context)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
  expect(documents.calls()).toHaveLength(0);
});

it.each([
  ['a key it never chose', objectCreated('74/../79/x')],
  ['no event at all', '{"Event":"s3:TestEvent"}'],
  ['no JSON', 'x'],
])('hands %s back to the queue, which parks it', async (_, strange) => {
  expect(await handler(sqsEvent(strange), context)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm0' }],
  });
  expect(parked()).toEqual([]);
});
