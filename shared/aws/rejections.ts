import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Rejection } from '../domain/file-causes.ts';
import { entryOf, isIssueCode } from '../domain/issue-codes.ts';
import { submissionSchema } from '../domain/submission.ts';
import type { Clients } from './clients.ts';
import { requireEnvironment } from './environment.ts';
import { inParallel } from './in-parallel.ts';
import { keys } from './table-keys.ts';

const tableName = requireEnvironment('TABLE_NAME');

/** How many units are asked about at a time. */
const unitsAtATime = 16;

const rejectedSchema = z.object({
  id: submissionSchema.shape.id,
  fileName: submissionSchema.shape.fileName,
  rejectedAt: z.iso.datetime(),
  issueCounts: z.record(z.string(), z.int()),
});

/** Reads which files of units were sent back, oldest first. */
export async function loadRejections(
  clients: Clients,
  units: readonly string[],
): Promise<Map<string, Rejection[]>> {
  const found = new Map<string, Rejection[]>();
  await inParallel(units, unitsAtATime, async (unit) => {
    found.set(unit, await loadRejectionsOf(clients, unit));
  });
  return found;
}

async function loadRejectionsOf({ documents }: Clients, unit: string): Promise<Rejection[]> {
  const rejections: Rejection[] = [];
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: '#state = :rejected',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':pk': keys.submission(unit, '').pk, ':rejected': 'rejected' },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const { id, fileName, rejectedAt, issueCounts } = rejectedSchema.parse(item);
      rejections.push({ submissionId: id, fileName, rejectedAt, errors: countErrors(issueCounts) });
    }
  }
  return rejections;
}

function countErrors(issueCounts: Readonly<Record<string, number>>): number {
  return Object.entries(issueCounts)
    .filter(([code]) => isIssueCode(code) && entryOf(code).severity === 'error')
    .reduce((sum, [, count]) => sum + count, 0);
}
