import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { progressNotes } from '../../shared/aws/check-progress.ts';
import { ownClients } from '../../shared/aws/clients.ts';
import { minBytesForProgress } from '../../shared/domain/submission.ts';

const mock = mockClient(DynamoDBDocumentClient);
const clients = ownClients();
const submission = { unit: '74', id: '01G3ABCDEFGHJKMNPQRSTVWXYZ', bytes: minBytesForProgress };
const startMs = Date.parse('2022-06-20T03:00:00.000Z');
let elapsedMs: number;
const now = () => new Date(startMs + elapsedMs).toISOString();

beforeEach(() => {
  elapsedMs = 0;
  mock.reset();
  mock.on(UpdateCommand).resolves({});
});

it('is not noted for a file of less than 5 MiB', () => {
  expect(minBytesForProgress).toBe(5 * 1024 * 1024);
  expect(progressNotes(clients, { ...submission, bytes: minBytesForProgress - 1 }, now)).toBeUndefined();
});

it('is noted at once, and then every two seconds', async () => {
  const note = progressNotes(clients, submission, now);
  for (const ms of [0, 1999, 2000, 3999, 4000, 4001]) {
    elapsedMs = ms;
    await note?.({ rows: ms, bytes: 1 });
  }
  const noted = mock
    .commandCalls(UpdateCommand)
    .map(({ args: [{ input }] }) => input.ExpressionAttributeValues);
  expect(noted.map((values) => values?.[':progress'])).toEqual(
    [0, 2000, 4000].map((rows) => ({ rows, bytes: 1, ofBytes: minBytesForProgress })),
  );
});

it('is noted only while the submission is being checked', async () => {
  await progressNotes(clients, submission, now)?.({ rows: 0, bytes: 0 });
  const { ConditionExpression, ExpressionAttributeValues } =
    mock.commandCalls(UpdateCommand)[0]?.args[0].input ?? {};
  expect(ConditionExpression).toBe('#state IN (:from0)');
  expect(ExpressionAttributeValues).toMatchObject({ ':from0': 'checking', ':state': 'checking' });
  mock.on(UpdateCommand).rejects(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
  await expect(progressNotes(clients, submission, now)?.({ rows: 0, bytes: 0 })).resolves.toBeUndefined();
});
