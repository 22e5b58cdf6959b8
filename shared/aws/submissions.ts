import {
  GetCommand,
  PutCommand,
  paginateQuery,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Instant } from '../domain/calendar.ts';
import { submissionUnknown } from '../domain/problem.ts';
import {
  isClosed,
  isSettled,
  type Submission,
  type SubmissionState,
  submissionSchema,
  submissionStates,
} from '../domain/submission.ts';
import type { Clients } from './clients.ts';
import { requireEnvironment } from './environment.ts';
import { keys, openIndex, openKey } from './table-keys.ts';
import { isConditionRefused } from './write-condition.ts';

const tableName = requireEnvironment('TABLE_NAME');

const notSettled = submissionStates.filter((state) => !isSettled(state));

/** Writes a new submission. Throws when its id is taken, which a ULID never is. */
export async function createSubmission({ documents }: Clients, submission: Submission): Promise<void> {
  const { unit, id } = submission;
  await documents.send(
    new PutCommand({
      TableName: tableName,
      Item: { ...keys.submission(unit, id), ...submission, ...openKey(unit, id) },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
}

/** Reads a submission of a unit; `undefined` when the unit has none with that id. */
export async function loadSubmission(
  { documents }: Clients,
  unit: string,
  id: string,
): Promise<Submission | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName, Key: keys.submission(unit, id), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : readSubmission(Item);
}

/**
 * Reads a submission of a unit.
 *
 * @throws ProblemError `submission-unknown`.
 */
export async function requireSubmission(clients: Clients, unit: string, id: string): Promise<Submission> {
  const submission = await loadSubmission(clients, unit, id);
  if (!submission) throw submissionUnknown(id);
  return submission;
}

/** The submissions of a unit, newest first, at most `limit`. */
export async function listSubmissions(
  { documents }: Clients,
  unit: string,
  limit: number,
): Promise<Submission[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': keys.submission(unit, '').pk },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items.map(readSubmission);
}

/** All submissions of a unit, oldest first. */
export async function listAllSubmissions({ documents }: Clients, unit: string): Promise<Submission[]> {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': keys.submission(unit, '').pk },
      ConsistentRead: true,
    },
  );
  const submissions: Submission[] = [];
  for await (const { Items = [] } of pages) submissions.push(...Items.map(readSubmission));
  return submissions;
}

/** A submission without outcome, and when it was last queued again or taken up, if it ever was. */
export interface OpenSubmission {
  submission: Submission;
  handledAt: Instant | undefined;
}

/** Every submission of every unit that has no outcome yet. */
export async function* listOpenSubmissions({ documents }: Clients): AsyncGenerator<OpenSubmission> {
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new ScanCommand({
        TableName: tableName,
        IndexName: openIndex.name,
        ...(startKey && { ExclusiveStartKey: startKey }),
      }),
    );
    for (const item of page.Items ?? []) {
      yield { submission: readSubmission(item), handledAt: handledAtSchema.parse(item.handledAt) };
    }
    startKey = page.LastEvaluatedKey;
  } while (startKey);
}

/** What is noted with a move. `handledAt` is kept while the submission is open, for `listOpenSubmissions`. */
export type SubmissionChanges = Partial<Submission> & { handledAt?: Instant };

/**
 * Moves a submission to another state and notes `changes` with it, unless it has its outcome already (or is
 * not in one of the states `from`). Returns whether it moved; a repeated move to the same outcome does not.
 */
export async function moveSubmission(
  { documents }: Clients,
  submission: Pick<Submission, 'unit' | 'id'>,
  to: SubmissionState,
  changes: SubmissionChanges = {},
  from?: readonly SubmissionState[],
): Promise<boolean> {
  const allowed = from ?? notSettled;
  const values = { ...changes, state: to };
  const assignments = Object.keys(values).map((name) => `#${name} = :${name}`);
  const { openPk, openSk } = openKey(submission.unit, submission.id);
  // A closed submission leaves the index of the open ones.
  const open = isClosed(to)
    ? { update: ` REMOVE ${openIndex.pk}, ${openIndex.sk}, handledAt, progress`, values: {} }
    : {
        update: `, ${openIndex.pk} = :openPk, ${openIndex.sk} = :openSk`,
        values: { ':openPk': openPk, ':openSk': openSk },
      };
  try {
    await documents.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keys.submission(submission.unit, submission.id),
        UpdateExpression: `SET ${assignments.join(', ')}${open.update}`,
        ConditionExpression: `#state IN (${allowed.map((_, index) => `:from${index}`).join(', ')})`,
        ExpressionAttributeNames: Object.fromEntries(Object.keys(values).map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
          ...Object.fromEntries(allowed.map((state, index) => [`:from${index}`, state])),
          ...open.values,
        },
      }),
    );
    return true;
  } catch (error) {
    if (isConditionRefused(error)) return false;
    throw error;
  }
}

const handledAtSchema = z.iso.datetime().optional();

function readSubmission(item: Record<string, unknown>): Submission {
  const {
    pk: _pk,
    sk: _sk,
    [openIndex.pk]: _openPk,
    [openIndex.sk]: _openSk,
    handledAt: _handledAt,
    ...submission
  } = item;
  return submissionSchema.parse(submission);
}
