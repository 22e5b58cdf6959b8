import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownClients } from '../../shared/aws/clients.ts';
import { createSubmission, listOpenSubmissions, moveSubmission } from '../../shared/aws/submissions.ts';
import type { Submission } from '../../shared/domain/submission.ts';

const mock = mockClient(DynamoDBDocumentClient);
const clients = ownClients();
const submission: Submission = {
  id: '01G3ABCDEFGHJKMNPQRSTVWXYZ',
  unit: '74',
  state: 'requested',
  fileName: 'tháng 6.csv',
  contentType: 'text/csv',
  bytes: 10,
  sha256: 'a'.repeat(64),
  requestedAt: '2022-06-20T02:00:00.000Z',
  requestedBy: 'office',
};
const key = { pk: '74#SUBMISSION', sk: submission.id };

beforeEach(() => mock.reset());

it('writes a new submission under its unit, listed among the open ones', async () => {
  mock.on(PutCommand).resolves({});
  await createSubmission(clients, submission);
  expect(mock.commandCalls(PutCommand)[0]?.args[0].input).toEqual({
    TableName: 'tiendo',
    Item: { ...key, ...submission, openPk: '74#OPEN', openSk: submission.id },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
});

describe('moving a submission', () => {
  it.each(['accepted', 'rejected', 'failed', 'expired'] as const)(
    'to %s takes it off the list of open ones, with all that concerned its handling',
    async (to) => {
      mock.on(UpdateCommand).resolves({});
      expect(await moveSubmission(clients, submission, to)).toBe(true);
      expect(mock.commandCalls(UpdateCommand)[0]?.args[0].input.UpdateExpression).toBe(
        'SET #state = :state REMOVE openPk, openSk, handledAt, progress',
      );
    },
  );

  it.each(['received', 'checking'] as const)('to %s keeps it on the list of open ones', async (to) => {
    mock.on(UpdateCommand).resolves({});
    await moveSubmission(clients, submission, to);
    expect(mock.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
      UpdateExpression: 'SET #state = :state, openPk = :openPk, openSk = :openSk',
      ExpressionAttributeValues: { ':openPk': '74#OPEN', ':openSk': submission.id },
    });
  });

  it('leaves alone one that has its outcome, unless a state to start from is named', async () => {
    mock.on(UpdateCommand).resolves({});
    await moveSubmission(clients, submission, 'checking');
    const { ConditionExpression, ExpressionAttributeValues } =
      mock.commandCalls(UpdateCommand)[0]?.args[0].input ?? {};
    expect(ConditionExpression).toBe('#state IN (:from0, :from1, :from2, :from3, :from4)');
    expect(Object.values(ExpressionAttributeValues ?? {})).not.toContain('accepted');
    expect(Object.values(ExpressionAttributeValues ?? {})).not.toContain('rejected');
  });

  it('says so when it did not move', async () => {
    mock.on(UpdateCommand).rejects(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
    expect(await moveSubmission(clients, submission, 'checking')).toBe(false);
  });
});

it('reads the list of open submissions page by page, each with when it was last handled', async () => {
  const handledAt = '2022-06-20T02:30:00.000Z';
  const item = { ...key, ...submission, openPk: '74#OPEN', openSk: submission.id };
  mock
    .on(ScanCommand)
    .resolvesOnce({ Items: [item], LastEvaluatedKey: key })
    .resolvesOnce({ Items: [{ ...item, handledAt }] });
  expect(await Array.fromAsync(listOpenSubmissions(clients))).toEqual([
    { submission, handledAt: undefined },
    { submission, handledAt },
  ]);
  expect(mock.commandCalls(ScanCommand)[1]?.args[0].input).toEqual({
    TableName: 'tiendo',
    IndexName: 'open',
    ExclusiveStartKey: key,
  });
});
