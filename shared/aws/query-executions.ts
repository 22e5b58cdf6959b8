import { createHash } from 'node:crypto';
import {
  AthenaClient,
  AthenaServiceException,
  GetQueryExecutionCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  TooManyRequestsException,
} from '@aws-sdk/client-athena';
import type { Instant } from '../domain/calendar.ts';
import type { Bilingual } from '../domain/catalogue.ts';
import { executionUnknown, tooManyQueries } from '../domain/problem.ts';
import { requireEnvironment } from './environment.ts';

const workgroup = requireEnvironment('ATHENA_WORKGROUP');
const database = requireEnvironment('ATHENA_DATABASE');

/** Athena, shared by all that asks it. */
export const athena = new AthenaClient({});

/** The most characters of Athena's own words that are handed on. */
const maxReasonCharacters = 500;

/** A running of a statement as Athena tells of it. */
export interface Execution {
  id: string;
  statement: string;
  submittedAt: Instant;
  outcome:
    | { state: 'queued' | 'running' }
    | { state: 'failed'; reason: Bilingual; isOurFault: boolean }
    | { state: 'succeeded'; completedAt: Instant; bytesScanned: number; location: string };
}

/**
 * Has a statement run and answers the id of its execution. The same statement with the same `token` is run once: a
 * request that is sent again answers the execution there is.
 *
 * @throws ProblemError `too-many-queries`.
 */
export async function startExecution(statement: string, token: readonly string[]): Promise<string> {
  const command = new StartQueryExecutionCommand({
    QueryString: statement,
    // Athena wants 32 to 128 characters, and refuses a token that comes with another statement.
    ClientRequestToken: createHash('sha256')
      .update(JSON.stringify([statement, ...token]))
      .digest('hex'),
    QueryExecutionContext: { Database: database },
    WorkGroup: workgroup,
  });
  const { QueryExecutionId } = await athena.send(command).catch((error: unknown) => {
    throw error instanceof TooManyRequestsException ? tooManyQueries() : error;
  });
  if (!QueryExecutionId) throw new Error('Athena started a query without an id');
  return QueryExecutionId;
}

/**
 * How a running stands.
 *
 * @throws ProblemError `execution-unknown` when there is none of that id in our workgroup.
 */
export async function loadExecution(id: string): Promise<Execution> {
  const { QueryExecution: found } = await athena
    .send(new GetQueryExecutionCommand({ QueryExecutionId: id }))
    .catch((error: unknown) => {
      throw isUnknown(error) ? executionUnknown(id) : error;
    });
  if (found?.WorkGroup !== workgroup) throw executionUnknown(id);
  const submittedAt = found.Status?.SubmissionDateTime?.toISOString();
  if (found.Query === undefined || submittedAt === undefined) {
    throw new Error(`Athena tells nothing of the execution ${id}`);
  }
  return { id, statement: found.Query, submittedAt, outcome: outcomeOf(found) };
}

/** Athena has none of that id, or it is of a workgroup we may not see; a fault of our own role names our workgroup. */
function isUnknown(error: unknown): boolean {
  if (!(error instanceof AthenaServiceException)) return false;
  if (error.name === 'AccessDeniedException') {
    return !error.message.split(/\s/).some((word) => word.endsWith(`:workgroup/${workgroup}`));
  }
  return error.name === 'InvalidRequestException';
}

function outcomeOf({ Status, Statistics, ResultConfiguration }: QueryExecution): Execution['outcome'] {
  switch (Status?.State) {
    case 'QUEUED':
      return { state: 'queued' };
    case 'RUNNING':
      return { state: 'running' };
    case 'SUCCEEDED': {
      const location = ResultConfiguration?.OutputLocation;
      const completedAt = Status.CompletionDateTime?.toISOString();
      if (!location || !completedAt) throw new Error('Athena does not say where and when it has answered');
      return {
        state: 'succeeded',
        completedAt,
        bytesScanned: Statistics?.DataScannedInBytes ?? 0,
        location,
      };
    }
    case 'CANCELLED':
      return { state: 'failed', isOurFault: false, ...reasonOf(cancelled, Status.StateChangeReason) };
    case 'FAILED':
      return { state: 'failed', isOurFault: true, ...reasonOf(failed, Status.StateChangeReason) };
    default:
      throw new Error(`Athena gives a query the state ${Status?.State}`);
  }
}

const failed: Bilingual = {
  vi: 'Truy vấn không chạy được đến cùng; lỗi của hệ thống, đã được ghi lại. Athena báo',
  en: 'The query could not be run to its end; a fault of the system, which is on record. Athena says',
};
const cancelled: Bilingual = {
  vi: 'Truy vấn bị dừng giữa chừng. Hãy giới hạn theo đơn vị hoặc chỉ tiêu rồi chạy lại. Athena báo',
  en: 'The query was stopped. Restrict it to a unit or an indicator and run it again. Athena says',
};

function reasonOf({ vi, en }: Bilingual, said = ''): { reason: Bilingual } {
  const words = said.replace(/\s+/g, ' ').slice(0, maxReasonCharacters) || '–';
  return { reason: { vi: `${vi}: ${words}`, en: `${en}: ${words}` } };
}
