import { DeleteObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { region } from '../../local/aws-service.ts';
import type { Cloud } from '../../local/cloud.ts';

/** The objects of the analysts' tables, by key in order, each with the MD5 of its bytes; without downloads. */
export async function readExport(cloud: Cloud): Promise<Map<string, string>> {
  const objects = new Map<string, string>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client: clientOf(cloud) }, bucketOf(cloud))) {
    for (const { Key = '', ETag = '' } of Contents) {
      if (!Key.startsWith('downloads/')) objects.set(Key, ETag);
    }
  }
  return objects;
}

/** Deletes objects of the tables: all, or those whose key begins with a prefix. */
export async function emptyExport(cloud: Cloud, prefix = ''): Promise<void> {
  const client = clientOf(cloud);
  for (const Key of (await readExport(cloud)).keys()) {
    if (Key.startsWith(prefix)) await client.send(new DeleteObjectCommand({ ...bucketOf(cloud), Key }));
  }
}

/** Runs the daily export now, as its schedule would. Throws when any part of it failed. */
export async function exportDaily(cloud: Cloud): Promise<void> {
  const body = JSON.stringify({ scheduledAt: cloud.clock.now() });
  const record = { messageId: 'm0', receiptHandle: 'r0', body, attributes: {}, eventSource: 'aws:sqs' };
  const answer = await cloud.invoke('export', { Records: [record] });
  const { batchItemFailures } = answerSchema.parse(answer);
  if (batchItemFailures.length > 0) throw new Error('The daily export failed');
}

const answerSchema = z.object({ batchItemFailures: z.array(z.unknown()) });

function bucketOf(cloud: Cloud): { Bucket: string } {
  return { Bucket: cloud.resources.ExportBucket ?? '' };
}

function clientOf({ endpoint, operatorCredentials }: Cloud): S3Client {
  return new S3Client({ region, endpoint, credentials: operatorCredentials });
}
